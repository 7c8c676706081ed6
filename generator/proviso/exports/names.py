"""Names of parts of an exported document."""

from __future__ import annotations

import re
from collections.abc import Container

_OTHER = re.compile(r"[^A-Za-z0-9._-]+")


def slug(text: str) -> str:
    """Spell a text with the characters that names of components may have."""
    return _OTHER.sub("-", text).strip("-") or "unnamed"


def distinct(name: str, taken: Container[str]) -> str:
    """Give a name that is taken already a number."""
    number = 2
    chosen = name
    while chosen in taken:
        chosen, number = f"{name}-{number}", number + 1
    return chosen
