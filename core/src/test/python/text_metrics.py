"""Writes text-metrics.jsonl.gz: pairs of texts with their BLEU and ROUGE.

Run with sacrebleu 2.6.0 and rouge_score 0.1.2 (Python 3.11):
    python text_metrics.py ../resources/org/tunebench/core/metric/text-metrics.jsonl.gz
The texts are made here: sentences of a small vocabulary with numbers, punctuation, symbols and several scripts, and
predictions that change them by dropping, swapping, repeating and replacing words.
"""

import gzip
import json
import random
import sys

import sacrebleu
from rouge_score import rouge_scorer

WORDS = """the a an of in to and is was cat dog house river mountain runs slept quickly seven 3 14 1,000 3.14 2021. don't
well-known e.g. U.S.A. "quoted" (aside) [note] café naïve Ünder Straße ΑΘΗΝΑΣ İstanbul 日本語 中文, приве́т мир! ¿qué? €5 $3.50 50% a+b=c x² ½
#tag @name http & < > ~ ^ | • … — – ' ` “smart” ‘single’ 😀 👍🏽 \u00a0 \u2028 \u3000 \u1e9e K""".split(" ")
WORDS = [part for word in WORDS for part in word.split("\n")]
ENDS = [".", ".", ".", "!", "?", " .", "", "\n", " . ", ".\n\n", "  "]


def sentence(rng):
    return " ".join(rng.choice(WORDS) for _ in range(rng.randint(0, 14))) + rng.choice(ENDS)


def text(rng):
    return " ".join(sentence(rng) for _ in range(rng.choice([1, 1, 1, 2, 3])))


def changed(rng, original):
    words = original.split(" ")
    for _ in range(rng.randint(0, 5)):
        if not words:
            break
        i = rng.randrange(len(words))
        kind = rng.randrange(4)
        if kind == 0:
            del words[i]
        elif kind == 1:
            words[i] = rng.choice(WORDS)
        elif kind == 2:
            words.insert(i, words[i])
        else:
            j = rng.randrange(len(words))
            words[i], words[j] = words[j], words[i]
    return " ".join(words)


def main(path):
    rng = random.Random(7)
    scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeL", "rougeLsum"])
    with gzip.GzipFile(path, "wb", mtime=0) as out:
        for i in range(1500):
            reference = text(rng)
            prediction = text(rng) if i % 5 == 0 else changed(rng, reference)
            bleu = sacrebleu.corpus_bleu(
                [prediction], [[reference]], smooth_method="exp", smooth_value=0.0, force=False, lowercase=False,
                tokenize="intl", use_effective_order=False).score
            rouge = scorer.score(reference, prediction)
            line = {
                "reference": reference,
                "prediction": prediction,
                "bleu": bleu,
                **{name: [s.precision, s.recall, s.fmeasure] for name, s in rouge.items()},
            }
            out.write(json.dumps(line).encode() + b"\n")


main(sys.argv[1])
