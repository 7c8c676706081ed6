"""Values as text, in the form of what stands in their place: digits of amounts, quotes, units of durations."""

from __future__ import annotations

import re
from decimal import Decimal

from proviso import scalars, yaml_text
from proviso.yaml_text import Tree

_BREAKS = re.compile(r"^[^A-Za-z0-9$_/(.]|:(?=\s|$)|\s#|\s$")
_BREAKS_FLOW = re.compile(_BREAKS.pattern + r"|[,\[\]{}]")


def scalar(value: scalars.Scalar, *, like: str | None = None, in_flow: bool = True) -> str:
    """Write a scalar.

    Args:
        value: what it says.
        like: the scalar that it takes the place of, as written.
        in_flow: whether it stands inside of brackets.
    """
    if isinstance(value, str) and like is not None and like[:1] in ("'", '"'):
        if like[0] == "'" and value.isprintable():
            return "'" + value.replace("'", "''") + "'"
        return yaml_text.quoted(value)
    if isinstance(value, str) and like and _stays_plain(value, in_flow=in_flow):
        return value
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return number(value, like=like)
    return yaml_text.inline(value, inside=in_flow)


def number(value: int | Decimal, *, like: str | None) -> str:
    """Write a number with at least as many decimals as there are in the one that it takes the place of.

    Args:
        value: the number.
        like: the old one as written, or None.
    """
    old = None if like is None else _number(like)
    digits = 0 if old is None else max(-_exponent(old), 0)
    exact = Decimal(value)
    if exact == exact.to_integral_value() and digits == 0:
        return str(int(exact))
    own = max(-_exponent(exact.normalize()), 0)
    return f"{exact:.{max(digits, own)}f}" if old is not None else f"{exact:f}"


def block(key: str | None, value: Tree, *, column: int) -> list[str]:
    """Write a member of a mapping, or an item of a list, as lines.

    Args:
        key: the member's name; None for an item.
        value: what it holds.
        column: how far the lines are moved to the right.
    """
    lines = yaml_text.item(value) if key is None else yaml_text.member(key, value)
    return [" " * column + line for line in lines]


def _stays_plain(text: str, *, in_flow: bool) -> bool:
    """Tell whether a text may stand without quotes, as the one before it did."""
    never = _BREAKS_FLOW if in_flow else _BREAKS
    return bool(text) and text.isprintable() and not never.search(text) and _number(text) is None and _is_text(text)


def _is_text(text: str) -> bool:
    try:
        return scalars.plain(text) == text
    except ValueError:
        return False


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _number(text: str) -> Decimal | None:
    try:
        read = scalars.plain(text)
    except ValueError:
        return None
    return Decimal(read) if isinstance(read, int | Decimal) and not isinstance(read, bool) else None
