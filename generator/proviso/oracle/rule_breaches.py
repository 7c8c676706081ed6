"""Which rules between parameters a request breaks, worked out from the spec apart from generated code."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from proviso import ir
from proviso.oracle import limits, meaning, pixel_sizes
from proviso.oracle.exact import plain, same
from proviso.oracle.subject import Params


@dataclass(frozen=True, slots=True)
class Breach:
    """A broken rule. at: JSON Pointer into the params. detail: which of several limits of the rule it is."""

    at: str
    rule: str
    severity: str
    detail: str = ""


def breaches(model: ir.Model, params: Params) -> list[Breach]:
    """Return everything that the rules of a model have against params."""
    return [one for rule in model.rules for one in of_rule(model, rule, params)]


def of_rule(model: ir.Model, rule: ir.Rule, params: Params) -> list[Breach]:
    """Return what one rule has against params."""
    if not meaning.hold(rule.when, params):
        return []
    ignored = isinstance(rule, ir.Forbid) and rule.ignored
    severity = "advice" if ignored or rule.advice is not None else "error"
    return [Breach(at, word(rule), severity, detail) for at, detail in _broken(model, rule, params)]


def word(rule: ir.Rule) -> str:
    """Return the name of a rule in the spec language."""
    match rule:
        case ir.Require():
            return "require"
        case ir.Forbid(ignored=ignored):
            return "ignored" if ignored else "forbid"
        case ir.Group(how=how) | ir.Total(how=how):
            return how
        case ir.Limit():
            return "limit"
        case ir.Pixels():
            return "pixels"
        case ir.AnyOf():
            return "any_of"
        case ir.EqualCounts():
            return "equal_counts"
        case ir.Sets():
            return "sets"
        case _:
            assert_never(rule)


def named(rule: ir.Rule) -> tuple[str, ...]:
    """Return the parameters of which a rule asks something."""
    match rule:
        case ir.Limit(limits=limited):
            return tuple(name for name, _ in limited)
        case ir.Sets(values=values):
            return tuple(name for name, _ in values)
        case ir.AnyOf(options=options):
            return tuple(dict.fromkeys(name for option in options for name in named(option)))
        case _:
            return rule.parameters


def tests(rule: ir.Rule) -> list[ir.Test]:
    """Return what the conditions of a rule ask of single parameters."""
    return [test for one in rule.when for test in (one.conditions if isinstance(one, ir.Unless) else (one,))]


def weighed(rule: ir.Rule) -> set[str]:
    """Return the parameters whose value matters to a rule, and not only whether they are there."""
    valued = not isinstance(rule, ir.Require | ir.Forbid | ir.Group)
    return {*(named(rule) if valued else ()), *(one.parameter for one in tests(rule) if not isinstance(one, ir.Given))}


def looked_at(rule: ir.Rule) -> frozenset[str]:
    """Return every parameter that a rule depends on."""
    return frozenset((*named(rule), *(test.parameter for test in tests(rule))))


def _broken(model: ir.Model, rule: ir.Rule, params: Params) -> Iterator[tuple[str, str]]:
    names = named(rule)
    given = [name for name in names if name in params]
    match rule:
        case ir.Require():
            yield from ((f"/{name}", "") for name in names if name not in params)
        case ir.Forbid():
            yield from ((f"/{name}", "") for name in given)
        case ir.Group(how=how):
            yield from _group(how, names, given)
        case _:
            apart = isinstance(rule, ir.Limit | ir.Sets)
            for at, detail in _valued(model, rule, params, given):
                # A value that breaks its own limits is reported for that alone.
                if all(_is_sound(model, name, params) for name in ([at[1:]] if apart else given)):
                    yield at, detail


def _valued(model: ir.Model, rule: ir.Rule, params: Params, given: list[str]) -> Iterator[tuple[str, str]]:
    """Yield what a rule about values has against params, whatever else is wrong with them."""
    match rule:
        case ir.Limit(limits=limited):
            for name, kind in limited:
                yield from ((f"/{name}", keyword) for keyword in _outside(kind, name, params))
        case ir.Sets(values=values):
            yield from ((f"/{name}", "") for name, value in values if name in params and not same(params[name], value))
        case ir.Pixels():
            there = [name for name in rule.parameters if name in given]
            yield from ((_side(rule, detail, there), detail) for detail in pixel_sizes.broken(model, rule, params))
        case ir.AnyOf(options=options):
            if all(list(_valued(model, option, params, given)) for option in options):
                yield _first(given), ""
        case ir.Total(how=how, minimum=least, maximum=most):
            counts = [count for name in rule.parameters if (count := _count(model, name, params)) is not None]
            total = sum(counts) if how == "sum" else math.prod(counts)
            if least is not None and total < least:
                yield _first(given), "minimum"
            if most is not None and total > most:
                yield _first(given), "maximum"
        case ir.EqualCounts():
            if len({_count(model, name, params) for name in rule.parameters}) > 1:
                yield _first(given), ""
        case ir.Require() | ir.Forbid() | ir.Group():
            pass
        case _:
            assert_never(rule)


def _group(how: ir.Together, names: tuple[str, ...], given: list[str]) -> Iterator[tuple[str, str]]:
    if how in ("at_least_one", "exactly_one") and not given:
        yield "", "none"
    if how in ("at_most_one", "exactly_one"):
        yield from ((f"/{name}", "many") for name in given[1:])
    if how == "all_or_none" and given:
        yield from ((f"/{name}", "some") for name in names if name not in given)


def _is_sound(model: ir.Model, name: str, params: Params) -> bool:
    parameter = model.parameter(name)
    assert parameter is not None
    return limits.broken(parameter.kind, params[name]) == []


def _outside(kind: ir.Kind, name: str, params: Params) -> list[str]:
    return [one.rule for one in limits.broken(kind, params[name])] if name in params else []


def _side(rule: ir.Pixels, detail: str, given: list[str]) -> str:
    own = dict(zip(("width", "height"), rule.parameters, strict=False)).get(detail)
    return f"/{own}" if own in given else _first(given)


def _first(given: list[str]) -> str:
    return f"/{given[0]}" if given else ""


def _count(model: ir.Model, name: str, params: Params) -> int | None:
    parameter = model.parameter(name)
    assert parameter is not None
    given = params.get(name)
    if isinstance(ir.bare(parameter.kind), ir.Sequence):
        return len(given) if isinstance(given, list) else 0
    value = plain(parameter.default if given is None else given)
    return int(value) if isinstance(value, int | float) and value == value // 1 else None
