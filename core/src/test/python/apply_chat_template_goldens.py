"""What transformers 5.23.0 itself makes of conversations: the text of apply_chat_template, and for templates with
{% generation %} the mask of return_assistant_tokens_mask. ApplyChatTemplateTest compares with them.

    python3 apply_chat_template_goldens.py TEMPLATES_FOLDER GPT2_FOLDER OUTPUT_FOLDER

TEMPLATES_FOLDER holds *.jinja files, GPT2_FOLDER a tokenizer.json and tokenizer_config.json; neither is copied. Written is
applied.json: the conversations, and for each template and conversation the first 16 hex digits of the SHA-256 of the text,
or "error"; behind a colon, the same of the mask as a string of 0 and 1. Templates that write the date are left out.
"""
import hashlib
import json
import logging
import pathlib
import sys

import transformers

from conversations import CASES

NAMES = ["one turn, prompt", "system", "many turns", "many turns, prompt", "hostile", "tools offered", "tools used",
         "tools used, system", "arguments as text", "thoughts"]
# These show only contents that are lists of parts.
PARTS = {"idefics3", "idefics3_training", "llava_next", "llava_next_training"}


def digest(text):
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def in_parts(messages):
    return [m | {"content": [{"type": "text", "text": m.get("content") or ""}]} for m in messages]


def golden(tokenizer, source, variables, parts):
    messages = in_parts(variables["messages"]) if parts else variables["messages"]
    arguments = {"chat_template": source, "tools": variables["tools"],
                 "add_generation_prompt": variables["add_generation_prompt"]}
    try:
        text = tokenizer.apply_chat_template(messages, tokenize=False, **arguments)
        if "generation %}" not in source and "generation -%}" not in source:
            return digest(text)
        mask = tokenizer.apply_chat_template(messages, tokenize=True, return_dict=True,
                                             return_assistant_tokens_mask=True, **arguments)["assistant_masks"]
        return digest(text) + ":" + digest("".join(map(str, mask)))
    except Exception:
        return "error"


def main(templates, gpt2, output):
    assert transformers.__version__ == "5.23.0", transformers.__version__
    logging.disable(logging.WARNING)
    tokenizer = transformers.PreTrainedTokenizerFast.from_pretrained(gpt2)
    cases = {name: CASES[name] for name in NAMES}
    applied = {}
    for path in sorted(templates.rglob("*.jinja")):
        source = path.read_text(encoding="utf-8")
        if "strftime_now" not in source:
            applied[path.relative_to(templates).as_posix()] = [
                golden(tokenizer, source, case, path.stem in PARTS) for case in cases.values()
            ]
    goldens = {"bos": tokenizer.bos_token, "eos": tokenizer.eos_token, "cases": cases, "applied": applied}
    (output / "applied.json").write_text(json.dumps(goldens, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*map(pathlib.Path, sys.argv[1:]))
