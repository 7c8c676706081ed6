"""Texts of specs made safe inside Markdown, and lengths of time in words."""

from __future__ import annotations

import re
from decimal import Decimal

# An underscore inside a word is no markup.
_MARKUP = re.compile(r"[\\`*\[\]<>|~]|&(?=[#\w]+;)|(?<![^\W_])_|_(?![^\W_])")


def cell(text: str) -> str:
    """Make a text safe in Markdown: one line, nothing that is markup."""
    folded = " ".join(text.split())
    if not folded.isprintable():
        folded = "".join(one if one.isprintable() else one.encode("unicode_escape").decode("ascii") for one in folded)
    return _MARKUP.sub(r"\\\g<0>", folded)


def code(text: str) -> str:
    """Show a text as code; one that holds a backquote is escaped instead."""
    folded = " ".join(text.split())
    if not folded or "`" in folded or not folded.isprintable():
        return cell(text)
    return f"`{folded.replace('|', chr(92) + '|')}`"


def seconds(value: Decimal) -> str:
    """Say a length of time, such as 10 min."""
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if value >= size and value % size == 0:
            return f"{value // size} {unit}"
    return f"{value.normalize():f} s"
