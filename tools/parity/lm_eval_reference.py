"""What lm-evaluation-harness itself makes of a model on MMLU, HellaSwag and TruthfulQA, from the files Tunebench reads.

Run with lm-evaluation-harness 0.4.13, transformers 5.23.0 and torch 2.15.0:

    python lm_eval_reference.py MODEL_FOLDER DATA_FOLDER OUT_FOLDER [--tasks hellaswag,truthfulqa,mmlu] [--shots N]
        [--items N] [--subjects A,B] [--batch-size N] [--threads N] [--chat] [--multiturn] [--system TEXT]

The tasks are the harness's own (hellaswag, truthfulqa_mc2, truthfulqa_mc1, mmlu): their templates, their processing of
documents and results, their groups. Only where the documents come from is replaced: DATA_FOLDER holds
hellaswag/*.jsonl, truthfulqa/mc_task.json and mmlu/{dev,test}/*.csv. The model runs on the CPU in float32. Nothing is
fetched. For each task OUT_FOLDER gets <task>.samples.jsonl (the harness's logged samples) and <task>.results.json; finished
requests lie in OUT_FOLDER/cache*.db, so that a run that was cut off goes on.
"""

import argparse
import csv
import json
import os
import time
from pathlib import Path

os.environ.update(HF_HUB_OFFLINE="1", HF_DATASETS_OFFLINE="1", TRANSFORMERS_OFFLINE="1", TOKENIZERS_PARALLELISM="false")

import datasets
import torch
from lm_eval import __version__, simple_evaluate
from lm_eval.models.huggingface import HFLM
from lm_eval.tasks import TaskManager
from lm_eval.tasks._index import TaskIndex
from lm_eval.tasks._yaml_loader import load_yaml
from lm_eval.utils import handle_non_serializable

MMLU_AREAS = ("stem", "other", "social_sciences", "humanities")


def hellaswag(data):
    [file] = sorted((data / "hellaswag").glob("*.jsonl"))
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    fields = ("activity_label", "ctx_a", "ctx_b", "endings", "label")
    return {"validation": [{f: str(row[f]) if f == "label" else row[f] for f in fields} for row in rows]}


def truthfulqa(data):
    def targets(answers):
        ordered = sorted(answers.items(), key=lambda answer: -answer[1])  # the harness expects true answers first
        return {"choices": [text for text, _ in ordered], "labels": [label for _, label in ordered]}

    rows = json.loads((data / "truthfulqa" / "mc_task.json").read_text(encoding="utf-8-sig"))
    return {"validation": [
        {"question": row["question"]} | {f: targets(row[f]) for f in ("mc1_targets", "mc2_targets")} for row in rows]}


def mmlu(data, subject):
    def rows(part):
        with open(data / "mmlu" / part / f"{subject}_{part}.csv", encoding="utf-8-sig", newline="") as file:
            return [
                {"question": row[0], "choices": row[1:5], "answer": "ABCD".index(row[5]), "subject": subject}
                for row in csv.reader(file)]

    return {"dev": rows("dev"), "test": rows("test")}


def local(splits):
    """Overrides of a task's configuration that give it these documents."""
    return dict(
        dataset_path="local",
        dataset_name=None,
        training_split=None,
        custom_dataset=lambda **_: datasets.DatasetDict(
            {name: datasets.Dataset.from_list(rows) for name, rows in splits.items()}))


def mmlu_group(manager, data, wanted):
    """The harness's mmlu group over the subjects that DATA_FOLDER has, or those of them that are wanted."""
    subjects = {file.name.removesuffix("_test.csv") for file in (data / "mmlu" / "test").glob("*_test.csv")}
    subjects &= set(wanted) if wanted else subjects
    areas = []
    for area in MMLU_AREAS:
        names = sorted(t for t in manager.task_index[f"mmlu_{area}_tasks"].tags if t.removeprefix("mmlu_") in subjects)
        if names:
            areas.append(dict(
                group=f"mmlu_{area}_here",
                task=[dict(task=t) | local(mmlu(data, t.removeprefix("mmlu_"))) for t in names],
                aggregate_metric_list=[dict(metric="acc", weight_by_size=True)]))
    group = dict(group="mmlu_here", task=areas, aggregate_metric_list=[dict(metric="acc", weight_by_size=True)])
    return manager._factory.build(TaskIndex.entry_from_config(group), overrides=None, registry=manager.task_index)


def runs(manager, data, names, subjects):
    """Name of the run, what to evaluate, shots."""

    def single(name, splits):
        config = load_yaml(manager.task_index[name].yaml_path, resolve_func=True) | local(splits)
        config.pop("tag", None)
        return name, config, None

    if "hellaswag" in names:
        yield single("hellaswag", hellaswag(data))
    if "truthfulqa" in names:  # mc2 first: most of mc1's choices are then in the cache
        yield single("truthfulqa_mc2", truthfulqa(data))
        yield single("truthfulqa_mc1", truthfulqa(data))
    if "mmlu" in names:
        yield "mmlu", mmlu_group(manager, data, subjects), 5


def main(given=None):
    """Runs with the given arguments, or the command line's."""
    parser = argparse.ArgumentParser()
    parser.add_argument("model", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--tasks", default="hellaswag,truthfulqa,mmlu")
    parser.add_argument("--shots", type=int, help="of mmlu, 5 unless told")
    parser.add_argument("--items", type=int, help="of each task; 200 of hellaswag, 20 of each subject, all of truthfulqa unless told")
    parser.add_argument("--subjects", type=lambda text: text.split(","), help="of mmlu, all unless told")
    parser.add_argument("--batch-size", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--chat", action="store_true")
    parser.add_argument("--multiturn", action="store_true")
    parser.add_argument("--system")
    arguments = parser.parse_args(given)
    torch.set_num_threads(arguments.threads)
    arguments.out.mkdir(parents=True, exist_ok=True)
    manager = TaskManager()
    model = HFLM(pretrained=str(arguments.model), dtype="float32", device="cpu", batch_size=arguments.batch_size)
    usual_items = {"hellaswag": 200, "mmlu": 20}
    for name, task, shots in runs(manager, arguments.data, arguments.tasks.split(","), arguments.subjects):
        wall, cpu = time.time(), time.process_time()
        answer = simple_evaluate(
            model=model,
            tasks=[task],
            num_fewshot=arguments.shots if name == "mmlu" and arguments.shots is not None else shots,
            limit=arguments.items or usual_items.get(name),
            use_cache=str(arguments.out / "cache"),
            apply_chat_template=arguments.chat,
            fewshot_as_multiturn=arguments.multiturn,
            system_instruction=arguments.system,
            bootstrap_iters=100000,
            task_manager=manager)
        with open(arguments.out / f"{name}.samples.jsonl", "w", encoding="utf-8") as file:
            for task_name, samples in answer["samples"].items():
                for sample in samples:
                    line = dict(task=task_name) | sample
                    file.write(json.dumps(line, default=handle_non_serializable, ensure_ascii=False) + "\n")
        results = dict(
            harness=__version__,
            wall_seconds=time.time() - wall,
            cpu_seconds=time.process_time() - cpu,
            results=answer["results"],
            groups=answer.get("groups", {}))
        text = json.dumps(results, default=handle_non_serializable, indent=1)
        (arguments.out / f"{name}.results.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
