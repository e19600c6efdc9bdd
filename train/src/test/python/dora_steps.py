"""Fifty optimizer steps of a DoRA adapter in PEFT: what DoraTest compares with.

Made with torch 2.15.0, transformers 5.23.0, peft 0.21.2, beside family_steps.py, whose batches and settings it takes:

    python dora_steps.py ../../../../core/src/test/resources/models ../resources/steps/dora.json
"""

import json
import sys

from family_steps import load, run
from peft import PeftModel

if __name__ == "__main__":
    models, out = sys.argv[1:]
    model = PeftModel.from_pretrained(load(models, "llama-tied"), f"{models}/llama-tied-dora", is_trainable=True)
    with open(out, "w") as file:
        json.dump({"llama-tied-dora": run(model, 5e-3)}, file, indent=1)
        file.write("\n")
