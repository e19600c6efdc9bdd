"""Tiny random models of every family and what transformers computes with them.

Made with transformers 5.23.0, torch 2.15.0 (CPU, float32), safetensors 0.8.0, peft 0.21.2:

    python tiny_models.py ../resources/models

No token is for padding: PyTorch would leave its row of the embedding out of training.

Greedy tokens are only comparable where no two tokens are nearly as likely: a model is made from the first seed with which
none are.
"""

import itertools
import json
import sys
from pathlib import Path

import peft
import torch
import transformers
from transformers import (
    Gemma2Config,
    GPT2Config,
    LlamaConfig,
    MistralConfig,
    Phi3Config,
    Qwen2Config,
    Qwen3Config,
)

LINEAR = dict(rope_type="linear", rope_theta=1000.0, factor=2.0)
LLAMA3 = dict(
    rope_type="llama3",
    rope_theta=100.0,
    factor=8.0,
    low_freq_factor=1.0,
    high_freq_factor=4.0,
    original_max_position_embeddings=32)
MODELS = {
    "llama-tied": (LlamaConfig, dict(tie_word_embeddings=True, num_key_value_heads=2)),
    "llama-untied-biased": (LlamaConfig, dict(
        tie_word_embeddings=False, num_key_value_heads=4, attention_bias=True, mlp_bias=True)),
    "llama3-scaled": (LlamaConfig, dict(
        tie_word_embeddings=False, num_key_value_heads=1, head_dim=8, rope_parameters=LLAMA3)),
    "mistral-untied": (MistralConfig, dict(
        num_key_value_heads=2, head_dim=8, sliding_window=128, rope_parameters=dict(rope_type="default", rope_theta=500.0))),
    "qwen2-tied": (Qwen2Config, dict(tie_word_embeddings=True, num_key_value_heads=2, rope_parameters=LINEAR)),
    "qwen2-untied": (Qwen2Config, dict(num_key_value_heads=1, rms_norm_eps=1e-3)),
    "qwen3-tied": (Qwen3Config, dict(tie_word_embeddings=True, num_key_value_heads=2, head_dim=6)),
    "qwen3-untied-biased": (Qwen3Config, dict(
        num_key_value_heads=4, head_dim=8, attention_bias=True, rope_parameters=LLAMA3)),
    "gpt2-tied": (GPT2Config, dict(n_inner=40, layer_norm_epsilon=1e-4)),
    "gpt2-untied": (GPT2Config, dict(tie_word_embeddings=False, scale_attn_weights=False)),
    "gemma2-tied": (Gemma2Config, dict(
        num_key_value_heads=2,
        head_dim=6,
        query_pre_attn_scalar=10,
        attn_logit_softcapping=3.0,
        final_logit_softcapping=7.0,
        sliding_window=128)),
    "phi3-untied": (Phi3Config, dict(
        num_key_value_heads=2, rope_parameters=dict(rope_type="default", rope_theta=300.0))),
}
ADAPTERS = {
    "llama-tied-lora": ("llama-tied", dict(
        r=3, lora_alpha=6, use_rslora=True, target_modules=["q_proj", "v_proj", "down_proj"])),
    "qwen2-tied-lora": ("qwen2-tied", dict(r=2, lora_alpha=5, target_modules=["k_proj", "o_proj", "gate_proj"])),
    "gpt2-tied-lora": ("gpt2-tied", dict(
        r=3, lora_alpha=4, fan_in_fan_out=True, target_modules=["c_attn", "c_fc", "c_proj"])),
}
PROMPTS = [[5, 17, 42, 3, 99], [7], [88, 2, 250, 131, 64, 9, 77, 23, 200, 12, 45], [1, 2, 3]]
NEW_TOKENS = 64


def sizes(kind):
    if kind is GPT2Config:
        return dict(n_embd=16, n_layer=2, n_head=4, n_positions=128)
    return dict(
        hidden_size=16,
        intermediate_size=24,
        num_hidden_layers=2,
        num_attention_heads=4,
        max_position_embeddings=128)


class TooClose(Exception):
    pass


def make(seed, kind, overrides):
    torch.manual_seed(seed)
    epsilon = {} if kind is GPT2Config else dict(rms_norm_eps=1e-5)
    config = kind(
        **(sizes(kind) | epsilon | dict(vocab_size=320, bos_token_id=0, eos_token_id=1, pad_token_id=None, initializer_range=0.35)
           | overrides))
    model = transformers.AutoModelForCausalLM.from_config(config, attn_implementation="eager").eval()
    with torch.no_grad():
        for key, parameter in model.named_parameters():
            if "norm" in key or ".ln_" in key or key.endswith("bias"):
                parameter.add_(torch.randn_like(parameter) * 0.2)
            if kind is Gemma2Config and "layernorm" in key and "post" in key:
                parameter.add_(4)  # else the tied embedding outweighs the layers, and every token repeats itself
    return model


def golden(name, model):
    cases = []
    for prompt in PROMPTS:
        ids = torch.tensor([prompt])
        with torch.no_grad():
            logits = model(input_ids=ids).logits[0]
            greedy = model.generate(
                input_ids=ids, attention_mask=torch.ones_like(ids), do_sample=False, max_new_tokens=NEW_TOKENS,
                eos_token_id=1, pad_token_id=1)[0, len(prompt):].tolist()
            sequence = torch.tensor([prompt + greedy])
            following = model(input_ids=sequence).logits[0, :-1]
        first, second = following[len(prompt) - 1:].topk(2).values.T
        margin = (first - second).min().item()
        print(f"{name}: {len(greedy)} tokens, {len(set(greedy))} different, least margin {margin:.4f}")
        if margin < 1e-4:
            raise TooClose(name)
        continuation = torch.log_softmax(following, -1).gather(1, sequence[0, 1:, None])[:, 0]
        cases.append(dict(
            prompt=prompt,
            last_logits=[round(x, 6) for x in logits[-1].tolist()],
            greedy=greedy,
            log_probs=[round(x, 6) for x in continuation.tolist()]))  # of every token but the first
    return cases


def adapt(name, base_name, settings, folder):
    torch.manual_seed(5)
    base = transformers.AutoModelForCausalLM.from_pretrained(folder / base_name, attn_implementation="eager")
    model = peft.get_peft_model(base, peft.LoraConfig(task_type="CAUSAL_LM", **settings)).eval()
    with torch.no_grad():
        for key, parameter in model.named_parameters():
            if "lora_B" in key:
                parameter.normal_(std=0.3)
    model.peft_config["default"].base_model_name_or_path = base_name
    model.save_pretrained(folder / name)
    (folder / name / "README.md").unlink()
    return model


def main(folder):
    models = {}
    for name, (kind, overrides) in MODELS.items():
        for seed in itertools.count(sum(map(ord, name))):
            try:
                model = make(seed, kind, overrides)
                models[name] = golden(name, model)
                model.save_pretrained(folder / name)
                break
            except TooClose:
                pass
    for name, (base, settings) in ADAPTERS.items():
        models[name] = golden(name, adapt(name, base, settings, folder))
    versions = dict(transformers=transformers.__version__, torch=torch.__version__, peft=peft.__version__)
    (folder / "golden.json").write_text(json.dumps(dict(versions=versions, models=models)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
