"""A wire body read back into params, with everything that is wrong at its place in the body."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NoReturn, TypeAlias, assert_never

from proviso import ir
from proviso.oracle import limits, rule_breaches
from proviso.oracle.exact import plain, same
from proviso.oracle.subject import Params

_UUID = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_MISSED = ("required", "require", "all_or_none")

Container: TypeAlias = ir.Members | ir.Items


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """What is wrong at a place in a body. at: JSON Pointer. says: what a message about it has to name."""

    at: str
    rule: str
    says: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The params of one request, with what is wrong with them."""

    params: dict[str, object]
    wrong: tuple[Wrong, ...] = ()


@dataclass(slots=True, kw_only=True)
class _Taking:
    """What was found so far. places: where each parameter stands. siblings: where the items of numbered ones do."""

    params: dict[str, object]
    wrong: list[Wrong] = field(default_factory=list[Wrong])
    places: dict[str, str] = field(default_factory=dict[str, str])
    broken: list[str] = field(default_factory=list[str])
    siblings: dict[str, list[str]] = field(default_factory=dict[str, "list[str]"])


def read(model: ir.Model, body: object, beside: Params | None = None) -> tuple[Read, ...]:
    """Read every request that a body carries: one, unless the model takes many in one call.

    body: JSON as Python has it. beside: the parameters that travel beside the body, None where nobody knows them.
    Nothing is raised, whatever the body is.
    """
    match model.body:
        case ir.Many(each=each, most=most):
            return tuple(_many(model, each, most, body))
        case ir.Chosen() as chosen:
            return (_chosen(model, chosen, body, beside),)
        case ir.Members() | ir.Items():
            return (_single(model, model.body, body, dict(beside or {}), known=beside is not None),)
        case _:
            assert_never(model.body)


def _many(model: ir.Model, each: ir.Members, most: int, body: object) -> Iterator[Read]:
    if not isinstance(body, list):
        yield Read(params={}, wrong=(Wrong(at="", rule="type", says=("array",)),))
        return
    counted = [(not body, "minItems", 1), (len(body) > most, "maxItems", most)]
    for broken, rule, bound in counted:
        if broken:
            yield Read(params={}, wrong=(Wrong(at="", rule=rule, says=(str(bound),)),))
    for number, one in enumerate(body[:most]):
        found = _single(model, each, one, {}, known=True)
        moved = tuple(Wrong(at=f"/{number}{wrong.at}", rule=wrong.rule, says=wrong.says) for wrong in found.wrong)
        yield Read(params=found.params, wrong=moved)


def _chosen(model: ir.Model, chosen: ir.Chosen, body: object, beside: Params | None) -> Read:
    """Read the one of several bodies that its telling member names."""
    at, told = "", body
    for step in chosen.at:
        if isinstance(step, int):
            if not isinstance(told, list):
                return Read(params={}, wrong=(Wrong(at=at, rule="type", says=("array",)),))
            if len(told) <= step:
                return Read(params={}, wrong=(Wrong(at=at, rule="minItems", says=(str(step + 1),)),))
            at, told = f"{at}/{step}", told[step]
            continue
        if not isinstance(told, dict):
            return Read(params={}, wrong=(Wrong(at=at, rule="type", says=("object",)),))
        at = f"{at}/{_escaped(step)}"
        if step not in told:
            return Read(params={}, wrong=(Wrong(at=at, rule="required", says=("required",)),))
        told = told[step]
    arm = next((one for one in chosen.arms if same(plain(one.told), told)), None)
    if arm is None:
        known = tuple(str(one.told) for one in chosen.arms)
        texts = isinstance(chosen.arms[0].told, str)
        rule = "enum" if isinstance(told, str) == texts else "type"
        return Read(params={}, wrong=(Wrong(at=at, rule=rule, says=known),))
    params = {**(beside or {}), chosen.parameter: plain(arm.value)}
    return _single(model, arm.body, body, params, known=beside is not None)


def _single(model: ir.Model, layout: Container, body: object, params: dict[str, object], *, known: bool) -> Read:
    taking = _Taking(params=params)
    _take(layout, body, "", taking)
    broken = list(_broken(model, taking.params))
    if not broken:
        return Read(params=taking.params, wrong=tuple(taking.wrong))
    taking.places |= _places(layout, "")
    elsewhere = {one.value.parameter for one in model.beside if isinstance(one.value, ir.Value)}
    for at, rule, says in broken:
        parameter = at.partition("/")[2].partition("/")[0]
        if parameter in elsewhere and parameter not in taking.params and rule in _MISSED and not known:
            continue
        moved = _moved(taking, at)
        if not _is_lost(taking, moved, rule):
            taking.wrong.append(Wrong(at=moved, rule=rule, says=says))
    return Read(params=taking.params, wrong=tuple(taking.wrong))


def broken(model: ir.Model, params: Params) -> tuple[Wrong, ...]:
    """Return everything that is wrong with flat params, each at its place in them."""
    known = {one.name for one in model.parameters}
    strange = [Wrong(at=f"/{_escaped(name)}", rule="additionalProperties") for name in params if name not in known]
    return (*strange, *(Wrong(at=at, rule=rule, says=says) for at, rule, says in _broken(model, params)))


def _broken(model: ir.Model, params: Params) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for one in model.parameters:
        if one.name in params:
            for breach in limits.broken(one.kind, params[one.name]):
                yield f"/{one.name}{breach.at}", breach.rule, breach.says
        elif one.required:
            yield f"/{one.name}", "required", ("required",)
    for found in rule_breaches.breaches(model, params):
        if found.severity == "error":
            yield found.at, found.rule, ()


def _is_lost(taking: _Taking, at: str, rule: str) -> bool:
    """Say whether something follows from a container that is missing or of the wrong type, which was told already."""
    inside = any(at.startswith(f"{container}/") or at == container != "" for container in taking.broken)
    return rule in _MISSED if inside else not at and bool(taking.broken)


def _moved(taking: _Taking, at: str) -> str:
    parameter, slash, rest = at.partition("/")[2].partition("/")
    if parameter in taking.siblings:
        pointers = taking.siblings[parameter]
        index, deeper, inner = rest.partition("/")
        counted = index.isdecimal() and int(index) < len(pointers)
        return f"{pointers[int(index)]}{deeper}{inner}" if counted else pointers[0]
    place = taking.places.get(parameter)
    return at if place is None else f"{place}{slash}{rest}"


def _take(layout: ir.Layout, value: object, at: str, taking: _Taking) -> None:
    match layout:
        case ir.Members():
            _take_members(layout, value, at, taking)
        case ir.Items(items=items):
            _take_items(items, value, at, taking)
        case ir.Value(parameter=parameter, as_json=True):
            _take_json(parameter, value, at, taking)
        case ir.Value(parameter=parameter):
            taking.params[parameter] = value
        case ir.Constant(value=constant):
            if not same(plain(constant), value):
                taking.wrong.append(Wrong(at=at, rule="const", says=(str(constant),)))
        case ir.Fresh():
            if not isinstance(value, str):
                taking.wrong.append(Wrong(at=at, rule="type", says=("string",)))
            elif _UUID.fullmatch(value) is None:
                taking.wrong.append(Wrong(at=at, rule="format", says=("uuid",)))
        case ir.Numbered():
            raise AssertionError("taken with its siblings")
        case _:
            assert_never(layout)


def _take_members(layout: ir.Members, value: object, at: str, taking: _Taking) -> None:
    if not isinstance(value, dict):
        taking.broken.append(at)
        taking.wrong.append(Wrong(at=at, rule="type", says=("object",)))
        return
    taken: set[str] = set()
    for name, member in layout.members:
        inner = f"{at}/{_escaped(name)}"
        if isinstance(member, ir.Numbered):
            taken |= _take_siblings(name, member, value, at, taking)
            continue
        taken.add(name)
        if name in value:
            _take(member, value[name], inner, taking)
        elif not isinstance(member, ir.Value):
            if isinstance(member, ir.Members | ir.Items):
                taking.broken.append(inner)
            taking.wrong.append(Wrong(at=inner, rule="required", says=("required",)))
    for name in value:
        if name not in taken:
            inner = f"{at}/{_escaped(str(name))}"
            taking.wrong.append(Wrong(at=inner, rule="additionalProperties", says=("not documented",)))


def _take_siblings(
    template: str, member: ir.Numbered, value: Mapping[object, object], at: str, taking: _Taking
) -> set[str]:
    """Take the members that are the items of a list; return their names."""
    before, _, after = template.partition("{n}")
    pattern = re.compile(f"{re.escape(before)}(0|[1-9][0-9]{{0,5}}){re.escape(after)}")
    matched = (pattern.fullmatch(name) for name in value if isinstance(name, str))
    numbers = sorted(number for one in matched if one is not None and (number := int(one[1])) >= member.start)
    for expected, number in enumerate(numbers, member.start):
        if number != expected:
            missing = template.replace("{n}", str(expected))
            taking.wrong.append(Wrong(at=f"{at}/{_escaped(missing)}", rule="required", says=("required",)))
            break
    names = [template.replace("{n}", str(number)) for number in numbers]
    if names:
        taking.params[member.parameter] = [value[name] for name in names]
        taking.siblings[member.parameter] = [f"{at}/{_escaped(name)}" for name in names]
    return set(names)


def _take_items(items: tuple[ir.Layout, ...], value: object, at: str, taking: _Taking) -> None:
    if not isinstance(value, list) or len(value) < len(items):
        taking.broken.append(at)
    if not isinstance(value, list):
        taking.wrong.append(Wrong(at=at, rule="type", says=("array",)))
        return
    if len(value) != len(items):
        rule = "minItems" if len(value) < len(items) else "maxItems"
        taking.wrong.append(Wrong(at=at, rule=rule, says=(str(len(items)),)))
    for index, (item, one) in enumerate(zip(items, value, strict=False)):
        _take(item, one, f"{at}/{index}", taking)


def _take_json(parameter: str, value: object, at: str, taking: _Taking) -> None:
    if not isinstance(value, str):
        taking.broken.append(at)
        taking.wrong.append(Wrong(at=at, rule="type", says=("string",)))
        return
    try:
        taking.params[parameter] = json.loads(value, parse_constant=_refuse)
    except (ValueError, RecursionError):
        taking.broken.append(at)
        taking.wrong.append(Wrong(at=at, rule="format", says=("json",)))


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _places(layout: ir.Layout, at: str) -> Iterator[tuple[str, str]]:
    match layout:
        case ir.Value(parameter=parameter):
            yield parameter, at
        case ir.Members(members=members):
            for name, member in members:
                inner = f"{at}/{_escaped(name)}"
                if isinstance(member, ir.Numbered):
                    yield member.parameter, inner.replace("{n}", str(member.start))
                else:
                    yield from _places(member, inner)
        case ir.Items(items=items):
            for index, item in enumerate(items):
                yield from _places(item, f"{at}/{index}")
        case ir.Constant() | ir.Fresh() | ir.Numbered():
            pass
        case _:
            assert_never(layout)


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")
