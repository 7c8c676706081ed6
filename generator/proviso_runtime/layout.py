"""Flat params to a wire body and back, by a table that looks like the body.

A table is a dict of member names; a member is a Value (the place of a
parameter), a Constant, or another dict. Objects are always sent, also when they
are empty; parameters that were not given are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from proviso_runtime import errors, violation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    Member: TypeAlias = "Value | Constant | Mapping[str, Member]"
    Whole: TypeAlias = "bool | Mapping[str, Whole]"
    Check: TypeAlias = Callable[[object], tuple[violation.Violation, ...]]


@dataclass(frozen=True, slots=True)
class Value:
    """The place of a parameter.

    whole: where the wire takes integers: True for the value, or by the names of members inside it, "" for itself. A list
        is taken item by item.
    default: what is sent when the parameter is left out. silent: the value that is not sent.
    """

    parameter: str
    whole: Whole = False
    default: str | float | bool | None = None
    silent: str | float | bool | None = None


@dataclass(frozen=True, slots=True)
class Constant:
    """A member that is the same in every body."""

    value: str | float | bool


def write(table: Mapping[str, Member], params: Mapping[str, object], /) -> dict[str, object]:
    """Make the wire body of valid params."""
    body: dict[str, object] = {}
    for name, member in table.items():
        match member:
            case Constant(value=constant):
                body[name] = constant
            case Value(parameter=parameter, whole=whole, default=default, silent=silent):
                value = params.get(parameter, default)
                if (value is not None or parameter in params) and (silent is None or not _is_same(value, silent)):
                    body[name] = _whole(value, whole) if whole else value
            case _:
                body[name] = write(member, params)
    return body


def read(table: Mapping[str, Member], body: object, check: Check, /) -> dict[str, object]:
    """Take the flat params out of a wire body.

    check: the model's `violations`.
    Raises RequestInvalid with every violation, at its place in the body.
    """
    params: dict[str, object] = {}
    broken: list[str] = []
    places = dict(_places(table, ""))
    found = list(_take(table, body, "", params=params, broken=broken, places=places))
    for one in violation.relocated(check(params), places):
        # A container that is missing or no object says it once, for all that it should hold.
        held = any(one.at.startswith(f"{container}/") for container in broken)
        lost = one.rule in ("required", "require", "all_or_none") if held else not one.at and bool(broken)
        if not lost:
            found.append(one)
    errors.refuse(tuple(found))
    return params


def advice(
    table: Mapping[str, Member], params: Mapping[str, object], check: Check, /
) -> tuple[violation.Violation, ...]:
    """Find what valid params go against, at its place in the wire body.

    check: the model's `violations`.
    """
    return violation.relocated(check(params), dict(_places(table, "")))


def _whole(value: object, where: Whole) -> object:
    # JSON Schema calls 2.0 an integer; providers' parsers need not.
    if (listed := violation.items(value)) is not None:
        return [_whole(item, where) for item in listed]
    if where is False:
        return value
    members = None if where is True else violation.members(value)
    if where is not True and members is not None:
        return {name: _whole(member, where.get(name, False)) for name, member in members.items()}
    number = violation.whole(value) if where is True or "" in where else None
    return value if number is None else number


def _take(
    table: Mapping[str, Member],
    body: object,
    at: str,
    *,
    params: dict[str, object],
    broken: list[str],
    places: dict[str, str],
) -> Iterator[violation.Violation]:
    given = violation.members(body)
    if given is None:
        broken.append(at)
        yield violation.wrong_type(at, body, "object")
        return
    yield from violation.unknown(given, frozenset(table), at, places)
    for name, member in table.items():
        inner = f"{at}/{violation.escaped(name)}"
        if isinstance(member, Value):
            if name in given:
                params[member.parameter] = given[name]
        elif name not in given:
            if not isinstance(member, Constant):
                broken.append(inner)
            yield violation.missing(inner)
        elif isinstance(member, Constant):
            value = given[name]
            if not _is_same(value, member.value):
                yield violation.Violation(inner, "const", value, member.value)
        else:
            yield from _take(member, given[name], inner, params=params, broken=broken, places=places)


def _is_same(value: object, constant: object) -> bool:
    """Compare as JSON Schema does: 1 is 1.0 and is not true."""
    if type(value) not in (str, bool, int, float):
        return False
    return isinstance(value, bool) == isinstance(constant, bool) and value == constant


def _places(table: Mapping[str, Member], at: str) -> Iterator[tuple[str, str]]:
    for name, member in table.items():
        inner = f"{at}/{violation.escaped(name)}"
        match member:
            case Value(parameter=parameter):
                yield parameter, inner
            case Constant():
                pass
            case _:
                yield from _places(member, inner)
