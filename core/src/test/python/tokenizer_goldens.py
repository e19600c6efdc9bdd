"""Token ids and offsets by the Python package tokenizers 0.23.3, which TokenizerGoldensTest compares with.

    python3 tokenizer_goldens.py DATA_FOLDER OUTPUT_FOLDER

DATA_FOLDER holds hf_tokenizers/{gpt2,llama2,qwen2.5-0.5b-instruct}/tokenizer.json, alpaca/alpaca_data.2000.json and the
FILES. Written is tokenizers.json: for each tokenizer the ids and UTF-16 offsets of TEXTS, the ids of context +
continuation, and one SHA-256 over the ids and offsets of every text of the Alpaca records; and for each of the FILES how
many texts it has, how many tokens, and the first 16 hex digits of the SHA-256 over the ids and offsets of each text and of
each text joined to the one behind it.
"""
import hashlib
import itertools
import json
import pathlib
import sys

import tokenizers

TEXTS = [
    "",
    "Hello world",
    " leading and trailing ",
    "a😀b 👩‍👩‍👧 é e\u0301 ñ",
    "中文字符 日本語 한국어",
    "line\n\n\tindent  two\r\nend",
    "<|endoftext|>x</s><|im_start|>user<|im_end|> <s>",
    "1234567890 3.14 don't I'LL",
    "ﬁ ½ \u00a0nbsp \u200b zero",
    "\x00 nul",
]
PAIRS = [("Question: x\nAnswer:", " A"), ("The cat sat on the", " mat"), ("中", "文"), ("a ", "b"), ("😀", "😀")]
FILES = [
    "alpaca/alpaca_en_demo.json",
    "chat_sft/dolly/dolly_fixture.json",
    "chat_sft/llama_factory/glaive_toolcall_en_demo.first100.json",
    "chat_sft/llama_factory/v1_sft_demo.jsonl",
    "chat_sft/longform/longform_val.json",
    "chat_sft/oasst/en_100_tree.jsonl",
    "chat_sft/sharegpt/dummy_conversation.json",
    "gsm8k/test.jsonl",
    "hellaswag/hellaswag_val.sample.jsonl",
    "ifeval/input_data.jsonl",
    "mmlu/test/abstract_algebra_test.csv",
    "mmlu/test/high_school_european_history_test.csv",
    "mmlu/test/professional_medicine_test.csv",
    "mt_bench/mt_bench/question.jsonl",
    "truthfulqa/TruthfulQA.csv",
]
MOST_TEXTS = 400
MOST_CODE_POINTS = 3000


def strings(value):
    """The texts in a JSON value, in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


def texts_of(path):
    """Texts of a JSON file, of each line of a JSON Lines file, or the lines themselves; blank ones left out."""
    content = path.read_bytes().decode("utf-8")
    if path.suffix == ".json":
        texts = strings(json.loads(content))
    elif path.suffix == ".jsonl":
        texts = (text for line in content.split("\n") if line.strip() for text in strings(json.loads(line)))
    else:
        texts = content.split("\n")
    kept = (text[:MOST_CODE_POINTS] for text in texts if text.strip(" \t\r\n"))
    return list(itertools.islice(kept, MOST_TEXTS))


def real_texts(tokenizer, path):
    texts = texts_of(path)
    joined = [a + " " + b for a, b in zip(texts, texts[1:])]
    digest = hashlib.sha256()
    tokens = 0
    for text in texts + joined:
        ids, offsets = encoding(tokenizer, text)
        tokens += len(ids)
        for token, (start, end) in zip(ids, offsets):
            digest.update(f"{token},{start},{end};".encode())
    return [len(texts), tokens, digest.hexdigest()[:16]]


def encoding(tokenizer, text):
    encoded = tokenizer.encode(text, add_special_tokens=False)
    index = list(itertools.accumulate((1 + (ord(c) > 0xFFFF) for c in text), initial=0))
    return encoded.ids, [[index[start], index[end]] for start, end in encoded.offsets]


def load(path):
    """The tokenizer of a file. The Llama-2 file at hand has lost its no-break spaces, which the library refuses; they are
    put back into the vocabulary and the three merges that have them."""
    content = json.loads(path.read_text(encoding="utf-8"))
    model = content["model"]
    if any(merge.count(" ") != 1 for merge in model["merges"] if isinstance(merge, str)):
        model["vocab"] = {token.replace(" ", "\u00a0"): id for token, id in model["vocab"].items()}
        repaired = {"   ": "\u00a0 \u00a0", "     ": "\u00a0\u00a0 \u00a0\u00a0", "▁  ": "▁ \u00a0"}
        model["merges"] = [repaired.get(merge, merge) for merge in model["merges"]]
    return tokenizers.Tokenizer.from_str(json.dumps(content))


def main(data, output):
    assert tokenizers.__version__ == "0.23.3", tokenizers.__version__
    records = json.loads((data / "alpaca/alpaca_data.2000.json").read_text(encoding="utf-8"))
    goldens = {}
    for name in ["gpt2", "llama2", "qwen2.5-0.5b-instruct"]:
        tokenizer = load(data / "hf_tokenizers" / name / "tokenizer.json")
        texts = []
        for text in TEXTS:
            ids, offsets = encoding(tokenizer, text)
            # 0.23 writes a normalized added token with its normalised space, earlier releases do not.
            decoded = "" if "<|endoftext|>" in text else tokenizer.decode(ids, skip_special_tokens=False)
            texts.append({"text": text, "ids": ids, "offsets": offsets, "decoded": decoded})
        pairs = [
            {
                "context": context,
                "continuation": continuation,
                "ids": tokenizer.encode(context + continuation, add_special_tokens=False).ids,
                "context_ids": tokenizer.encode(context, add_special_tokens=False).ids,
            }
            for context, continuation in PAIRS
        ]
        digest = hashlib.sha256()
        tokens = 0
        for record in records:
            for field in ["instruction", "input", "output"]:
                ids, offsets = encoding(tokenizer, record[field])
                tokens += len(ids)
                for token, (start, end) in zip(ids, offsets):
                    digest.update(f"{token},{start},{end};".encode())
        goldens[name] = {"texts": texts, "pairs": pairs, "alpaca_tokens": tokens, "alpaca": digest.hexdigest(),
                         "files": {file: real_texts(tokenizer, data / file) for file in FILES},
                         "first_with_special_tokens": tokenizer.encode("Hi").ids[0]}
    (output / "tokenizers.json").write_text(json.dumps(goldens, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*map(pathlib.Path, sys.argv[1:]))
