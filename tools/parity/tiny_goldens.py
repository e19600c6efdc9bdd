"""What lm-evaluation-harness makes of the tiny random models on the bundled suites, for TinyParityTest.

Made with lm-evaluation-harness 0.4.13, transformers 5.23.0 and torch 2.15.0:

    java -cp CLASSPATH org.tunebench.core.testing.TinyModels MODELS
    python tiny_goldens.py MODELS ../../benchmarks-data/src/main/resources/org/tunebench/benchmarks/suites \
        ../../cli/src/test/resources/org/tunebench/cli/tiny_scores.json

The models see 128 tokens and their tokenizer has hardly more than bytes: nearly every prompt is cut. Four items of each task;
of MMLU, with two shots, the one subject that is also the harness's.
"""

import json
import sys
import tempfile
from pathlib import Path

import lm_eval_reference

TASKS = {"hellaswag": "hellaswag", "truthfulqa": "truthfulqa_mc2", "mmlu": "mmlu"}


def item(sample):
    subject = sample["task"].removeprefix("mmlu_") + "/" if sample["task"].startswith("mmlu") else ""
    return dict(
        id=f"{subject}{sample['doc_id']}",
        choices=[continuation[1:] for _, continuation in sample["arguments"]],
        loglikelihoods=[round(pair[0], 5) for pair in sample["filtered_resps"]])


def main(models, suites, golden):
    scores = {}
    for model in sorted(models.iterdir()):
        with tempfile.TemporaryDirectory() as out:
            lm_eval_reference.main([str(model), str(suites), out, "--items", "4", "--shots", "2"])
            scores[model.name] = {
                suite: [item(json.loads(line)) for line in open(Path(out) / f"{task}.samples.jsonl", encoding="utf-8")]
                for suite, task in TASKS.items()}
    golden.parent.mkdir(parents=True, exist_ok=True)
    golden.write_text(json.dumps(scores, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
