"""What an unquoted word in a spec means: the core scalars of YAML 1.2 and nothing more."""

from __future__ import annotations

import re
from decimal import Decimal

Scalar = str | int | Decimal | bool | None

# Longer numbers stand in no page, and turning them into Python's integers takes more than linear time.
_MOST_DIGITS = 100
_LARGEST_EXPONENT = 100

_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", re.ASCII)
_DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE](?P<exponent>[-+]?[0-9]+))?", re.ASCII)
_NO_NUMBER = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")


def plain(text: str) -> Scalar:
    """Read a scalar that stands without quotes; what is no null, boolean or number is text.

    Args:
        text: the word as it was written.

    Raises:
        ValueError: the word is a number that a spec cannot hold; the message says why.
    """
    if text in _WORDS:
        return _WORDS[text]
    # Every number begins with one of these, and most words do not.
    if text[0] not in "0123456789+-.":
        return text
    if _INTEGER.fullmatch(text):
        if len(text) > _MOST_DIGITS:
            raise ValueError(f"a number has at most {_MOST_DIGITS} digits; put quotes around it if it is a text")
        return int(text, 0) if text[1:2] in {"o", "x"} else int(text)
    found = _DECIMAL.fullmatch(text)
    if found:
        return _decimal(text, found["exponent"])
    if _NO_NUMBER.fullmatch(text):
        raise ValueError(f"{text} is no number that a spec can state; put quotes around it if it is a text")
    return text


def _decimal(text: str, exponent: str | None) -> Decimal:
    if len(text) > _MOST_DIGITS:
        raise ValueError(f"a number has at most {_MOST_DIGITS} digits; put quotes around it if it is a text")
    if exponent is not None and abs(int(exponent)) > _LARGEST_EXPONENT:
        raise ValueError(
            f"an exponent lies between -{_LARGEST_EXPONENT} and {_LARGEST_EXPONENT}; "
            "put quotes around it if it is a text"
        )
    return Decimal(text)
