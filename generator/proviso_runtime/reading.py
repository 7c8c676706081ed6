"""A wire body back to flat params, with everything that is wrong at its place in the body."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from proviso_runtime import bodies, errors, json_texts, several, violation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from typing import TypeAlias

    from proviso_runtime.bodies import Member, Table

    Check: TypeAlias = Callable[[object], tuple[violation.Violation, ...]]

_UUID = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")
_LONGEST = 6  # digits of the number of a sibling


@dataclass(slots=True, kw_only=True)
class _Taken:
    """What was found so far. siblings: the pointers to the items of numbered parameters."""

    params: dict[str, object]
    places: dict[str, str]
    broken: list[str] = field(default_factory=list[str])
    siblings: dict[str, list[str]] = field(default_factory=dict[str, "list[str]"])


def read(
    table: Table | bodies.Chosen,
    body: object,
    check: Check,
    /,
    beside: Mapping[str, object] | None = None,
    elsewhere: Collection[str] = (),
) -> dict[str, object]:
    """Take the flat params out of a wire body.

    check: the model's `violations`.
    beside: the parameters that travel beside the body, as far as they are known; elsewhere: all of their names.
    Raises RequestInvalid with every violation, at its place in the body, and TypeError for another name in beside.
    """
    given = dict(beside or {})
    for name in given:
        if name not in elsewhere:
            raise TypeError(f"{name!r} does not travel beside the body")
    params, found = found_in(table, body, check, given, elsewhere)
    errors.refuse(found)
    return params


def found_in(
    table: Table | bodies.Chosen,
    body: object,
    check: Check,
    given: dict[str, object],
    elsewhere: Collection[str] = (),
) -> tuple[dict[str, object], tuple[violation.Violation, ...]]:
    """Take the flat params out of a wire body, and find what is wrong with them, at its place in the body.

    given: the parameters that are known already. Raises RequestInvalid where it is not known which body it is.
    """
    if isinstance(table, bodies.Chosen):
        arm = _arm(table, body)
        given, table = {**given, table.parameter: arm.value}, arm.table
    taken = _Taken(params=given, places=dict(_places(table, "")))
    found = list(_take(table, body, "", taken))
    for one in check(taken.params):
        parameter = one.at.partition("/")[2].partition("/")[0]
        if parameter in elsewhere and parameter not in given and one.rule in ("required", "require"):
            continue  # it is no member of the body
        (moved,) = violation.relocated((one,), taken.places)
        if parameter in taken.siblings:
            moved = _numbered(one, taken.siblings[parameter])
        # A container that is missing or no object says it once, for all that it should hold.
        held = any(moved.at.startswith(f"{container}/") or moved.at == container != "" for container in taken.broken)
        lost = moved.rule in ("required", "require", "all_or_none") if held else not moved.at and bool(taken.broken)
        if not lost:
            found.append(moved)
    return taken.params, tuple(found)


def read_many(table: Table, body: object, check: Check, /, *, most: int) -> tuple[dict[str, object], ...]:
    """Take the flat params of every request out of a wire body that carries them in an array.

    table: that of each object. check: the model's `violations`. most: how many requests one body carries.
    Raises RequestInvalid with every violation, at its place in the body.
    """
    given = violation.items(body)
    if given is None:
        raise errors.RequestInvalid((violation.wrong_type("", body, "array"),))
    # Of a million items that are too many, the first that might be sent say enough.
    each = [found_in(table, one, check, {}) for one in given[:most]]
    found = [several.under(number, one) for number, (_, wrong) in enumerate(each) for one in wrong]
    errors.refuse((*several.counted(given, most=most), *found))
    return tuple(params for params, _ in each)


def advice(
    table: Table | bodies.Chosen, params: Mapping[str, object], check: Check, /
) -> tuple[violation.Violation, ...]:
    """Find what valid params go against, at its place in the wire body.

    check: the model's `violations`.
    """
    if isinstance(table, bodies.Chosen):
        value = params[table.parameter]
        table = next(arm.table for arm in table.arms if bodies.is_same(value, arm.value))
    return violation.relocated(check(params), dict(_places(table, "")))


def advice_many(
    table: Table, requests: Iterable[Mapping[str, object]], check: Check, /
) -> tuple[violation.Violation, ...]:
    """Find what valid requests go against, at its place in the wire body that carries them. table: that of each object."""
    each = enumerate(advice(table, params, check) for params in requests)
    return tuple(several.under(number, one) for number, found in each for one in found)


def _arm(table: bodies.Chosen, body: object) -> bodies.Arm:
    """Find which of several bodies one is. Raises RequestInvalid where its telling member does not say."""
    at = ""
    for step in table.at:
        if isinstance(step, int):
            at, body = f"{at}/{step}", _item(body, step, at)
            continue
        members = violation.members(body)
        if members is None:
            raise errors.RequestInvalid((violation.wrong_type(at, body, "object"),))
        at = f"{at}/{violation.escaped(step)}"
        if step not in members:
            raise errors.RequestInvalid((violation.missing(at),))
        body = members[step]
    found = next((arm for arm in table.arms if bodies.is_same(body, arm.told)), None)
    if found is None:
        known = tuple(arm.told for arm in table.arms)
        raise errors.RequestInvalid((_untold(at, body, known),))
    return found


def _item(body: object, index: int, at: str) -> object:
    """Give an item of a list that tells which body it is. Raises RequestInvalid where there is none."""
    given = violation.items(body)
    if given is None:
        raise errors.RequestInvalid((violation.wrong_type(at, body, "array"),))
    if len(given) <= index:
        raise errors.RequestInvalid((violation.Violation(at, "minItems", len(given), index + 1),))
    return given[index]


def _untold(at: str, value: object, known: tuple[str | float | bool, ...]) -> violation.Violation:
    texts = isinstance(known[0], str)
    if isinstance(value, str) != texts:
        return violation.wrong_type(at, value, "string" if texts else "integer")
    return violation.Violation(at, "enum", value, known)


def _take(table: Table, body: object, at: str, taken: _Taken) -> Iterator[violation.Violation]:
    if isinstance(table, list):
        yield from _items(table, body, at, taken)
        return
    given = violation.members(body)
    if given is None:
        taken.broken.append(at)
        yield violation.wrong_type(at, body, "object")
        return
    names = {name for template, member in table.items() for name in _names(template, member, given)}
    yield from violation.unknown(given, frozenset(names), at, taken.places)
    for name, member in table.items():
        inner = f"{at}/{violation.escaped(name)}"
        if isinstance(member, bodies.Numbered):
            yield from _siblings(name, member, given, at, taken)
        elif name in given:
            yield from _member(member, given[name], inner, taken)
        elif not isinstance(member, bodies.Value):
            if not isinstance(member, bodies.Constant | bodies.Fresh):
                taken.broken.append(inner)
            yield violation.missing(inner)


def _member(member: Member, value: object, at: str, taken: _Taken) -> Iterator[violation.Violation]:
    match member:
        case bodies.Value(parameter=parameter, as_json=True):
            try:
                taken.params[parameter] = json_texts.read(value)
            except ValueError:
                taken.broken.append(at)
                text = type(value) is str
                yield (
                    violation.Violation(at, "format", None, "json")
                    if text
                    else violation.wrong_type(at, value, "string")
                )
        case bodies.Value(parameter=parameter):
            taken.params[parameter] = value
        case bodies.Constant(value=constant):
            if not bodies.is_same(value, constant):
                yield violation.Violation(at, "const", value, constant)
        case bodies.Fresh():
            if type(value) is not str:
                yield violation.wrong_type(at, value, "string")
            elif _UUID.fullmatch(value) is None:
                yield violation.Violation(at, "format", value, "uuid")
        case bodies.Numbered():
            raise AssertionError("read with its siblings")
        case _:
            yield from _take(member, value, at, taken)


def _items(table: list[Member], body: object, at: str, taken: _Taken) -> Iterator[violation.Violation]:
    given = violation.items(body)
    if given is None or len(given) < len(table):
        taken.broken.append(at)
    if given is None:
        yield violation.wrong_type(at, body, "array")
        return
    if len(given) != len(table):
        rule = "minItems" if len(given) < len(table) else "maxItems"
        yield violation.Violation(at, rule, len(given), len(table))
    for index, (member, value) in enumerate(zip(table, given, strict=False)):
        yield from _member(member, value, f"{at}/{index}", taken)


def _siblings(
    template: str, member: bodies.Numbered, given: dict[str, object], at: str, taken: _Taken
) -> Iterator[violation.Violation]:
    numbers = sorted(number for name in given if (number := _number(template, member, name)) is not None)
    names = [template.replace("{n}", str(number)) for number in numbers]
    for expected, number in enumerate(numbers, member.start):
        if number != expected:
            missing = template.replace("{n}", str(expected))
            yield violation.missing(f"{at}/{violation.escaped(missing)}")
            break
    if names:
        taken.params[member.parameter] = [given[name] for name in names]
        taken.siblings[member.parameter] = [f"{at}/{violation.escaped(name)}" for name in names]


def _names(template: str, member: Member, given: dict[str, object]) -> Iterator[str]:
    if isinstance(member, bodies.Numbered):
        yield from (name for name in given if _number(template, member, name) is not None)
    else:
        yield template


def _number(template: str, member: bodies.Numbered, name: object) -> int | None:
    """Give the number of a sibling, or None for another name."""
    prefix, _, suffix = template.partition("{n}")
    if type(name) is not str or not (name.startswith(prefix) and name.endswith(suffix)):
        return None
    digits = name[len(prefix) : len(name) - len(suffix)]
    if not (digits.isascii() and digits.isdigit()) or len(digits) > _LONGEST:
        return None
    number = int(digits)
    return number if number >= member.start and digits == str(number) else None


def _numbered(one: violation.Violation, pointers: list[str]) -> violation.Violation:
    """Move a violation of a list to the sibling that is meant; what is said of the list stands at the first."""
    _, _, index, *rest = [*one.at.split("/", 3), ""][:4]
    known = index.isdigit() and int(index) < len(pointers)
    pointer = pointers[int(index)] if known else pointers[0]
    return one.moved(f"{pointer}/{rest[0]}" if known and rest[0] else pointer)


def _places(member: Member, at: str) -> Iterator[tuple[str, str]]:
    match member:
        case bodies.Value(parameter=parameter):
            yield parameter, at
        case bodies.Constant() | bodies.Fresh():
            pass
        case list():
            for index, item in enumerate(member):
                yield from _places(item, f"{at}/{index}")
        case bodies.Numbered():
            raise AssertionError("found by its name")
        case _:
            for name, inner in member.items():
                pointer = f"{at}/{violation.escaped(name)}"
                if isinstance(inner, bodies.Numbered):
                    yield inner.parameter, pointer.replace("{n}", str(inner.start))
                else:
                    yield from _places(inner, pointer)
