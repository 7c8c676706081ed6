"""The only door to Jinja: a template and its context become text."""

from __future__ import annotations

import textwrap
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING

import jinja2

from proviso.words import WIDTH

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def render(template: str, context: DataclassInstance) -> str:
    """Fill a template.

    template: file name in `templates`.
    context: a dataclass; its fields are all that the template may mention.
    """
    members = {field.name: getattr(context, field.name) for field in fields(context)}
    return environment().get_template(template).render(members)


@cache
def environment() -> jinja2.Environment:
    """Make the environment: nothing undefined, no stray blank lines, two filters."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("proviso"),
        undefined=jinja2.StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters = {"python": repr, "doc": doc}
    return made


def doc(text: str, indent: int | None = 4) -> str:
    """Make a text safe inside a docstring or behind a comment sign.

    White space is folded, so that no text can start a line of its own; what
    cannot be printed is escaped; quotes and backslashes cannot end the string.
    indent: columns before the text; lines after the first are indented by it.
        None keeps the text on one line, as behind a comment sign.
    """
    folded = " ".join(text.split())
    safe = "".join(
        one if one.isprintable() else one.encode("unicode_escape").decode("ascii") for one in _escaped(folded)
    )
    if indent is None:
        return safe
    lines = textwrap.wrap(safe, WIDTH - indent - 3, break_long_words=False, break_on_hyphens=False)
    return ("\n" + " " * indent).join(lines)


def _escaped(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return escaped[:-1] + '\\"' if escaped.endswith('"') and not escaped.endswith('\\"') else escaped
