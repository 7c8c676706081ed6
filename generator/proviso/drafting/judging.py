"""Objects of an OpenAPI document held to the shapes of its version: the only door to openapi_pydantic.

That library knows the shape of every object of both versions, needs pydantic alone, and reads what it is given: it
opens no file and follows no reference, so that bounds are ours to keep. Its models hold numbers as floats, in which a
seed of 64 bits would change; so they judge, and the facts are then read from the data itself.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal

from openapi_pydantic.v3 import v3_0, v3_1
from pydantic import BaseModel, ValidationError

from proviso.diagnostics import Diagnostic, in_order, quoted
from proviso.document import Steps
from proviso.drafting.parts import Part
from proviso.drafting.references import References
from proviso.drafting.source import BrokenError

_SHAPES: dict[str, Mapping[str, type[BaseModel]]] = {
    "3.0": {
        "operation": v3_0.Operation,
        "parameter": v3_0.Parameter,
        "security scheme": v3_0.SecurityScheme,
        "server": v3_0.Server,
    },
    "3.1": {
        "operation": v3_1.Operation,
        "parameter": v3_1.Parameter,
        "security scheme": v3_1.SecurityScheme,
        "server": v3_1.Server,
    },
}
# What is missing is unknown, and no complaint.
_NO_FAULTS = frozenset({"missing", "too_short"})
_WORDS = {
    "string_type": "a text",
    "bool_type": "true or false",
    "int_type": "an integer",
    "int_from_float": "an integer",
    "float_type": "a number",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "list_type": "a list",
}


def judged(references: References, shape: str, *steps: str | int) -> Part:
    """Write out a part of the document and hold it to its shape.

    Args:
        references: the document.
        shape: operation, parameter, security scheme or server.
        steps: the way from the root of the document to the part.

    Raises:
        BrokenError: a member is of a wrong type, or a reference cannot be followed.
    """
    copy = references.written_out(*steps)
    model = _SHAPES[references.source.version][shape]
    wanted: dict[Steps, list[str]] = {}
    try:
        model.model_validate_json(json.dumps(copy, default=_number), strict=True)
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_context=False):
            # A schema may be true or false.
            is_schema = fault["type"] == "model_type" and isinstance(fault["input"], bool)
            there = _way(copy, fault["loc"])
            if there is not None and not is_schema and fault["type"] not in _NO_FAULTS:
                words = _WORDS.get(fault["type"], fault["msg"].removeprefix("Input should be ").lower())
                wanted.setdefault(there, []).append(words)
    except RecursionError:
        wanted[()] = ["less deep"]
    if wanted:
        raise BrokenError(
            *in_order(
                Diagnostic(references.place(*steps, *there), _said(shape, there, words), "openapi")
                for there, words in wanted.items()
            )[:_MOST_COMPLAINTS]
        )
    return Part(copy)


_MOST_COMPLAINTS = 100


def _said(shape: str, there: Steps, words: list[str]) -> str:
    named = [step for step in there if isinstance(step, str)]
    what = quoted(named[-1]) if named else f"this {shape}"
    return f"{what} must be {' or '.join(dict.fromkeys(words))}"


def _way(data: object, loc: tuple[int | str, ...]) -> Steps | None:
    """Turn the library's place into steps: it names the arm of a union between two steps; None for a reference."""
    steps: Steps = ()
    for step in loc:
        match data, step:
            case dict(), str() if step in data:
                data = data[step]
            case list(), int() if step < len(data):
                data = data[step]
            case _, "Reference":
                return None
            case _:
                continue
        steps = (*steps, step)
    return steps


def _number(value: object) -> object:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(type(value).__name__)
