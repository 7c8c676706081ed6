"""Texts of forms, paths, queries and headers, read as the values that they stand for."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator
from typing import NoReturn

from proviso import ir
from proviso.mock.parts import File
from proviso.oracle import bodies, json_types, limits

_Place = tuple[re.Pattern[str], ir.Kind | None, bool]
"""What a field is called, what its text stands for (None: for itself), and whether it may come more than once."""


def document(model: ir.Model, given: Iterable[tuple[str, str | File]]) -> dict[str, object]:
    """Return the body that the fields of a form stand for: fields of one name are a list where one is documented."""
    places = [place for layout in bodies.arms(model) for place in _places(model, layout)]
    found: dict[str, object] = {}
    for name, text in given:
        _, kind, several = next((one for one in places if one[0].fullmatch(name)), (None, None, False))
        read = _file(text, kind) if isinstance(text, File) or _is_file(kind) else value(kind, text)
        if several:
            items = found.setdefault(name, [])
            assert isinstance(items, list)
            items.append(read)
        else:
            found[name] = read
    return found


def value(kind: ir.Kind | None, text: str) -> object:
    """Read a text as the JSON value that it stands for; as the text itself where that suits better."""
    if kind is None:
        return text
    types = json_types.type_names(kind)
    tried: list[object] = [text] if "string" in types else []
    try:
        read: object = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        read = text
    if any(json_types.is_of(wanted, read) for wanted in types):
        tried.append(read)
    right = (one for one in tried if next(iter(limits.broken(kind, one)), None) is None)
    return next(right, tried[0] if tried else text)


def _file(given: str | File, kind: ir.Kind | None) -> object:
    """Return a file as the data URI that stands for it; a file in the place of a text, and a text in its, fits nothing."""
    if isinstance(given, File) and _is_file(kind):
        return f"data:{given.media_type};base64,{base64.b64encode(given.content).decode()}".replace("; ", ";")
    return given.content if isinstance(given, File) else given.encode()


def _is_file(kind: ir.Kind | None) -> bool:
    solid = None if kind is None else ir.bare(kind)
    return isinstance(solid, ir.Formatted) and solid.format == "binary"


def _places(model: ir.Model, layout: ir.Layout) -> Iterator[_Place]:
    for name, member in layout.members if isinstance(layout, ir.Members) else ():
        match member:
            case ir.Value(as_json=True):
                yield re.compile(re.escape(name)), None, False
            case ir.Value(parameter=parameter):
                kind = _kind(model, parameter)
                several = isinstance(kind, ir.Sequence)
                yield re.compile(re.escape(name)), kind.items if isinstance(kind, ir.Sequence) else kind, several
            case ir.Numbered(parameter=parameter):
                kind = _kind(model, parameter)
                pattern = re.escape(name).replace(re.escape("{n}"), "[0-9]{1,6}")
                yield re.compile(pattern), kind.items if isinstance(kind, ir.Sequence) else kind, False
            case ir.Constant(value=constant):
                yield re.compile(re.escape(name)), ir.Only(value=constant), False
            case _:
                pass


def _kind(model: ir.Model, parameter: str) -> ir.Kind | None:
    found = model.parameter(parameter)
    return (
        None if found is None else ir.bare(found.kind) if isinstance(ir.bare(found.kind), ir.Sequence) else found.kind
    )


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
