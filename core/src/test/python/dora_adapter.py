"""A DoRA adapter over the tiny Llama, and what PEFT computes with it: ../resources/models/llama-tied-dora.

Beside tiny_models.py. Made with peft 0.21.2, transformers 5.23.0, torch 2.15.0 (CPU, float32):

    python dora_adapter.py ../resources/models
"""

import json
import sys
from pathlib import Path

import peft
import torch
from tiny_models import golden
from transformers import LlamaForCausalLM


def main(models):
    torch.manual_seed(8)
    base = LlamaForCausalLM.from_pretrained(models / "llama-tied", dtype=torch.float32)
    config = peft.LoraConfig(
        r=3, lora_alpha=6, use_dora=True, target_modules=["q_proj", "v_proj", "down_proj"], task_type="CAUSAL_LM")
    model = peft.get_peft_model(base, config).eval()
    with torch.no_grad():
        for key, parameter in model.named_parameters():
            if "lora_B" in key:
                parameter.normal_(std=0.3)
            if "magnitude" in key:
                parameter.mul_(1 + 0.3 * torch.randn_like(parameter))
    model.peft_config["default"].base_model_name_or_path = "llama-tied"
    folder = models / "llama-tied-dora"
    model.save_pretrained(folder)
    (folder / "README.md").unlink()
    (folder / "golden.json").write_text(json.dumps(golden("llama-tied-dora", model)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
