"""The only door to Jinja: a template and its context become text."""

from __future__ import annotations

import re
import textwrap
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING

import jinja2

from proviso.words import WIDTH

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


# A quote beside another could end the string, and so could one at the end of the text.
_QUOTES = re.compile(r'"(?="|$)|(?<=")"')


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
    safe = _escaped(" ".join(text.split()))
    if not safe.isprintable():
        safe = "".join(one if one.isprintable() else one.encode("unicode_escape").decode("ascii") for one in safe)
    if indent is None:
        return safe
    width = WIDTH - indent - 3
    if len(safe) <= width:
        return safe
    lines = textwrap.wrap(safe, width, break_long_words=False, break_on_hyphens=False)
    return ("\n" + " " * indent).join(lines)


def _escaped(text: str) -> str:
    return _QUOTES.sub(r"\"", text.replace("\\", "\\\\"))
