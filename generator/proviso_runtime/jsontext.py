"""Read JSON text exactly: numbers with a fraction as Decimal, and one exception for all that is broken."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import NoReturn, TypeAlias

Json: TypeAlias = "None | bool | int | Decimal | str | list[Json] | dict[str, Json]"


class BrokenJson(ValueError):
    """The text is no JSON that can be read. It says why and quotes nothing."""


def read(text: str | bytes) -> Json:
    """Parse text. Raises BrokenJson for anything else than one JSON value."""
    try:
        spelled = text if isinstance(text, str) else text.decode(json.detect_encoding(text), "surrogatepass")
        document: Json = _DECODER.decode(spelled)
    except RecursionError:
        raise BrokenJson("nested too deeply") from None
    except (ValueError, ArithmeticError):
        # ValueError: not JSON, not UTF-8, NaN, an integer of thousands of digits.
        # ArithmeticError: an exponent that Decimal cannot hold.
        raise BrokenJson("not JSON" if text.strip() else "empty") from None
    return document


def same(one: object, other: object) -> bool:
    """Say whether both type and value agree: 2, True, "2" and 2.0 all differ."""
    return type(one) is type(other) and one == other


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


_DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_refuse)
