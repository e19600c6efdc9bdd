"""What transformers' logits processors keep of random logits, which token a uniform number then decides, and what its
generate writes with a repetition penalty, a fewest number of tokens and several end-of-sequence ids.

Made with transformers 5.23.0, torch 2.15.0 (CPU, float32)

    python generation_goldens.py ../resources/models ../resources/org/tunebench/core/runtime/generation.json
"""

import json
import sys
from pathlib import Path

import torch
import transformers
from transformers import AutoModelForCausalLM, GenerationConfig

VOCABULARY = 60
EOS = [3, 41]
SETTINGS = [
    dict(temperature=1.0),
    dict(temperature=0.3),
    dict(temperature=1.7, top_p=0.8),
    dict(temperature=1.0, top_p=0.01),
    dict(temperature=0.9, top_k=1),
    dict(temperature=0.9, top_k=7),
    dict(temperature=1.2, top_k=20, top_p=0.7),
    dict(temperature=0.8, top_k=200, top_p=0.95),
    dict(temperature=1.0, repetition_penalty=1.3),
    dict(temperature=1.0, repetition_penalty=0.6, top_k=10),
    dict(temperature=1.4, repetition_penalty=2.0, top_k=30, top_p=0.9),
    dict(temperature=1.0, min_new_tokens=2, top_p=0.9),
    dict(temperature=0.7, min_new_tokens=5, repetition_penalty=1.2, top_k=15, top_p=0.85),
]
GREEDY = [
    dict(repetition_penalty=1.5),
    dict(repetition_penalty=0.7),
    dict(eos_token_id=[1, 60, 130, 200, 255, 300]),
    dict(eos_token_id=[1, 60, 130, 200, 255, 300], min_new_tokens=10),
    dict(eos_token_id=[1, 60, 130, 200, 255, 300], min_new_tokens=10, repetition_penalty=1.2),
]
PROMPTS = [[5, 17, 42, 3, 99], [7], [88, 2, 250, 131, 64, 9, 77, 23, 200, 12, 45], [1, 2, 3]]
NEW_TOKENS = 40


def processors(model, settings, prompt_length):
    """As generate makes them, in its order."""
    config = GenerationConfig(do_sample=True, **{"top_k": 0, **settings}, eos_token_id=EOS, pad_token_id=0)
    model._prepare_special_tokens(config, device="cpu")
    return model._get_logits_processor(
        generation_config=config, input_ids_seq_length=prompt_length, encoder_input_ids=None,
        prefix_allowed_tokens_fn=None, logits_processor=[], device="cpu")


def choices(model):
    """Logits of the first new token (step 0) of rows with the same settings."""
    torch.manual_seed(17)
    cases = []
    for settings in SETTINGS:
        logits = torch.randn(3, VOCABULARY) * 3
        history = torch.randint(0, VOCABULARY, (3, 9))
        logits[0, EOS[0]] = 12.0  # a row that wants to end
        probabilities = torch.softmax(processors(model, settings, 9)(history, logits.clone()), -1)
        uniforms = torch.rand(8, 3, dtype=torch.float64)
        drawn = []
        for row in uniforms:
            ordered, ids = probabilities.double().sort(dim=-1, descending=True, stable=True)
            rank = (ordered.cumsum(-1) <= row[:, None] * ordered.sum(-1, keepdim=True)).sum(-1, keepdim=True)
            drawn.append(ids.gather(1, rank)[:, 0].tolist())
        cases.append(dict(
            settings=settings,
            logits=logits.tolist(),
            history=history.tolist(),
            probabilities=[[round(p, 9) for p in row] for row in probabilities.tolist()],
            uniforms=uniforms.tolist(),
            drawn=drawn))
    return cases


def generations(model):
    cases = []
    for settings in GREEDY:
        rows = []
        for prompt in PROMPTS:
            ids = torch.tensor([prompt])
            tokens = model.generate(
                ids, attention_mask=torch.ones_like(ids), do_sample=False, max_new_tokens=NEW_TOKENS, pad_token_id=1,
                **{"eos_token_id": [1], **settings})[0, len(prompt):].tolist()
            rows.append(dict(prompt=prompt, tokens=tokens))
        cases.append(dict(settings=settings, rows=rows))
    return cases


def main(models, out):
    tiny = {name: AutoModelForCausalLM.from_pretrained(models / name) for name in ("llama-tied", "llama3-scaled")}
    result = dict(
        versions=dict(transformers=transformers.__version__, torch=torch.__version__),
        eos=EOS,
        choices=choices(tiny["llama-tied"]),
        generations={name: generations(model.eval()) for name, model in tiny.items()})
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(result))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
