"""Tunebench's greedy generation beside transformers' on the same CPU: same model in float32, same prompts, as many new
tokens, two threads each, in turn, one idle while the other works. Run by generation-speed.sh, which sets CLASSPATH.

Written for transformers 5.23.0, torch 2.15.0.
"""

import os
import statistics
import subprocess
import sys
import time

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

THREADS = 2
ROUNDS = int(os.environ.get("ROUNDS", "9"))
NEW_TOKENS = int(os.environ.get("NEW_TOKENS", "64"))
PROMPTS = [
    "What is the capital of France?",
    "Write a short poem about the sea.",
    "Explain in two sentences why the sky is blue.",
    "List three things one should pack for a hike in the mountains.",
    "How many legs has a spider?",
    "Translate to Spanish: good morning, how are you today?",
    "Give me a recipe for pancakes with four ingredients.",
    "Who wrote The Old Man and the Sea, and what is it about?",
]


class Transformers:
    def __init__(self, folder):
        torch.set_num_threads(THREADS)
        self.model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()

    def run(self, prompts):
        length = max(map(len, prompts))
        ids = torch.tensor([[2] * (length - len(p)) + p for p in prompts])
        mask = torch.tensor([[0] * (length - len(p)) + [1] * len(p) for p in prompts])
        cpu, start = time.process_time(), time.perf_counter()
        with torch.no_grad():
            out = self.model.generate(
                ids, attention_mask=mask, do_sample=False, max_new_tokens=NEW_TOKENS, min_new_tokens=NEW_TOKENS,
                pad_token_id=2)
        return time.perf_counter() - start, time.process_time() - cpu, out[:, length:].tolist()


class Tunebench:
    def __init__(self, folder):
        self.process = subprocess.Popen(
            ["java", "-Xmx1g", "-cp", os.environ["CLASSPATH"], "org.tunebench.core.runtime.GenerationWorker", folder],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, prompts):
        line = ";".join([str(NEW_TOKENS)] + [" ".join(map(str, p)) for p in prompts])
        cpu = self.cpu()
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        seconds, *rows = self.process.stdout.readline().strip().split(";")
        return float(seconds), self.cpu() - cpu, [[int(t) for t in row.split()] for row in rows]

    def cpu(self):
        with open(f"/proc/{self.process.pid}/stat") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main(folder):
    tokenizer = AutoTokenizer.from_pretrained(folder)
    chats = [tokenizer.apply_chat_template(
        [{"role": "user", "content": p}], add_generation_prompt=True, return_dict=False) for p in PROMPTS]
    ours, theirs = Tunebench(folder), Transformers(folder)
    print(f"{'batch':<6}{'tunebench tok/s':>16}{'transformers':>14}{'ratio':>8}{'CPU time ratio':>16}{'same tokens':>13}")
    for prompts in (chats[:1], chats):
        times = []
        for round_ in range(ROUNDS + 1):  # the first warms up
            a, b = ours.run(prompts), theirs.run(prompts)
            times += [(a[0], b[0], a[1], b[1])] if round_ else []
        tokens = NEW_TOKENS * len(prompts)
        median = lambda of: statistics.median(of(*t) for t in times)
        same = sum(x == y for x, y in zip(a[2], b[2]))
        print(f"{len(prompts):<6}{median(lambda a, b, c, d: tokens / a):>16.1f}{median(lambda a, b, c, d: tokens / b):>14.1f}"
              f"{median(lambda a, b, c, d: b / a):>8.2f}{median(lambda a, b, c, d: d / c):>16.2f}"
              f"{same:>10}/{len(prompts)}", flush=True)
    ours.process.stdin.close()
    ours.process.wait()


if __name__ == "__main__":
    main(sys.argv[1])
