"""Tiny random Llama models and what transformers computes with them.

Made with transformers 5.23.0, torch 2.15.0 (CPU, float32), safetensors 0.8.0 peft 0.21.2

    python tiny_llamas.py ../resources/models
"""

import json
import sys
from pathlib import Path

import peft
import torch
import transformers
from transformers import LlamaConfig, LlamaForCausalLM

MODELS = {
    "llama-tied": dict(tie_word_embeddings=True, num_key_value_heads=2),
    "llama-untied-biased": dict(
        tie_word_embeddings=False, num_key_value_heads=4, attention_bias=True, mlp_bias=True),
    "llama3-scaled": dict(
        tie_word_embeddings=False,
        num_key_value_heads=1,
        head_dim=8,
        rope_parameters=dict(
            rope_type="llama3",
            rope_theta=100.0,
            factor=8.0,
            low_freq_factor=1.0,
            high_freq_factor=4.0,
            original_max_position_embeddings=32)),
}
PROMPTS = [[5, 17, 42, 3, 99], [7], [88, 2, 250, 131, 64, 9, 77, 23, 200, 12, 45], [1, 2, 3]]
NEW_TOKENS = 24


def make(name, overrides, folder):
    torch.manual_seed(sum(map(ord, name)))
    config = LlamaConfig(
        vocab_size=320,
        hidden_size=16,
        intermediate_size=24,
        num_hidden_layers=2,
        num_attention_heads=4,
        max_position_embeddings=128,
        rms_norm_eps=1e-5,
        bos_token_id=0,
        eos_token_id=1,
        initializer_range=0.35,
        **overrides)
    model = LlamaForCausalLM(config).eval()
    with torch.no_grad():
        for key, parameter in model.named_parameters():
            if "norm" in key or key.endswith("bias"):
                parameter.add_(torch.randn_like(parameter) * 0.2)
    model.save_pretrained(folder / name)
    return model


def golden(model):
    cases = []
    for prompt in PROMPTS:
        ids = torch.tensor([prompt])
        with torch.no_grad():
            logits = model(input_ids=ids).logits[0]
            greedy = model.generate(
                input_ids=ids, attention_mask=torch.ones_like(ids), do_sample=False, max_new_tokens=NEW_TOKENS,
                eos_token_id=1, pad_token_id=1)[0, len(prompt):].tolist()
            sequence = torch.tensor([prompt + greedy])
            log_probs = torch.log_softmax(model(input_ids=sequence).logits[0, :-1], -1)
        continuation = log_probs.gather(1, sequence[0, 1:, None])[:, 0]
        cases.append(dict(
            prompt=prompt,
            last_logits=[round(x, 6) for x in logits[-1].tolist()],
            greedy=greedy,
            log_probs=[round(x, 6) for x in continuation.tolist()]))  # of every token but the first
    return cases


def make_adapter(base, folder):
    torch.manual_seed(5)
    config = peft.LoraConfig(
        r=3, lora_alpha=6, use_rslora=True, target_modules=["q_proj", "v_proj", "down_proj"], task_type="CAUSAL_LM")
    model = peft.get_peft_model(base, config).eval()
    with torch.no_grad():
        for key, parameter in model.named_parameters():
            if "lora_B" in key:
                parameter.normal_(std=0.3)
    model.peft_config["default"].base_model_name_or_path = "llama-tied"
    model.save_pretrained(folder)
    (folder / "README.md").unlink()
    return model


def main(folder):
    result = dict(
        versions=dict(transformers=transformers.__version__, torch=torch.__version__, peft=peft.__version__),
        models={})
    for name, overrides in MODELS.items():
        model = make(name, overrides, folder)
        result["models"][name] = golden(model)
        if name == "llama-tied":
            result["models"]["llama-tied-lora"] = golden(make_adapter(model, folder / "llama-tied-lora"))
    (folder / "golden.json").write_text(json.dumps(result))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
