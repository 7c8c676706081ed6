"""Flat params to a wire body, by a table that looks like the body.

Objects are always sent, also when they are empty; parameters that were not given are left out.
"""

from __future__ import annotations

import json

from proviso_runtime import bodies, violation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from proviso_runtime.bodies import Member, Table, Whole


def write(table: Mapping[str, Member], params: Mapping[str, object], /, fresh: str = "") -> dict[str, object]:
    """Make the wire body of valid params. fresh: the UUID of this request."""
    body: dict[str, object] = {}
    for name, member in table.items():
        match member:
            case bodies.Value():
                if is_sent(member, params):
                    body[name] = written(member, params)
            case bodies.Numbered(parameter=parameter, start=start, whole=whole):
                for number, item in enumerate(violation.items(params.get(parameter)) or (), start):
                    body[name.replace("{n}", str(number))] = _whole(item, whole)
            case _:
                body[name] = _member(member, params, fresh)
    return body


def write_list(table: list[Member], params: Mapping[str, object], /, fresh: str = "") -> list[object]:
    """Make a wire body that is an array. fresh: the UUID of this request."""
    return [_member(item, params, fresh) for item in table]


def write_chosen(body: bodies.Chosen, params: Mapping[str, object], /, fresh: str = "") -> dict[str, object]:
    """Make the wire body that a parameter of valid params chooses. fresh: the UUID of this request."""
    table = chosen(body, params)
    assert not isinstance(table, list)
    return write(table, params, fresh)


def write_chosen_list(body: bodies.Chosen, params: Mapping[str, object], /, fresh: str = "") -> list[object]:
    """Make the array that a parameter of valid params chooses. fresh: the UUID of this request."""
    table = chosen(body, params)
    assert isinstance(table, list)
    return write_list(table, params, fresh)


def chosen(body: bodies.Chosen, params: Mapping[str, object]) -> Table:
    """Find the table of the body that a parameter of valid params chooses."""
    return next(arm.table for arm in body.arms if bodies.is_same(params[body.parameter], arm.value))


def is_sent(value: bodies.Value, params: Mapping[str, object]) -> bool:
    """Tell whether a parameter goes over the wire: given or with a default that is sent, and not silent."""
    if value.parameter not in params:
        return value.default is not None
    return value.silent is None or not bodies.is_same(params[value.parameter], value.silent)


def written(value: bodies.Value, params: Mapping[str, object]) -> object:
    """Give the value of a parameter as it goes over the wire."""
    given = params.get(value.parameter, value.default)
    made = _whole(given, value.whole) if value.whole else given
    return json.dumps(made, ensure_ascii=False) if value.as_json else made


def _member(member: Member, params: Mapping[str, object], fresh: str) -> object:
    match member:
        case bodies.Constant(value=constant):
            return constant
        case bodies.Fresh():
            return fresh
        case bodies.Value():
            return written(member, params)
        case list():
            return write_list(member, params, fresh)
        case bodies.Numbered():
            raise AssertionError("numbered siblings are members of an object")
        case _:
            return write(member, params, fresh)


def _whole(value: object, where: Whole) -> object:
    # JSON Schema calls 2.0 an integer; providers' parsers need not.
    if (listed := violation.items(value)) is not None:
        inner = where if isinstance(where, bool) else where.get("[]", where)
        return [_whole(item, inner) for item in listed]
    if where is False:
        return value
    members = None if where is True else violation.members(value)
    if where is not True and members is not None:
        return {name: _whole(member, where.get(name, False)) for name, member in members.items()}
    number = violation.whole(value) if where is True or "" in where else None
    return value if number is None else number
