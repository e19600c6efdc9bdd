"""Writes truthfulqa-gen.jsonl: answers to made-up questions with the scores that the reference gives them.

Run with lm_eval 0.4.13, sacrebleu 2.6.0, rouge_score 0.1.2:
    python truthfulqa_gen.py ../resources/org/tunebench/eval/suite/truthfulqa-gen.jsonl
"""

import json
import random
import sys

from lm_eval.tasks.truthfulqa import utils

WORDS = "the a moon is made of rock cheese not no one knows water 7 years . it's 3.5 nothing happens you die".split()


def sentence(rng):
    return " ".join(rng.choice(WORDS) for _ in range(rng.randint(1, 9)))


def main(path):
    rng = random.Random(11)
    with open(path, "w") as out:
        for i in range(120):
            correct = [sentence(rng) for _ in range(rng.randint(1, 5))]
            incorrect = [sentence(rng) + rng.choice(["", "."]) for _ in range(rng.randint(1, 5))]
            answer = rng.choice([
                " " + sentence(rng) + ".", "\nA: " + rng.choice(correct), rng.choice(incorrect), "", "I have no comment."])
            row = {"question": "Q%d? " % i, "correct_answers": correct, "incorrect_answers": incorrect}
            scores = utils.process_results_gen(utils.preprocess_function(row), [answer])
            out.write(json.dumps(dict(
                row, answer=answer, scores={name: float(score) for name, score in scores.items()})) + "\n")


main(sys.argv[1])
