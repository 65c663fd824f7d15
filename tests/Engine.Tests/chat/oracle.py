#!/usr/bin/env python3
"""
What Python's Jinja makes of the chat templates: node templates.mjs | python3 oracle.py > rendered.json

Reads a JSON list of {model, template} and writes, by the SHA-256 of each template, the SHA-256 of what it lays out for each of talks.json;
null where it refuses. A content is a text, or a list of parts where the template leaves a text out. Jinja is set up as chat programs do.
"""
import hashlib
import json
import sys
from datetime import datetime
from pathlib import Path

import jinja2
import jinja2.ext
from jinja2.sandbox import ImmutableSandboxedEnvironment

TALKS = json.loads(Path(__file__).with_name("talks.json").read_text(encoding="utf-8"))


class Generation(jinja2.ext.Extension):
    """Marks what a model wrote, in templates that are also made to train by; it lays out nothing."""
    tags = {"generation"}

    def parse(self, parser):
        next(parser.stream)
        return parser.parse_statements(["name:endgeneration"], drop_needle=True)


def refuse(message):
    raise jinja2.exceptions.TemplateError(message)


def as_json(value, ensure_ascii=False, indent=None, separators=None, sort_keys=False):
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True, extensions=[Generation, jinja2.ext.loopcontrols])
environment.filters["tojson"] = as_json
environment.globals["raise_exception"] = refuse


def render(template, talk):
    def parts(message):
        return {**message, "content": [{"type": "text", "text": message["content"]}]}

    texts = talk["messages"]
    for messages in (texts, [m if m["role"] == "system" else parts(m) for m in texts], [parts(m) for m in texts]):
        text = render_messages(template, talk, messages)
        if text is not None and talk["messages"][-1]["content"].strip() in text:
            return text
    return None


def render_messages(template, talk, messages):
    context = {"messages": messages, "add_generation_prompt": talk["goesOn"], "enable_thinking": False, "thinking": False,
               "bos_token": "<BOS>", "eos_token": "<EOS>"}
    if "date" in talk:
        context["strftime_now"] = datetime.strptime(talk["date"], "%Y-%m-%d").strftime
    try:
        return environment.from_string(template).render(**context)
    except Exception:  # whatever a template does wrong, it lays nothing out
        return None


def sha256(text):
    return None if text is None else hashlib.sha256(text.encode("utf-8")).hexdigest()


templates = [t["template"] for t in json.load(sys.stdin)]
texts = "--texts" in sys.argv
rendered = {sha256(t): {talk["name"]: (render(t, talk) if texts else sha256(render(t, talk))) for talk in TALKS} for t in templates}
json.dump(rendered, sys.stdout, indent=1, sort_keys=True)
print()
