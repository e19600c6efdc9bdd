"""Renders PromptSource's templates with jinja2 3.1.6 as promptsource/templates.py does (without cutting values), and writes
what PromptSourceTest compares with: promptsource.tsv, for each file and template the first 16 hex digits of the SHA-256 of
the parts, one for each record of records.jsonl. Templates that choose at random are left out.

    python3 promptsource_goldens.py TEMPLATES_FOLDER OUTPUT_FOLDER
"""
import hashlib
import json
import pathlib
import re
import sys
from collections import Counter

import jinja2
import yaml

PROTECTED = "3ed2dface8203c4c9dfb1a5dc58e41e0"


class Template(yaml.YAMLObject):
    yaml_tag = "!Template"
    yaml_loader = yaml.SafeLoader


class TemplateMetadata(yaml.YAMLObject):
    yaml_tag = "!TemplateMetadata"
    yaml_loader = yaml.SafeLoader


def most_frequent(items):
    counts = Counter(items).most_common()
    return [item for item, n in counts if n == counts[0][1]] if counts else None


ENVIRONMENT = jinja2.Environment()
ENVIRONMENT.globals.update(zip=zip)
ENVIRONMENT.filters["most_frequent"] = most_frequent
ENVIRONMENT.filters["highlight"] = lambda x: "<span style='color: #F08080'>" + x + "</span>"

# Every field that the templates name, with values of the kinds that the datasets have.
RECORDS = [
    {name: f"{name} one|||x" for name in FIELDS} | special
    for FIELDS, special in [
        (
            "text document summary article highlights sentence1 sentence2 premise hypothesis question context title goal "
            "sol1 sol2 sentence option1 option2 choice1 choice2 target answerKey activity_label ctx ctx_a ctx_b id "
            "span1_text span2_text".split(),
            dict(label=1, idx=3, coarse_label=2, fine_label=5, endings=["a", "b", "c", "d"], concepts=["x", "y"],
                 answers={"text": ["first", "second"], "answer_start": [1, 2]}, answer="2", span1_index=1, span2_index=4,
                 choices={"text": ["p", "q", "r", "s"], "label": ["A", "B", "C", "D"]}, source_id="s", ind=1, split="s",
                 **{"label-coarse": 2, "label-fine": 5}),
        )
    ]
]
RECORDS[0]["answerKey"] = "B"
RECORDS[0]["question"] = "effect"
RECORDS.append(RECORDS[0] | {"label": 0, "question": "cause", "text": "Zwei Wörter", "answers": {"text": [], "answer_start": []},
                             "answerKey": "D", "coarse_label": 0, "fine_label": 0, "answer": "1"})


def protect(record):
    return {k: v.replace("|||", PROTECTED) if isinstance(v, str) else v for k, v in record.items()}


def parts(text):
    return [part.replace(PROTECTED, "|||").strip() for part in text.split("|||")]


def render(template, record):
    values = protect(record)
    choices = template.answer_choices
    values["answer_choices"] = parts(ENVIRONMENT.from_string(choices).render(**protect(record))) if choices else None
    return parts(ENVIRONMENT.from_string(template.jinja).render(**values))


folder = pathlib.Path(sys.argv[1])
lines = []
for file in sorted(folder.rglob("templates.yaml")):
    content = yaml.safe_load(file.read_text())
    for template in content["templates"].values():
        if re.search(r"\|\s*(choice|random)\b", template.jinja):
            continue
        row = [str(file.relative_to(folder)), template.name]
        for record in RECORDS:
            text = "\x1f".join(render(template, record))
            row.append(hashlib.sha256(text.encode()).hexdigest()[:16])
        lines.append("\t".join(row))
out = pathlib.Path(sys.argv[2])
(out / "promptsource.tsv").write_text("\n".join(lines) + "\n")
(out / "records.jsonl").write_text("".join(json.dumps(record) + "\n" for record in RECORDS))
