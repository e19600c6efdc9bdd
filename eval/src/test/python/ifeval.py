"""Writes ifeval.jsonl: instructions, answers, and whether the reference says that they are followed.

Run with lm_eval 0.4.13, nltk 3.10.4, langdetect 1.0.9:
    python ifeval.py ../resources/org/tunebench/eval/instruction/ifeval.jsonl
NLTK's data (Punkt) is not needed: word_tokenize is taken without its sentence splitter, which does not change whether a
word is in capitals, and number_sentences is left out.
"""

import json
import random
import sys

import nltk

nltk.data.find = lambda name: None
nltk.word_tokenize = nltk.NLTKWordTokenizer().tokenize

import langdetect  # noqa: E402
from lm_eval.tasks.ifeval import instructions_registry, utils  # noqa: E402

langdetect.DetectorFactory.seed = 0

WORDS = """the a cat Cat CAT runs RUNS don't DON'T IT'S it's U.S. NASA NASA's "QUOTED" 'single' well-known WELL-KNOWN CANNOT
gonna GONNA 3.14 1,000 (aside) [name] [the address] *bold* **very bold** ** * *** ****** - — … <<My Title>> <<>> << >> P.S. p.s.
P.P.S P. P. S. p.p.s Section SECTION Section 1 SECTION 2 Section3 PARAGRAPH 1 keyword Keyword keywords naïve Größe ÉTÉ été
नमस्ते यह हिन्दी है 東京 日本語 Привет мир! what? yes. no, My answer is yes. My answer is no. {"a": 1} ```json ``` # ! é ß İ ǅ""".split()
JOINS = [" ", " ", " ", " ", " ", " ", "\n", "\n\n", "\n* ", "\n- ", "\n\n***\n\n", " *** ", "******", ", ", ". ", '"']
TEXTS = {
    "en": "This is a short letter about my work and my life in the city. I hope that you will enjoy reading it very much.",
    "de": "Dies ist ein kurzer Brief über meine Arbeit und mein Leben in der Stadt. Ich hoffe, dass er Ihnen gut gefällt.",
    "fr": "Ceci est une courte lettre sur mon travail et ma vie dans la ville. J'espère que vous la lirez avec plaisir.",
    "ru": "Это короткое письмо о моей работе и моей жизни в городе. Я надеюсь, что оно вам очень понравится.",
    "hi": "यह मेरे काम और शहर में मेरे जीवन के बारे में एक छोटा पत्र है। मुझे आशा है कि आपको यह पसंद आएगा।",
    "vi": "Đây là một bức thư ngắn về công việc và cuộc sống của tôi ở thành phố. Tôi hy vọng bạn sẽ thích đọc nó.",
    "ko": "이것은 도시에서의 나의 일과 삶에 대한 짧은 편지입니다. 당신이 즐겁게 읽기를 바랍니다.",
    "sw": "Hii ni barua fupi kuhusu kazi yangu na maisha yangu katika mji. Natumaini kwamba utafurahia kuisoma sana.",
    "fa": "این یک نامه کوتاه درباره کار و زندگی من در شهر است. امیدوارم از خواندن آن لذت ببرید.",
}
JSONS = ['{"a": [1, 2, NaN]}', '```json\n{"a": 1}\n```', "```\n[1]\n```", "12", "{a: 1}", '{"a": 1} x', '"text"', "{'a': 1}", ""]


TARGETED = {
    "length_constraints:nth_paragraph_first_word": [
        "one\n\ntwo", "'One' is\n\ntwo", '"Two" it is\n\none. two', "one\n\n\n\ntwo\n\nthree", "One, a\n\nb\n\nc", "x\n\none!\n\ny",
        "two's\n\none"],
    "detectable_format:constrained_response": ["My answer is yes.", "So: My answer is maybe. ", "my answer is no."],
    "detectable_format:multiple_sections": [
        "Section 1 a Section 2 b", "SECTION1\nSECTION 22", "Section  1", "PARAGRAPH 1\nPARAGRAPH ٣", "Sections 1"],
    "detectable_format:json_format": JSONS,
    "detectable_format:title": ["<<My Title>>", "a <<b>> c", "<<<>>>", "<< >>", "<<a\nb>>", "<<<x>"],
    "combination:repeat_prompt": ["Repeat me\nthen more", " repeat ME", "I repeat: Repeat me"],
    "startend:end_checker": ["It is so. AND so it ends.", 'well "and so it ends."', "Yes yes.\n", '"yes."" ', "yes. no"],
    "startend:quotation": ['"so"', ' "so" \n', '"', '"so', "'so'"],
    "detectable_content:postscript": ["end\nP.S. more", "p. s. x", "P.P.S more", "P. P. S", "P.S", "P.P. S."],
    "detectable_content:number_placeholders": ["[a] [b]", "[a\nb]", "[[a]]", "[] [x]", "[é] x [y] [z] [w]"],
    "detectable_format:number_bullet_lists": ["* a\n* b", "- a\n  - b\n-c", "** a\n* b", "*a*\n\n\n- b", "*\n-", "\u2028* a"],
    "length_constraints:number_paragraphs": ["a *** b", "a***b***c", "*** a", "a\n\n***\n\nb", "a *** *** b", "a **** b"],
    "keywords:existence": ["A CAT, GRÖSSE, naïve keyword; été yes", "Keywords: YES ÉTÉ größe NAÏVE cat"],
}


def answer(rng, kind_asked):
    if kind_asked in TARGETED and rng.random() < 0.7:
        return rng.choice(TARGETED[kind_asked])
    parts = []
    for _ in range(rng.randint(1, 40)):
        parts += [rng.choice(WORDS), rng.choice(JOINS)]
    text = "".join(parts)
    kind = rng.randrange(12)
    if kind == 0:
        return '"' + text + '"'
    if kind == 1:
        return text.upper()
    if kind == 2:
        return text.lower()
    if kind == 3:
        return rng.choice(["one\n\ntwo\n\nThree, here", "'One' is\n\ntwo", "one\n\n\n\ntwo\n\nthree"])
    if kind == 4:
        return rng.choice(["first ****** second", "same ******same", "******a******b", "a******", "a******b******c"])
    if kind == 5:
        return rng.choice(JSONS)
    if kind == 6:
        return rng.choice(["Repeat me\nthen more", " repeat ME", "and so IT ENDS.", 'well "and so it ends."'])
    return text


def bound(rng, relation, threshold, most):
    return {relation: rng.choice(["at least", "less than"]), threshold: rng.randint(1, most)}


KINDS = {
    "keywords:existence": lambda r: {"keywords": r.sample(["cat", "naïve", "keyword", "yes", "été", "größe"], 2)},
    "keywords:frequency": lambda r: {"keyword": r.choice(["cat", "the", "keyword "]), **bound(r, "relation", "frequency", 4)},
    "keywords:forbidden_words": lambda r: {"forbidden_words": r.sample(["cat", "keyword", "यह", "gonna", "été"], 2)},
    "keywords:letter_frequency": lambda r: {"letter": r.choice("aeNz"), **bound(r, "let_relation", "let_frequency", 12)},
    "language:response_language": lambda r: {"language": r.choice(list(TEXTS))},
    "length_constraints:number_paragraphs": lambda r: {"num_paragraphs": r.randint(1, 3)},
    "length_constraints:number_words": lambda r: bound(r, "relation", "num_words", 40),
    "length_constraints:nth_paragraph_first_word": lambda r: {
        "num_paragraphs": r.randint(2, 3), "nth_paragraph": r.randint(1, 2), "first_word": r.choice(["One", "two"])},
    "detectable_content:number_placeholders": lambda r: {"num_placeholders": r.randint(1, 3)},
    "detectable_content:postscript": lambda r: {"postscript_marker": r.choice(["P.S.", "P.P.S", "keyword"])},
    "detectable_format:number_bullet_lists": lambda r: {"num_bullets": r.randint(1, 3)},
    "detectable_format:constrained_response": lambda r: {},
    "detectable_format:number_highlighted_sections": lambda r: {"num_highlights": r.randint(1, 3)},
    "detectable_format:multiple_sections": lambda r: {
        "section_spliter": r.choice(["Section", "SECTION", "PARAGRAPH"]), "num_sections": r.randint(1, 2)},
    "detectable_format:json_format": lambda r: {},
    "detectable_format:title": lambda r: {},
    "combination:two_responses": lambda r: {},
    "combination:repeat_prompt": lambda r: {"prompt_to_repeat": "Repeat me"},
    "startend:end_checker": lambda r: {"end_phrase": r.choice(["And so it ends.", "yes."])},
    "change_case:capital_word_frequency": lambda r: bound(r, "capital_relation", "capital_frequency", 8),
    "change_case:english_capital": lambda r: {},
    "change_case:english_lowercase": lambda r: {},
    "punctuation:no_comma": lambda r: {},
    "startend:quotation": lambda r: {},
}
OF_LANGUAGE = ("language:response_language", "change_case:english_capital", "change_case:english_lowercase")


def main(path):
    rng = random.Random(3)
    assert set(KINDS) == set(instructions_registry.INSTRUCTION_DICT) - {"length_constraints:number_sentences"}
    with open(path, "w") as out:
        for kind, arguments in KINDS.items():
            for i in range(60):
                given = arguments(rng)
                text = answer(rng, kind)
                if kind in OF_LANGUAGE:
                    text = rng.choice([TEXTS[rng.choice(list(TEXTS))], TEXTS["en"]])
                    text = rng.choice([text, text.upper(), text.lower(), text.lower(), "12 34"])
                document = utils.InputExample(1, [kind], "prompt", [given])
                strict = utils.test_instruction_following_strict(document, text).follow_instruction_list[0]
                loose = utils.test_instruction_following_loose(document, text).follow_instruction_list[0]
                out.write(json.dumps(
                    {"kind": kind, "arguments": given, "answer": text, "strict": strict, "loose": loose}) + "\n")


main(sys.argv[1])
