"""Renders chat templates with jinja2 3.1.6 set up as transformers 5.23 does (utils/chat_template_utils.py), and writes
what JinjaTemplateTest compares with.

    python3 chat_template_goldens.py TEMPLATES_FOLDER BUILT_IN_FOLDER OUTPUT_FOLDER

TEMPLATES_FOLDER holds *.jinja files, which are not copied; BUILT_IN_FOLDER is core's own resource folder, whose templates
are listed as built-in/NAME.jinja. Written are conversations.json (the cases), templates.tsv (for
each template and case the first 16 hex digits of the SHA-256 of the text, or "error"; behind a colon, for templates with
{% generation %}, the same of the spans in UTF-16 units) and snippets.json (small templates with their text).
"""
import hashlib
import json
import pathlib
import sys
from datetime import datetime

import jinja2
import jinja2.ext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from conversations import CASES
from snippets import SNIPPETS

NOW = datetime(2026, 1, 5, 9, 7, 3)


class AssistantTracker(jinja2.ext.Extension):
    tags = {"generation"}

    def __init__(self, environment):
        super().__init__(environment)
        environment.extend(tracker=self)
        self.rendered_blocks = None
        self.indices = None

    def parse(self, parser):
        lineno = next(parser.stream).lineno
        body = parser.parse_statements(["name:endgeneration"], drop_needle=True)
        return jinja2.nodes.CallBlock(self.call_method("_generation"), [], [], body).set_lineno(lineno)

    @jinja2.pass_eval_context
    def _generation(self, context, caller):
        text = caller()
        start = len("".join(self.rendered_blocks))
        self.indices.append((start, start + len(text)))
        return text


class TemplateDict:
    def __call__(self, *args, **kwargs):
        return dict(*args, **kwargs)


class TemplateNamespace(jinja2.utils.Namespace):
    def __init__(*args, **kwargs):
        self, args = args[0], args[1:]
        attrs = dict(*args, **kwargs)
        for name in attrs:
            TemplateNamespace._check_name(name)
        jinja2.utils.Namespace.__init__(self, attrs)

    def __setitem__(self, name, value):
        TemplateNamespace._check_name(name)
        jinja2.utils.Namespace.__setitem__(self, name, value)

    @staticmethod
    def _check_name(name):
        if isinstance(name, str) and name.startswith("_"):
            raise jinja2.exceptions.SecurityError("underscore-prefixed attribute")


def raise_exception(message):
    raise jinja2.exceptions.TemplateError(message)


def tojson(x, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(x, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


ENVIRONMENT = ImmutableSandboxedEnvironment(
    trim_blocks=True, lstrip_blocks=True, extensions=[AssistantTracker, jinja2.ext.loopcontrols]
)
ENVIRONMENT.filters["tojson"] = tojson
ENVIRONMENT.globals["raise_exception"] = raise_exception
ENVIRONMENT.globals["strftime_now"] = NOW.strftime
ENVIRONMENT.globals["dict"] = TemplateDict()
ENVIRONMENT.globals["namespace"] = TemplateNamespace


def render(template, variables):
    """Text and generation spans, as transformers' _render_with_assistant_indices."""
    blocks, indices = [], []
    ENVIRONMENT.tracker.rendered_blocks, ENVIRONMENT.tracker.indices = blocks, indices
    context = template.new_context(variables)
    for block in template.root_render_func(context):
        blocks.append(block)
    return "".join(blocks), indices


def digest(text):
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def utf16(text, index):
    return len(text[:index].encode("utf-16-le", "surrogatepass")) // 2


def golden(source, variables):
    try:
        text, indices = render(ENVIRONMENT.from_string(source), json.loads(json.dumps(variables)))
    except Exception:
        return "error"
    spans = ",".join(f"{utf16(text, start)}-{utf16(text, end)}" for start, end in indices)
    return digest(text) + (":" + digest(spans) if indices else "")


def snippet(source):
    try:
        return render(ENVIRONMENT.from_string(source), {"n": None, "s": "héllo wörld", "l": [3, 1, 2],
                                                        "d": {"b": 1, "a": [1.5, True, None]},
                                                        "ms": [{"role": "system", "content": "S"},
                                                               {"role": "user", "content": "U"},
                                                               {"role": "assistant", "content": "A"}]})[0]
    except Exception:
        return None


def main(templates, built_in, output):
    assert jinja2.__version__ == "3.1.6", jinja2.__version__
    (output / "conversations.json").write_text(json.dumps(CASES, ensure_ascii=False, indent=1) + "\n")
    lines = []
    sources = {path.relative_to(templates).as_posix(): path for path in sorted(templates.rglob("*.jinja"))}
    sources |= {"built-in/" + path.name: path for path in sorted(built_in.glob("*.jinja"))}
    for name, path in sources.items():
        source = path.read_text(encoding="utf-8")
        lines.append("\t".join([name, *(golden(source, variables) for variables in CASES.values())]))
    (output / "templates.tsv").write_text("\n".join(lines) + "\n")
    (output / "snippets.json").write_text(
        json.dumps([[source, snippet(source)] for source in SNIPPETS], ensure_ascii=False, indent=0) + "\n"
    )


if __name__ == "__main__":
    main(*map(pathlib.Path, sys.argv[1:]))
