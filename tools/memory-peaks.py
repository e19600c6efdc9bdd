"""Peak resident memory of training runs, which the factors of core.model.MemoryEstimate were fitted to.

    python tools/memory-peaks.py BASE,METHOD,BATCH,LENGTH ...      e.g. embedded,full,8,512 /models/smol,lora,1,128

Each run takes two optimizer steps of one micro-batch through ./tunebench, which must have been built. Full fine-tuning of a
model of 135M parameters needs 12 GB.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORDS = "the quick brown fox jumps over a lazy dog while seven wise men count their coins near an old river bank "


def peak(folder, base, method, batch, length):
    recipe = folder / "recipe.yaml"
    recipe.write_text(
        f"base: {base}\ndata: [{{path: data.jsonl}}]\nsteps: 2\nmethod: {method}\nmask: all\npacking: true\n"
        f"max_length: {length}\nbatch_size: {batch}\nmicro_batch_size: {batch}\n")
    run = folder / f"{method}-{batch}-{length}"
    process = subprocess.Popen(
        [ROOT / "tunebench", "--quiet", "train", recipe, "--out", run], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    return f"{usage.ru_maxrss // 1024} MiB" if status == 0 else f"failed with {status}"


def main(runs):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / "data.jsonl").open("w") as file:
            for i in range(4000):
                turns = [{"role": "user", "content": f"hello {i}"},
                         {"role": "assistant", "content": (WORDS * 3)[i % 90:i % 90 + 90]}]
                file.write(json.dumps({"messages": turns}) + "\n")
        for run in runs:
            base, method, batch, length = run.split(",")
            base = base if base == "embedded" else Path(base).resolve()
            print(run, peak(folder, base, method, int(batch), int(length)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
