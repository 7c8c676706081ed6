"""The shape of documented values: what they show, and nothing that they do not.

No member is called required and none is ruled out, since an example is no promise.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from proviso import reply_paths
from proviso.kind_schemas import Schema

Mark = tuple[str, Schema]
"""A reply path, and what is known of the texts that it finds."""

Legs = tuple[tuple[reply_paths.Step, ...], ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of which more is known, and what it holds where it holds JSON."""

    known: Schema = field(default_factory=dict[str, object])
    inside: tuple[object, ...] = ()


def shape(bodies: Sequence[object], marks: Iterable[Mark] = ()) -> Schema:
    """Describe bodies by what they have in common and what each of them adds.

    marks: what is known of some texts; where a path goes on inside one, its inside is described too.
    """
    for path, known in marks:
        legs = reply_paths.parse(path)
        bodies = [_marked(body, legs, known) for body in bodies]
    return _shape(bodies)


def _shape(values: Sequence[object]) -> Schema:
    shown = [one for one in values if one is not None]
    names = list(dict.fromkeys(map(_type, shown)))
    if "number" in names and "integer" in names:
        names.remove("integer")
    if not names:
        return {}  # null, or an empty list: nothing is known of what may stand there
    if len(shown) < len(values):
        names.append("null")
    schema: Schema = {"type": names[0] if len(names) == 1 else names}
    if objects := [one for one in shown if isinstance(one, dict)]:
        every = dict.fromkeys(name for one in objects for name in one)
        properties = {name: _shape([one[name] for one in objects if name in one]) for name in every}
        schema |= {"properties": properties} if properties else {}
    if lists := [one for one in shown if isinstance(one, list)]:
        items = _shape([item for one in lists for item in one])
        schema |= {"items": items} if items else {}
    for text in (one for one in shown if isinstance(one, _Text)):
        schema |= text.known
    if inside := [document for one in shown if isinstance(one, _Text) for document in one.inside]:
        schema |= {"contentMediaType": "application/json", "contentSchema": _shape(inside)}
    return schema


def _type(value: object) -> str:
    match value:
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float() | Decimal():
            return "number"
        case str() | _Text():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


def _marked(value: object, legs: Legs, known: Schema) -> object:
    """Mark the texts that a path finds, and open those that it goes on inside of."""
    (*leg,), *others = legs
    if not leg:
        return _told(value, tuple(others), known)
    step, further = leg[0], (tuple(leg[1:]), *others)
    match value:
        case dict():
            return {name: _marked(one, further, known) if step in (name, None) else one for name, one in value.items()}
        case list():
            return [_marked(one, further, known) if step in (at, None) else one for at, one in enumerate(value)]
        case _:
            return value


def _told(value: object, others: Legs, known: Schema) -> object:
    """Say more of a text at the end of a leg."""
    if isinstance(value, str):
        value = _Text(inside=_opened(value) if others else ())
    match value:
        case _Text() if others:
            return replace(value, inside=tuple(_marked(one, others, known) for one in value.inside))
        case _Text():
            return replace(value, known={**value.known, **known})
        case _:
            return value


def _opened(text: str) -> tuple[object, ...]:
    try:
        return (json.loads(text, parse_float=Decimal),)
    except (ValueError, RecursionError):
        return ()
