"""How values of a page and values of a spec are compared, and how they are shown."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation

_LONGEST_SHOWN = 4_000


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
    """Tell whether two values say the same: 0.0320 and 0.032 do, true and "true" do, one value and a list of it do."""
    if isinstance(one, list | tuple) or isinstance(other, list | tuple):
        return {*map(_key, _listed(one))} == {*map(_key, _listed(other))}
    return _key(one) == _key(other)


def _listed(value: object) -> list[object]:
    return [*value] if isinstance(value, list | tuple) else [value]


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
