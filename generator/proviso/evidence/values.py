"""How values of a page and values of a spec are compared, and how they are shown."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation

_LONGEST_SHOWN = 200


def shown(value: object) -> str:
    """Write a value in one line for people."""
    match value:
        case bool():
            text = "true" if value else "false"
        case Decimal():
            text = f"{value:f}"
        case str() | int():
            text = str(value)
        case None:
            text = "nothing"
        case list() | tuple() if not any(isinstance(one, dict | list) for one in value):
            text = ", ".join(map(shown, value))
        case _:
            text = json.dumps(value, ensure_ascii=False, default=str)
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 3] + "..."


def same(one: object, other: object) -> bool:
    """Tell whether two values say the same: 0.0320 and 0.032 do, so do true and a text that says true."""
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return {_key(each) for each in one} == {_key(each) for each in other}
    return _key(one) == _key(other)


def _key(value: object) -> tuple[str, object]:
    number = decimal(value)
    return ("number", number) if number is not None else ("text", shown(value))


def decimal(value: object) -> Decimal | None:
    """Read a number, also one that is written as a text; None where it is none."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
