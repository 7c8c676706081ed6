"""Which limits of its kind a value breaks, every one of them, decided apart from generated code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from proviso import ir
from proviso.oracle import json_types, simple_limits


class Breach(NamedTuple):
    """A broken limit. at: JSON Pointer inside the value; place: the same with * for any item and ? for a strange member.

    says: what a message about it has to name.
    """

    at: str
    rule: str
    place: str
    says: tuple[str, ...]

    def inside(self, step: str, place: str) -> Breach:
        """Return the same breach, seen from around the value."""
        return self._replace(at=f"/{step}{self.at}", place=f"/{place}{self.place}")


def keywords(kind: ir.Kind) -> Iterator[tuple[str, str]]:
    """Yield every limit that a kind states, by its place inside the value."""
    match kind:
        case ir.Nullable(of=inner):
            yield from keywords(inner)
        case ir.Union(arms=arms, tag=None):
            yield "", "type"
            yield from (one for arm in arms for one in keywords(arm) if one != ("", "type"))
        case ir.Union(arms=arms, tag=str(tag)):
            yield from ((f"/{tag}", "required"), (f"/{tag}", "type"), (f"/{tag}", "enum"))
            # Another tag is that of another kind, or of none.
            yield from (one for arm in arms for one in keywords(arm) if one != (f"/{tag}", "const"))
        case ir.Sequence(items=items):
            yield from (("", rule) for rule in ("type", *simple_limits.stated(kind)))
            yield from ((f"/*{place}", rule) for place, rule in keywords(items))
        case ir.Object(members=members):
            yield from (("", "type"), ("/?", "additionalProperties"))
            yield from ((f"/{one.name}", "required") for one in members if one.required)
            yield from ((f"/{one.name}{place}", rule) for one in members for place, rule in keywords(one.kind))
        case _:
            yield "", "type"
            yield from (("", rule) for rule in simple_limits.stated(kind))


def broken(kind: ir.Kind, value: object) -> list[Breach]:
    """Return every limit that a value breaks."""
    return list(_broken(kind, value))


def _broken(kind: ir.Kind, value: object) -> Iterator[Breach]:
    wanted = json_types.type_names(kind)
    if not any(json_types.is_of(name, value) for name in wanted):
        yield Breach("", "type", "", wanted)
        return
    match kind, value:
        case ir.Nullable(of=inner), _:
            yield from () if value is None else _broken(inner, value)
        case ir.Union(arms=arms, tag=None), _:
            arm = next(one for one in arms if any(json_types.is_of(name, value) for name in json_types.type_names(one)))
            yield from _broken(arm, value)
        case ir.Union(), dict():
            yield from _tagged(kind, value)
        case ir.Object(), dict():
            yield from _members(kind, value)
        case ir.Sequence(), list():
            yield from (_of(kind, rule) for rule in simple_limits.of_list(kind, value))
            for index, item in enumerate(value):
                yield from (one.inside(str(index), "*") for one in _broken(kind.items, item))
        case ((ir.Union() | ir.Object() | ir.Sequence()), _):
            raise AssertionError("of another type")
        case _:
            yield from (_of(kind, rule) for rule in simple_limits.of_item(kind, value))


def _tagged(kind: ir.Union, value: dict[object, object]) -> Iterator[Breach]:
    tag = str(kind.tag)
    arms = {tag_of(arm, tag): arm for arm in kind.arms}
    told = value.get(tag)
    if tag not in value:
        yield Breach(f"/{tag}", "required", f"/{tag}", ("required",))
    elif not isinstance(told, str):
        yield Breach(f"/{tag}", "type", f"/{tag}", ("string",))
    elif told not in arms:
        yield Breach(f"/{tag}", "enum", f"/{tag}", tuple(arms))
    else:
        yield from _broken(arms[told], value)


def tag_of(arm: ir.Kind, tag: str) -> str:
    """Return the text that tells this kind of object from the others of a union."""
    assert isinstance(arm, ir.Object)
    (fixed,) = (one.kind for one in arm.members if one.name == tag)
    assert isinstance(fixed, ir.Only)
    return str(fixed.value)


def _members(kind: ir.Object, value: dict[object, object]) -> Iterator[Breach]:
    known = {one.name: one for one in kind.members}
    for name in value:
        if name not in known:
            step = str(name).replace("~", "~0").replace("/", "~1")
            yield Breach(f"/{step}", "additionalProperties", "/?", ("not documented",))
    for name, one in known.items():
        if name in value:
            yield from (breach.inside(name, name) for breach in _broken(one.kind, value[name]))
        elif one.required:
            yield Breach(f"/{name}", "required", f"/{name}", ("required",))


def _of(kind: ir.SimpleKind | ir.Sequence, rule: str) -> Breach:
    return Breach("", rule, "", simple_limits.says(kind, rule))
