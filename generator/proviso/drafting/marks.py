"""Words of a draft for what is not known: marks for a person to fill in, and reasons where the language takes one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from decimal import Decimal

from proviso.yaml_text import Block

TODO = "TODO"
_LONGEST = 80
_NAME = re.compile(r"[^\W\d]\w*")


def todo(what: str) -> str:
    """Make a remark that the command lists as left to do."""
    return f"{TODO}: {what}"


def also(facts: Iterable[str]) -> list[str]:
    """Make the remark that names what a document says and a spec does not; none where there is nothing."""
    listed = list(dict.fromkeys(facts))
    return [f"The document also says: {'; '.join(listed)}."] if listed else []


def shown(value: object) -> str:
    """Show some data, short and on one line."""
    text = json.dumps(value, ensure_ascii=False, default=_plain)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def step(name: str) -> str:
    """Write a member's name as a step of a reply path."""
    return f".{name}" if _NAME.fullmatch(name) else f"['{name}']"


def unknown(why: str) -> Block:
    """Make the value of a fact that nobody has given."""
    return Block({"unknown": why})


def _plain(value: object) -> str:
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
