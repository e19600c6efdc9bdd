"""Fifty optimizer steps of tiny models of every family in PyTorch: what StepsAgainstTorchTest compares with.

Made with torch 2.15.0, transformers 5.23.0, peft 0.21.2:

    python family_steps.py ../../../../core/src/test/resources/models ../resources/steps/golden.json

float32, one thread, no dropout. A step is two micro-batches of unequal numbers of supervised tokens; its loss is the sum over all of
them divided by their number.
"""

import json
import sys

import torch
from peft import PeftModel
from transformers import AutoModelForCausalLM, get_cosine_schedule_with_warmup

STEPS, MICRO, ROWS, TIME, VOCABULARY = 50, 2, 3, 12, 320
torch.set_num_threads(1)


def batch(step, micro):
    ids = torch.zeros(ROWS, TIME, dtype=torch.long)
    labels = torch.full((ROWS, TIME), -100, dtype=torch.long)
    for r in range(ROWS):
        for t in range(TIME):
            ids[r, t] = (step * 131 + micro * 53 + r * 17 + t * 29 + (t * t) % 7) % VOCABULARY
        for t in range(TIME - 1):
            if (t + r + step) % (3 + micro) != 0:
                labels[r, t] = ids[r, t + 1]
    return ids, labels


def run(model, learning_rate):
    parameters = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=learning_rate, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01)
    schedule = get_cosine_schedule_with_warmup(optimizer, 5, STEPS)
    losses, norms = [], []
    for step in range(STEPS):
        batches = [batch(step, m) for m in range(MICRO)]
        count = sum(int((labels != -100).sum()) for _, labels in batches)
        optimizer.zero_grad()
        total = 0.0
        for ids, labels in batches:
            logits = model(input_ids=ids).logits
            loss = torch.nn.functional.cross_entropy(
                logits.flatten(0, 1), labels.flatten(), ignore_index=-100, reduction="sum") / count
            loss.backward()
            total += loss.item()
        norms.append(torch.nn.utils.clip_grad_norm_(parameters, 1.0).item())
        losses.append(total)
        optimizer.step()
        schedule.step()
    return {"learning_rate": learning_rate, "losses": losses, "gradient_norms": norms}


def load(models, name):
    dropout = dict(attn_pdrop=0.0, embd_pdrop=0.0, resid_pdrop=0.0) if name.startswith("gpt2") else {}
    return AutoModelForCausalLM.from_pretrained(
        f"{models}/{name}", dtype=torch.float32, attn_implementation="eager", **dropout)


WHOLE = [
    "llama-tied",
    "llama-untied-biased",
    "llama3-scaled",
    "mistral-untied",
    "qwen2-tied",
    "qwen3-untied-biased",
    "gpt2-tied",
    "gpt2-untied",
    "gemma2-tied",
    "phi3-untied",
]
ADAPTERS = ["llama-tied-lora", "qwen2-tied-lora", "gpt2-tied-lora"]

if __name__ == "__main__":
    models, out = sys.argv[1:]
    golden = {name: run(load(models, name), 5e-3) for name in WHOLE}
    for name in ADAPTERS:
        base = load(models, name.removesuffix("-lora"))
        golden[name] = run(PeftModel.from_pretrained(base, f"{models}/{name}", is_trainable=True), 5e-3)
    with open(out, "w") as file:
        json.dump(golden, file, indent=1)
        file.write("\n")
