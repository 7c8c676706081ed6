"""Where parameters and constants stand in a request: a body that is built otherwise is another contract.

What a parameter that came or went moves in a body is told with that parameter, and not a second time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from proviso import ir
from proviso.comparing.changes import Change, information
from proviso.comparing.facts import FACTS
from proviso.comparing.here import Here
from proviso.comparing.spoken import spoken
from proviso.comparing.walk import alike, compare

Part = ir.Layout | ir.Body
_ID = ir.Constant(value="{model}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Same:
    """Parameters that have one name in both states, and the ids of the model in them, which stand in bodies."""

    names: frozenset[str]
    ids: tuple[str, str]


def bodies(here: Here, old: ir.Model, new: ir.Model) -> Iterator[Change]:
    """Yield what stands elsewhere in a body, or beside it."""
    names = {one.name: one.wire for one in old.parameters}
    kept = frozenset(one.name for one in new.parameters if names.get(one.name) == one.wire)
    fact = FACTS[ir.Model, "body"]
    same = _Same(names=kept, ids=(old.id, new.id))
    before, after = (_pruned(one.body, same) for one in (old, new))
    orders = [[one.name for one in model.parameters if one.name in kept] for model in (old, new)]
    if not alike(before, after):
        there = here.into("body", old.body, new.body, fact)
        told = orders[0] != orders[1]
        yield from _moved(there, dict(_leaves("", before)), dict(_leaves("", after)), told=told)
    beside = [tuple(one for one in model.beside if _stays(one.value, same)) for model in (old, new)]
    yield from compare(here.into("beside", old, new, FACTS[ir.Model, "beside"]), *beside)


def _moved(here: Here, old: dict[str, str], new: dict[str, str], *, told: bool) -> Iterator[Change]:
    """Tell what stands elsewhere; another order alone means nothing. told: whether it follows that of the parameters."""
    found = []
    for at in dict.fromkeys((*old, *new)):
        one, other = old.get(at), new.get(at)
        if one != other:
            found.append(
                here.into(f".{at}".removeprefix("."), None, None).change(here.fact.changed, old=one, new=other)
            )
    order = information("members of the body stand in another order")
    yield from found or ([] if told else [here.change(order)])


def _stays(value: ir.Constant | ir.Value | ir.Fresh | ir.Layout, same: _Same) -> bool:
    return not isinstance(value, ir.Value | ir.Numbered) or value.parameter in same.names


def _pruned(part: Part, same: _Same) -> Part:
    """Leave out parameters that are not the same in both states, and objects that held nothing else."""
    match part:
        case ir.Members(members=members):
            inner = [(name, _thinned(each, same)) for name, each in members]
            return ir.Members(members=tuple((name, each) for name, each in inner if each is not None))
        case ir.Items(items=items):
            return ir.Items(items=tuple(one for one in (_thinned(each, same) for each in items) if one is not None))
        case ir.Chosen():
            arms = tuple(
                ir.Arm(when=arm.when, value=arm.value, told=arm.told, body=_container(arm.body, same))
                for arm in part.arms
            )
            return ir.Chosen(parameter=part.parameter, at=part.at, arms=arms)
        case ir.Many(each=each, most=most):
            one = _pruned(each, same)
            assert isinstance(one, ir.Members)
            return ir.Many(each=one, most=most)
        case _:
            return part


def _container(part: ir.Members | ir.Items, same: _Same) -> ir.Members | ir.Items:
    found = _pruned(part, same)
    assert isinstance(found, ir.Members | ir.Items)
    return found


def _thinned(part: ir.Layout, same: _Same) -> ir.Layout | None:
    if not _stays(part, same):
        return None
    if isinstance(part, ir.Constant):
        return _ID if part.value in same.ids else part
    if not isinstance(part, ir.Members | ir.Items):
        return part
    found = _container(part, same)
    return found if found not in (ir.Members(members=()), ir.Items(items=())) else None


def _leaves(at: str, part: Part) -> Iterator[tuple[str, str]]:
    """Yield what stands where in a body, in words."""
    match part:
        case ir.Members(members=members):
            for name, one in members:
                yield from _leaves(f"{at}.{name}" if at else name, one)
        case ir.Items(items=items):
            for index, one in enumerate(items):
                yield from _leaves(f"{at}[{index}]", one)
        case ir.Chosen(parameter=parameter, at=spot, arms=arms):
            yield f"{at}choice", f"by {parameter} at {'.'.join(map(str, spot))}"
            for arm in arms:
                name = f"[{parameter} {spoken(arm.value)}]"
                yield name, f"{spoken(arm.told)} {spoken(arm.when)}"
                yield from _leaves(name, arm.body)
        case ir.Many(each=each, most=most):
            yield f"{at}[].most", str(most)
            yield from _leaves(f"{at}[]", each)
        case ir.Value(parameter=parameter, as_json=as_json):
            yield at, f"{{{parameter}{' | json' if as_json else ''}}}"
        case ir.Numbered(parameter=parameter, start=start):
            yield at, f"{{{parameter}}}, item by item from {start}"
        case ir.Constant(value=value):
            yield at, spoken(value)
        case ir.Fresh():
            yield at, "{uuid}"
        case _:
            assert_never(part)
