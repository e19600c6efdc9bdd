"""Tunebench and lm-evaluation-harness's Hugging Face backend on the same items, in turn: processor and wall time.

    python speed.py MODEL_FOLDER DATA_FOLDER PYTHON_OF_THE_HARNESS [--rounds N] [--batch-size N] [--threads N] [--suites A,B]

The harness runs through lm_eval_reference.py beside this file (its versions are named there), float32 on the CPU, without
its cache; its time is that of simple_evaluate, without loading Python and the model. Tunebench runs through ./tunebench
eval; its time is that of the whole process less that of a run with a single request's item, which is also printed as the
start-up. Ratios above 1 say how many times Tunebench is faster; medians over the rounds.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SUBJECT = "college_chemistry"  # all of it: its prompts share as large a part as those of the whole test (485 of 568 tokens)
SUITES = {
    # suite, folder of its data, options here, the harness's task and options, which of its tasks is compared
    "mmlu": ("mmlu", "mmlu", ["--subjects", SUBJECT], ["--subjects", SUBJECT, "--items", "100"], "mmlu"),
    "truthfulqa": ("truthfulqa_mc", "truthfulqa", ["--limit", "20"], ["--items", "20"], "truthfulqa_mc2"),
    "hellaswag": ("hellaswag", "hellaswag", ["--limit", "40"], ["--items", "40"], "hellaswag"),
}


def run(command, environment):
    """Wall and processor seconds of a process with its children."""
    start = time.time()
    process = subprocess.Popen(
        [str(part) for part in command], env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"failed: {command}")
    return time.time() - start, usage.ru_utime + usage.ru_stime


def ours(arguments, suite, options):
    with tempfile.TemporaryDirectory() as out:
        name, folder = SUITES[suite][:2]
        command = [HERE.parent.parent / "tunebench", "--quiet", "eval", "--model", arguments.model, "--suites", name,
                   "--data", arguments.data / folder, "--out", Path(out) / "run", *options]
        return run(command, {"TUNEBENCH_JAVA_OPTS": f"-XX:ActiveProcessorCount={arguments.threads}"})


def theirs(arguments, suite):
    with tempfile.TemporaryDirectory() as out:
        options, task = SUITES[suite][3:]
        command = [arguments.python, HERE / "lm_eval_reference.py", arguments.model, arguments.data, out, "--tasks", suite,
                   "--batch-size", arguments.batch_size, "--threads", arguments.threads, *options]
        run(command, {"OMP_NUM_THREADS": str(arguments.threads), "OMP_WAIT_POLICY": "passive"})
        results = json.loads((Path(out) / f"{task}.results.json").read_text(encoding="utf-8"))
        return results["wall_seconds"], results["cpu_seconds"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("model", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("python")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--batch-size", type=int, default=1, help="of the harness")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--suites", default=",".join(SUITES))
    arguments = parser.parse_args()
    for suite in arguments.suites.split(","):
        first = ["--limit", "1"] + (["--subjects", SUBJECT, "--shots", "0"] if suite == "mmlu" else [])
        ours(arguments, suite, first)  # builds, and fills the file cache
        ratios = []
        for _ in range(arguments.rounds):
            start = ours(arguments, suite, first)
            whole = ours(arguments, suite, SUITES[suite][2])
            reference = theirs(arguments, suite)
            mine = [w - s for w, s in zip(whole, start)]
            ratios.append([r / m for r, m in zip(reference, mine)])
            print(f"{suite}: harness {reference[1]:.1f} s of processor time ({reference[0]:.1f} wall), Tunebench {mine[1]:.1f} "
                  f"({mine[0]:.1f}), start-up {start[1]:.1f} ({start[0]:.1f}); "
                  f"ratio {ratios[-1][1]:.1f} ({ratios[-1][0]:.1f})", flush=True)
        wall, cpu = (statistics.median(column) for column in zip(*ratios))
        print(f"{suite}, medians: {cpu:.1f} times in processor time, {wall:.1f} by the clock", flush=True)


if __name__ == "__main__":
    main()
