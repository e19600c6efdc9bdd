"""The prompts lm-evaluation-harness makes of two MMLU questions and a HellaSwag-like one, plain and through chat templates.

Made with lm-evaluation-harness 0.4.13, transformers 5.23.0, jinja2 3.1:

    python chat_prompts.py ../../../../core/src/main/resources/org/tunebench/core/text TEMPLATES ../resources/org/tunebench/eval/suite

The first folder has Tunebench's own templates, TEMPLATES public ones (not copied: of what they render only the SHA-256 is
kept). The harness's own task configurations (mmlu_anatomy, truthfulqa_mc1) are used, over documents given here; requests are
(context, continuation) as its backends get them.
"""

import hashlib
import itertools
import json
import os
import sys
from pathlib import Path

os.environ.update(HF_HUB_OFFLINE="1", HF_DATASETS_OFFLINE="1")

import datasets
import lm_eval
import tokenizers
import transformers
from lm_eval.api.task import ConfigurableTask
from lm_eval.models.huggingface import HFLM
from lm_eval.tasks import TaskManager
from lm_eval.tasks._yaml_loader import load_yaml

ROWS = [
    ["Which bone is the longest? ", "Femur", "Tibia", "Ulna", "Rib", "A"],
    ["\u00a0Une question\nsur deux lignes, « n'est-ce pas »", "oui", "non", "peut-être", "{{ x }}", "C"],
    [" How many chambers has a heart?", "One", "Two <s>", "Three", "Four", "D"],
]
QUESTION = {"question": "Do hearts stop when you sneeze?", "choices": ["No, they do not", "Yes"], "labels": [1, 0]}
PUBLIC = [
    "chujiezheng/gemma-it", "chujiezheng/llama-2-chat", "chujiezheng/llama-3-instruct", "chujiezheng/mistral-instruct",
    "chujiezheng/phi-3", "chujiezheng/vicuna", "chujiezheng/zephyr", "llama.cpp/google-gemma-2-2b-it",
    "llama.cpp/Qwen-Qwen2.5-7B-Instruct", "trl/qwen3", "trl/phi3_5"]


def task(name, splits):
    config = load_yaml(TaskManager().task_index[name].yaml_path, resolve_func=True)
    config.pop("tag", None)
    splits = {split: datasets.Dataset.from_list(rows) for split, rows in splits.items()}
    return ConfigurableTask(config=config | dict(
        dataset_path="local", dataset_name=None, custom_dataset=lambda **_: datasets.DatasetDict(splits)))


def tasks():
    mmlu = [dict(question=r[0], choices=r[1:5], answer="ABCD".index(r[5]), subject="anatomy") for r in ROWS]
    targets = {k: QUESTION[k] for k in ("choices", "labels")}
    return {
        "mmlu": task("mmlu_anatomy", dict(dev=mmlu[:2], test=mmlu[2:])),
        "truthfulqa": task("truthfulqa_mc1", dict(
            validation=[dict(question=QUESTION["question"], mc1_targets=targets, mc2_targets=targets)]))}


class Templated:
    """What HFLM.apply_chat_template needs of a backend."""

    chat_template_args = {}

    def __init__(self, source):
        vocabulary = tokenizers.Tokenizer(tokenizers.models.WordLevel({"<s>": 0, "</s>": 1}, unk_token="<s>"))
        self.tokenizer = transformers.PreTrainedTokenizerFast(
            tokenizer_object=vocabulary, bos_token="<s>", eos_token="</s>")
        self.tokenizer.chat_template = source

    def apply(self, history, add_generation_prompt=True):
        return HFLM.apply_chat_template(self, history, add_generation_prompt)


def requests(task, shots, system, multiturn, source):
    apply = Templated(source).apply if source else None
    doc = list(task.eval_docs)[0]
    context = task.fewshot_context(
        doc, shots, system_instruction=system, apply_chat_template=source is not None, fewshot_as_multiturn=multiturn,
        chat_template=apply)
    made = task.construct_requests(doc, context, apply_chat_template=source is not None, chat_template=apply, metadata=(
        "task", 0, 1))
    return [list(request.args) for request in made]


def main(own, public, out):
    own_templates = {name: (own / f"{name}.jinja").read_text(encoding="utf-8") for name in ("paper", "chatml")}
    templates = [(None, None)] + list(own_templates.items()) + [
        (name, (public / f"{name}.jinja").read_text(encoding="utf-8")) for name in PUBLIC]
    cases = []
    for suite, a_task in tasks().items():
        for (name, source), system, multiturn, shots in itertools.product(
                templates, (None, "Be brief."), (False, True), (0, 2)):
            if (multiturn and (source is None or shots == 0)) or (shots and suite != "mmlu"):
                continue
            case = dict(suite=suite, template=name, system=system, multiturn=multiturn, shots=shots)
            made = requests(a_task, shots, system, multiturn, source)
            if name in PUBLIC:
                case["sha256"] = hashlib.sha256(json.dumps(made, ensure_ascii=False).encode()).hexdigest()
            else:
                case["requests"] = made
            cases.append(case)
    golden = dict(harness=lm_eval.__version__, rows=ROWS, question=QUESTION, cases=cases)
    (out / "chat_prompts.json").write_text(json.dumps(golden, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
