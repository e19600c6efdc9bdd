"""A real checkpoint in Tunebench and in transformers, side by side: prints the table of docs/real-models.md.

    python tools/real-model/compare.py MODEL_FOLDER [speed | numbers]

Tunebench must have been built (./tunebench does it). Needs torch, transformers and peft; about 4 GB of memory for a model
of 135M parameters. Speeds are taken in turn, ours then theirs, prompt by prompt, with the same number of threads; beside
the time on the clock stands the processor time of the process, which other work on the machine changes little.
"""

import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import peft
import torch
import transformers
from transformers import AutoModelForCausalLM, AutoTokenizer

ROOT = Path(__file__).resolve().parents[2]
TEXTS = [
    "The capital of France is Paris, and the river that runs through it is the Seine.",
    "def fibonacci(n):\n    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)\n",
    "Naïve café — 東京の天気は晴れ 🌤 \u0627\u0644\u0633\u0644\u0627\u0645",
    "In 1969 the first people landed on the Moon. " * 12,
    "a",
]
QUESTIONS = [
    "What is the capital of France?", "Write a haiku about the sea.", "Explain photosynthesis to a child.",
    "List three fruits.", "What is 17 times 4?", "Translate 'good morning' into Spanish.",
    "Why is the sky blue?", "Give me a recipe for pancakes.", "Who wrote Hamlet?", "Tell me a joke.",
]
NEW_TOKENS = 64


def java(*arguments):
    paths = sorted((ROOT / ".tunebench").glob("*.classpath"), key=lambda p: p.stat().st_mtime)
    classpath = f"{ROOT}/cli/target/classes:{paths[-1].read_text().strip()}"
    return ["java", "-XX:+UseSerialGC", "-cp", classpath, *map(str, arguments)]


class Clock:
    """Seconds on the clock and of the processor."""

    def __init__(self):
        self.start, self.cpu = time.perf_counter(), time.process_time()

    def spent(self):
        return torch.tensor([time.perf_counter() - self.start, time.process_time() - self.cpu])


class Ours:
    def __init__(self):
        self.process = subprocess.Popen(
            java(Path(__file__).with_name("OurSide.java")), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def ask(self, what, **values):
        self.process.stdin.write(json.dumps({"do": what, **values}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        return answer["result"], torch.tensor([answer["seconds"], answer["cpu_seconds"]])

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def main(folder, part):
    transformers.logging.set_verbosity_error()
    torch.manual_seed(0)
    work = Path(tempfile.mkdtemp(prefix="compare-"))
    tokenizer = AutoTokenizer.from_pretrained(folder)
    texts = [tokenizer(t)["input_ids"] for t in TEXTS]
    prompts = [tokenizer.apply_chat_template(
        [{"role": "user", "content": q}], add_generation_prompt=True, return_dict=True)["input_ids"] for q in QUESTIONS]

    def row(name, ours, theirs=""):
        print(f"| {name} | {ours} | {theirs} |", flush=True)

    def megabytes():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

    print(f"transformers {transformers.__version__}, torch {torch.__version__}, peft {peft.__version__}, "
          f"{torch.get_num_threads()} threads; {processor()}, load {os.getloadavg()[0]:.1f} before\n")
    print("| | Tunebench | transformers |\n|---|---|---|")

    def load(path):
        return AutoModelForCausalLM.from_pretrained(path, dtype=torch.float32).eval()

    def seconds(spent):
        return f"{spent[0]:.1f} s ({spent[1]:.1f} s of processor)"

    def speed(tokens, spent):
        return f"{tokens / spent[0]:.1f} ({tokens / spent[1]:.1f} a processor second)"

    before = megabytes()
    clock = Clock()
    theirs = load(folder)
    with torch.no_grad():
        theirs(torch.tensor([[1]]))
    their_load = clock.spent()

    def speeds():
        ours = Ours()
        memory, opened = ours.ask("open", folder=str(folder), use="score")
        ours.close()
        row("opened and ready to score", seconds(opened), seconds(their_load))
        row(f"memory then, peak (of theirs {before} MB are libraries)",
            f"{memory['VmHWM']} MB ({memory['RssAnon']} own, {memory['RssFile']} of files)", f"{megabytes()} MB")
        ours = Ours()
        memory, opened = ours.ask("open", folder=str(folder), use="generate")
        row("opened and ready to generate", seconds(opened))
        same, our_tokens, their_tokens, our_time, their_time = 0, 0, 0, torch.zeros(2), torch.zeros(2)
        settings = dict(max_new_tokens=NEW_TOKENS, do_sample=False, pad_token_id=0)
        stops = theirs.generation_config.eos_token_id
        stops = stops if isinstance(stops, list) else [stops]
        for prompt in prompts:
            (mine,), spent = ours.ask("generate", prompts=[prompt], tokens=NEW_TOKENS)
            our_time += spent
            our_tokens += len(mine)
            clock = Clock()
            with torch.no_grad():
                out = theirs.generate(torch.tensor([prompt]), **settings)[0, len(prompt):].tolist()
            their_time += clock.spent()
            out = out[:-1] if out[-1] in stops else out
            their_tokens += len(out)
            same += mine == out
        together, spent = ours.ask("generate", prompts=prompts, tokens=NEW_TOKENS)
        memory, _ = ours.ask("memory")
        ours.close()
        row(f"{NEW_TOKENS} greedy tokens of {len(prompts)} chat prompts", f"{same} of {len(prompts)} identical")
        row("tokens/s, one prompt at a time", speed(our_tokens, our_time), speed(their_tokens, their_time))
        row("tokens/s, all prompts in one batch", speed(sum(map(len, together)), spent))
        row("memory after that, peak", f"{memory['VmHWM']} MB ({memory['RssAnon']} own)", f"{megabytes()} MB")

    if part != "numbers":
        speeds()
    if part == "speed":
        return

    def their_logits(model):
        with torch.no_grad():
            return [model(torch.tensor([ids])).logits[0] for ids in texts]

    def our_logits(path):
        side = Ours()
        side.ask("logits", folder=str(path), texts=texts, out=str(work / "logits"))
        side.close()
        flat = torch.frombuffer(bytearray((work / "logits").read_bytes()), dtype=torch.float32)
        parts = flat.split([len(ids) * theirs.config.vocab_size for ids in texts])
        return [p.view(len(ids), -1) for p, ids in zip(parts, texts)]

    def difference(a, b):
        return max((x - y).abs().max().item() for x, y in zip(a, b))

    def mean_difference(a, b):
        return sum((x - y).abs().sum().item() for x, y in zip(a, b)) / sum(x.numel() for x in a)

    reference = their_logits(theirs)
    size = max(x.abs().max().item() for x in reference)
    positions = sum(map(len, texts))
    mine = our_logits(folder)
    row(f"logits, {positions} positions of {len(texts)} texts, largest {size:.0f}",
        f"max difference {difference(mine, reference):.2e}, mean {mean_difference(mine, reference):.2e}")
    exact = their_logits(theirs.double())
    theirs.float()
    row("the same against transformers in float64", f"max difference {difference(mine, exact):.2e}",
        f"max difference {difference(reference, exact):.2e}")
    del mine, exact

    side = Ours()
    side.ask("save", folder=str(folder), out=str(work / "again"))
    side.close()
    again = load(work / "again")
    bits = all(torch.equal(a, b) for a, b in zip(theirs.state_dict().values(), again.state_dict().values()))
    row("saved untrained, loaded in transformers", "identical to the bit" if bits else "DIFFERENT",
        f"logits {difference(their_logits(again), reference):.2e}")
    del again

    def train(name, recipe):
        (work / "data.jsonl").write_text("".join(
            json.dumps({"messages": [{"role": "user", "content": q}, {"role": "assistant", "content": f"No {i}."}]}) + "\n"
            for i, q in enumerate(QUESTIONS)))
        (work / f"{name}.yaml").write_text(
            f"base: {Path(folder).resolve()}\ndata: [{{path: data.jsonl}}]\nsteps: 3\nmax_length: 64\nbatch_size: 2\n"
            f"micro_batch_size: 2\ntemplate: model\n" + recipe)
        command = java("org.tunebench.cli.Main", "--quiet", "train", work / f"{name}.yaml", "--out", work / name)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return work / name

    run = train("full", "trainable: [layers.0.*, norm]\noptimizer: {learning_rate: 1.0e-4}\n")
    tuned = load(run / "checkpoint")
    moved = difference(their_logits(tuned), reference)
    row("full fine-tune, loaded in transformers", f"max difference {difference(our_logits(run / 'checkpoint'), their_logits(tuned)):.2e}",
        f"(training moved them by {moved:.1f})")
    del tuned

    run = train("lora", "method: lora\nlora: {r: 8, merge: true}\noptimizer: {learning_rate: 1.0e-3}\n")
    merged = load(run / "merged")
    merged_logits = their_logits(merged)
    del merged
    adapted = peft.PeftModel.from_pretrained(theirs, run / "checkpoint").eval()
    adapter_logits = their_logits(adapted)
    row("LoRA adapter, loaded in PEFT", f"max difference {difference(our_logits(run / 'checkpoint'), adapter_logits):.2e}",
        f"(training moved them by {difference(adapter_logits, reference):.1f})")
    row("the same merged, loaded in transformers", f"max difference {difference(our_logits(run / 'merged'), merged_logits):.2e}",
        f"to PEFT's adapter {difference(merged_logits, adapter_logits):.2e}")
    shutil.rmtree(work)


def processor():
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return f"{line.split(':')[1].strip()}, {os.cpu_count()} cores"
    return platform.processor()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "all")
