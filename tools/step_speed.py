"""Training steps of Tunebench and of PyTorch eager in turn, on the CPU of one machine.

    python tools/step_speed.py SHAPE ROWS [--length 256] [--rounds 7] [--attention sdpa] [--threads 2] [--peak-gflops G]

SHAPE is llama-124m or gpt2-124m (benchmarks/src/main/resources). Needs `mvn -pl core,train,benchmarks compile` before, and
torch, transformers. A round is one whole step of each (forward, backward, clipping to norm 1, AdamW), then Tunebench's
forward and backward alone and plain products of the model's sizes in the same process. Printed are medians, and the
medians of the rounds' ratios; wall times say nothing on a machine that does other work, CPU times say less then.
"""

import argparse
import json
import os
import statistics
import subprocess
import time
from pathlib import Path

import torch
from transformers import AutoConfig, AutoModelForCausalLM

ROOT = Path(__file__).resolve().parent.parent
SHAPES = ROOT / "benchmarks/src/main/resources/org/tunebench/train/step"


def tunebench(shape, rows, length):
    classes = [str(ROOT / m / "target/classes") for m in ("benchmarks", "train", "core")]
    libraries = (ROOT / "benchmarks/target/classpath").read_text().strip()
    command = ["java", "-Xmx4g", "-XX:+UseSerialGC", "-cp", ":".join(classes + [libraries]),
               "org.tunebench.train.step.StepSpeed", str(SHAPES / f"{shape}.json"), str(rows), str(length)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(what):
        process.stdin.write(what + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    return ask


def pytorch(shape, rows, length, attention):
    numbers = json.loads((SHAPES / f"{shape}.json").read_text())
    config = AutoConfig.for_model(**numbers, use_cache=False)
    torch.manual_seed(0)
    model = AutoModelForCausalLM.from_config(config, attn_implementation=attention, dtype=torch.float32).train()
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4, weight_decay=0.01)
    ids = torch.randint(0, config.vocab_size, (rows, length))
    labels = torch.cat([ids[:, 1:], torch.full((rows, 1), -100)], 1)

    def step():
        wall, cpu = time.perf_counter(), time.process_time()
        optimizer.zero_grad()
        logits = model(input_ids=ids).logits
        loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), labels.flatten(), ignore_index=-100)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        loss.item()
        return {"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu}

    return step


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("shape")
    parser.add_argument("rows", type=int)
    parser.add_argument("--length", type=int, default=256)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--attention", default="sdpa")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--peak-gflops", type=float, help="of the processor, where it is known: prints the MFU of both")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    ask = tunebench(options.shape, options.rows, options.length)
    step = pytorch(options.shape, options.rows, options.length, options.attention)
    for _ in range(2):
        ask("step"), ask("matmul"), step()
    rounds = []
    for _ in range(options.rounds):
        rounds.append({"ours": ask("step"), "torch": step(), "gradient": ask("gradient"), "matmul": ask("matmul")})

    def median(of):
        return statistics.median(of(r) for r in rounds)

    tokens = options.rows * options.length
    flops = rounds[0]["ours"]["flops"]
    for clock in ("seconds", "cpu"):
        ours, peer = median(lambda r: r["ours"][clock]), median(lambda r: r["torch"][clock])
        share = median(lambda r: (r["gradient"]["flops"] / r["gradient"][clock])
                       / (r["matmul"]["flops"] / r["matmul"][clock]))
        print(f"{options.shape} {options.rows} x {options.length} {options.attention}, {clock}: "
              f"Tunebench {tokens / ours:.0f} tokens/s ({flops / ours / 1e9:.0f} GFLOP/s), PyTorch {tokens / peer:.0f}, "
              f"ratio {median(lambda r: r['torch'][clock] / r['ours'][clock]):.2f}; products "
              f"{median(lambda r: r['matmul']['flops'] / r['matmul'][clock]) / 1e9:.0f} GFLOP/s, "
              f"forward and backward at {100 * share:.0f} % of that")
        if options.peak_gflops:
            print(f"    MFU of {options.peak_gflops:.0f} GFLOP/s: Tunebench {flops / ours / options.peak_gflops / 1e7:.1f} %, "
                  f"PyTorch {flops / peer / options.peak_gflops / 1e7:.1f} %")


if __name__ == "__main__":
    main()
