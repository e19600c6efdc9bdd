"""Writes self-instruct.jsonl.gz: model answers, and what the published code of Self-Instruct and Alpaca reads in them.

Run with Python 3.11 (numpy, nothing else) and two checkouts:
    python self_instruct_goldens.py SELF_INSTRUCT STANFORD_ALPACA ../resources/org/tunebench/train/selfinstruct/self-instruct.jsonl.gz
SELF_INSTRUCT is yizhongw/self-instruct at 0b26ccaa415992100fa32df62d41b994cf928e23, STANFORD_ALPACA is
tatsu-lab/stanford_alpaca at 761dc5bfbdeeffa89b8bff5d038781a4055f796a. Their functions are called, not copied. The answers are
made here: whole and broken lists, headings with and without numbers, tabs, no-break spaces, letters of several scripts.
"""

import contextlib
import gzip
import io
import json
import os
import random
import sys
from unittest import mock

WORDS = """write classify the following sentence into positive negative image Graphs file map draw a plot go to music video
audio list three reasons why cats sleep explain how to solve this equation in python Write a program that sums numbers Example
Input Output Class label: Ünïcode naïve 日本語 привет ΣΟΦΟΣ İstanbul ß \u00a0 \u2003 \x1c 3.14 U.S. "quoted" it's e.g. picture's
remap go  to Is-this filename _map_""".split(" ")
WORDS += 5 * "the following sentence into three reasons why cats sleep explain how this equation in python 3.14 naïve".split()
NUMBERS = ["\n{n}. ", "\n{n} . ", "\n{n}.", "\n {n}. ", "\n{n}) ", " {n}. ", "\n{n}\u00a0. ", "\n٣. "]
STARTS = ["", " ", "- ", "* ", "\"", "É", "Write a program to ", "write A PROGRAM ", "(a) ", "Draw ", "1. "]


def words(rng, most):
    return " ".join(rng.choice(WORDS) for _ in range(rng.randint(0, most)))


def instruction_list(rng):
    text = ""
    for n in range(9, 9 + rng.randint(1, 8)):
        if n > 9:
            text += rng.choice(NUMBERS).format(n=n)
        text += rng.choice(STARTS) + words(rng, 160 if rng.random() < 0.05 else 12)
    return text


def numbered_tasks(rng):
    text = ""
    for n in range(4, 4 + rng.randint(1, 5)):
        k = n if rng.random() < 0.95 else n + rng.choice([-1, 1, 10])
        if n > 4:
            text += rng.choice(["\n###\n"] * 6 + ["###", "\n### \n", "\n"]) + f"{k}. Instruction:"
        text += " " + rng.choice(STARTS) + words(rng, 160 if rng.random() < 0.05 else 12)
        text += rng.choice(["\n", "", " "]) + f"{k}." + rng.choice([" "] * 9 + ["  ", "\n", ""]) + rng.choice(["Input:"] * 8 + ["Input", "Output:"])
        text += rng.choice(["\n<noinput>\n", "\n<NoInput> ", "\n" + words(rng, 9) + "\n"])
        text += f"{k}. " + rng.choice(["Output:"] * 9 + ["output:"]) + "\n" + words(rng, 9)
    return text


def instances(rng):
    text = rng.choice(["", "", "\n", " "])
    for n in range(1, rng.randint(1, 7)):
        kind = rng.randrange(4)
        given = rng.choice([words(rng, 4), "the same", "the same", ""])
        made = rng.choice([words(rng, 4), "the same", "other", "unfinished:", ""])
        if kind == 0:
            text += rng.choice(["Example {n}\n", "Example {n}.\n", "Example\u00a0{n}", "Example"]).format(n=n)
        elif kind == 1:
            text += rng.choice(["Input:", "Input {n}:", "Input {n} - List:", "Sentence:"]).format(n=n)
        elif kind == 2:
            text += rng.choice(["Class label: ", "Class label:", "class label: "])
            text += rng.choice([made, "yes", "no"]) + rng.choice(["\n", "\n\n", " "])
        text += given + "\n"
        if kind != 2:
            text += rng.choice(["Output: ", "Output {n}: ", "Output{n} :", "output: ", ""]).format(n=n) + made + "\n"
    return text


def main(self_instruct, alpaca, path):
    for module in ["openai", "rouge_score", "tqdm", "pandas", "fire", "utils", "gpt3_api", "openai.error"]:
        sys.modules[module] = mock.MagicMock()
    sys.path[:0] = [os.path.join(self_instruct, "self_instruct"), alpaca]
    with contextlib.redirect_stderr(io.StringIO()):
        import bootstrap_instructions
        import generate_instruction
        import prepare_for_finetuning
    os.chdir(alpaca)
    rng = random.Random(7)
    with gzip.GzipFile(path, "wb", mtime=0) as out:
        def write(**line):
            out.write(json.dumps(line).encode() + b"\n")

        for _ in range(20):
            shown = [{"id": "x", "instruction": words(rng, 9) + rng.choice(["", ":", " :", "::"]) or "a",
                      "input": rng.choice(["", words(rng, 5)]), "output": words(rng, 5)} for _ in range(8)]
            shown = [dict(s, instruction=s["instruction"] or "a") for s in shown]
            only = [s["instruction"] for s in shown]
            write(kind="prompts", shown=shown,
                  list=bootstrap_instructions.encode_prompt(only),
                  classification_list=bootstrap_instructions.encode_prompt(only, classification=True),
                  numbered=generate_instruction.encode_prompt(shown[:3]))
        for i in range(700):
            text = instruction_list(rng)
            reason = "length" if i % 10 == 0 else "stop"
            response = {"choices": [{"text": text, "finish_reason": reason}]}
            write(kind="list", text=text, cut=reason == "length",
                  kept=bootstrap_instructions.post_process_gpt3_response(response))
        for i in range(700):
            text = numbered_tasks(rng)
            reason = "length" if i % 10 == 0 else "stop"
            write(kind="numbered", text=text, cut=reason == "length",
                  kept=generate_instruction.post_process_gpt3_response(3, {"text": text, "finish_reason": reason}))
        for i in range(1000):
            text = instances(rng)
            reason = "length" if i % 10 == 0 else "stop"
            metadata = {"response": {"choices": [{"finish_reason": reason}]}}
            parsed = [sorted(f(text, "task", metadata)) for f in (
                prepare_for_finetuning.parse_instances_for_generation_task,
                prepare_for_finetuning.parse_instances_for_classification_task)]
            write(kind="instances", text=text, cut=reason == "length",
                  input_first=[p[1:] for p in parsed[0]], output_first=[p[1:] for p in parsed[1]])


main(*(os.path.abspath(argument) for argument in sys.argv[1:4]))
