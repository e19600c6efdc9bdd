"""Compares Tunebench's results with lm-evaluation-harness's, item by item, and prints a table.

    python compare.py RUN_FOLDER REFERENCE_FOLDER...

RUN_FOLDER is one of `tunebench eval` with suites hellaswag, truthfulqa_mc, mmlu (any of them); the others are OUT_FOLDERs of
lm_eval_reference.py on the same model and data, and what the run has more is left out. Exits with 1 where a log-likelihood
differs by more than 1e-3, a prediction differs though no other choice lies within 1e-4, or a total or standard error differs
by more than such predictions explain. Needs Python 3.9 and nothing else.
"""

import json
import sys
from pathlib import Path

LIKELIHOOD = 1e-3
NEAR = 1e-4
TOTAL = 1e-9
SHARE = 1e-4  # mc2 is a mean of probabilities, not of right and wrong
TASKS = {
    "hellaswag": ("hellaswag", {"acc": "acc", "acc_norm": "acc_norm"}),
    "truthfulqa_mc1": ("truthfulqa_mc", {"acc": "mc1"}),
    "truthfulqa_mc2": ("truthfulqa_mc", {"acc": "mc2"}),
    "mmlu": ("mmlu", {"acc": "acc"})}


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def choices(task, doc):
    return {
        "hellaswag": lambda: doc["choices"],
        "truthfulqa_mc1": lambda: doc["mc1_targets"]["choices"],
        "truthfulqa_mc2": lambda: doc["mc2_targets"]["choices"],
        "mmlu": lambda: list("ABCD")}[task]()


def item_id(task, sample):
    return f"{sample['task'].removeprefix('mmlu_')}/{sample['doc_id']}" if task == "mmlu" else str(sample["doc_id"])


def largest(numbers):
    return max(range(len(numbers)), key=lambda i: (numbers[i], -i))


class Comparison:
    """One task's items on both sides."""

    def __init__(self, task, metrics):
        self.task, self.metrics = task, metrics
        self.items = self.requests = self.near = self.unexplained = 0
        self.worst = 0.0
        self.worst_share = 0.0

    def add(self, ours, reference):
        texts = choices(self.task, reference["doc"])
        theirs = [pair[0] for pair in reference["filtered_resps"]]
        places = [ours["choices"].index(text) for text in texts]
        mine = [ours["loglikelihoods"][place] for place in places]
        self.items += 1
        self.requests += len(texts)
        self.worst = max(self.worst, *(abs(a - b) for a, b in zip(mine, theirs)))
        for theirs_name, ours_name in self.metrics.items():
            difference = abs(ours["scores"][ours_name] - reference[theirs_name])
            if ours_name == "mc2":
                self.worst_share = max(self.worst_share, difference)
        if self.task != "truthfulqa_mc2" and largest(mine) != largest(theirs):
            first, second = sorted(theirs)[-1:-3:-1]
            if first - second <= NEAR:
                self.near += 1
            else:
                self.unexplained += 1

    def holds(self):
        return self.worst <= LIKELIHOOD and self.unexplained == 0 and self.worst_share <= SHARE


def totals(task, metrics, ours, reference):
    """Name, our (value, standard error), theirs; overall, then by group."""
    for theirs_name, ours_name in metrics.items():
        if task != "mmlu":
            mine, theirs = ours["metrics"][ours_name], reference["results"][task]
            yield ours_name, pair(mine), (theirs[f"{theirs_name},none"], theirs[f"{theirs_name}_stderr,none"])
            continue
        for name, theirs in (reference["groups"] | reference["results"]).items():
            short = name.rsplit("::", 1)[-1].removeprefix("mmlu_").removesuffix("_here")
            mine = ours["metrics"] if name == "mmlu_here" else ours["groups"][short]["metrics"]
            stderr = theirs[f"{theirs_name}_stderr,none"]
            yield "all" if name == "mmlu_here" else short, pair(mine[ours_name]), (theirs[f"{theirs_name},none"], stderr)


def pair(metric):
    return metric["value"], metric.get("stderr")


def main(run, references):
    results = json.loads((run / "results.json").read_text(encoding="utf-8"))["suites"]
    print("| task | items | log-likelihoods | largest difference | predictions that differ, near a tie | not near |")
    print("|---|---|---|---|---|---|")
    failed, tables = False, []
    for folder in references:
        for task, (suite, metrics) in TASKS.items():
            file = folder / f"{task}.samples.jsonl"
            if suite not in results or not file.exists():
                continue
            own = {sample["id"]: sample for sample in lines(run / "samples" / f"{suite}.jsonl")}
            comparison = Comparison(task, metrics)
            for sample in lines(file):
                comparison.add(own[item_id(task, sample)], sample)
            reference = json.loads((folder / f"{task}.results.json").read_text(encoding="utf-8"))
            print(f"| {task} | {comparison.items} | {comparison.requests} | {comparison.worst:.2e} "
                  f"| {comparison.near} | {comparison.unexplained} |")
            failed |= not comparison.holds()
            tables.append((task, comparison, list(totals(task, metrics, results[suite], reference)), reference["harness"]))
            if results[suite]["n"] != comparison.items:
                print(f"{suite}: {results[suite]['n']} items here, {comparison.items} there", file=sys.stderr)
                failed = True
    for task, comparison, rows, harness in tables:
        equal = 0
        print(f"\n{task}: Tunebench | lm-evaluation-harness {harness}")
        tolerance = SHARE if task == "truthfulqa_mc2" else TOTAL
        for name, (mine, mine_stderr), (theirs, theirs_stderr) in rows:
            same = abs(mine - theirs) <= tolerance and abs((mine_stderr or 0) - theirs_stderr) <= tolerance
            equal += same
            if not same and comparison.near == 0:
                failed = True
            if not same or name in ("all", "stem", "humanities", "social_sciences", "other") or len(rows) < 5:
                print(f"  {name}: {mine!r} ± {mine_stderr!r} | {theirs!r} ± {theirs_stderr!r}{'' if same else '  DIFFERENT'}")
        print(f"  {equal} of {len(rows)} totals and standard errors equal")
    return failed


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), [Path(argument) for argument in sys.argv[2:]]))
