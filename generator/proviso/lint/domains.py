"""The few values of a parameter that rules could tell apart."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from proviso import ir
from proviso.lint import conditions, limits

ABSENT = object()
"""Stands for a parameter that is left out."""

SOME = object()
"""Stands for any right value, where rules only ask whether there is one."""

_MOST = 64
_LONGEST = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Domain:
    """Values of a parameter; `complete` when every other value is like one of them to every rule."""

    values: tuple[object, ...]
    complete: bool


def domain(model: ir.Model, parameter: ir.Parameter) -> Domain:
    """Choose the values of a parameter that are worth a trial."""
    mentioned = list(_mentioned(model, parameter.name))
    found = _values(model, parameter, mentioned)
    there = tuple(value for value in (*found.values, None) if _is_right(parameter.kind, value))
    absent = () if parameter.required else (ABSENT,)
    return Domain(values=(*absent, *there), complete=found.complete)


def _is_right(kind: ir.Kind, value: object) -> bool:
    return value is SOME or isinstance(value, _List) or limits.breach(kind, value) is None


def _values(model: ir.Model, parameter: ir.Parameter, mentioned: list[object]) -> Domain:
    reckoned, multiples = _is_reckoned(model, parameter.name), _has_multiples(model, parameter.name)
    kind = ir.bare(parameter.kind)
    match kind:
        case ir.Choice(values=values):
            return Domain(values=values[:_MOST], complete=len(values) <= _MOST)
        case ir.Flag():
            return Domain(values=(False, True), complete=True)
        case ir.Integer(minimum=int(least), maximum=int(most)) if most - least <= _MOST:
            return Domain(values=tuple(range(least, most + 1)), complete=True)
        case ir.Integer(minimum=least, maximum=most, multiple_of=multiple):
            points = {int(one) for one in (*mentioned, least or 0, most or 0) if isinstance(one, int | Decimal)}
            step = multiple or 1
            near = {point // step * step + side * step for point in points for side in (-1, 0, 1, 2)}
            return Domain(values=tuple(sorted(points | near)), complete=not (reckoned or multiples))
        case ir.Number():
            return _numbers(kind, mentioned)
        case ir.Text(min_length=least, max_length=most, pattern=None):
            lengths = {int(one) for one in mentioned if isinstance(one, int)} | {least or 1, most or least or 9}
            texts = ["x" * max(0, min(length, _LONGEST) + side) for length in sorted(lengths) for side in (-1, 0, 1)]
            shown = (one for one in mentioned if isinstance(one, str))
            return Domain(values=(*shown, *texts), complete=max(lengths) <= _LONGEST)
        case ir.Sequence(min_items=least, max_items=most):
            return _lists(least or 0, most, mentioned, reckoned=reckoned)
        case _:
            return _others(parameter, mentioned, reckoned=reckoned)


def _numbers(kind: ir.Number, mentioned: list[object]) -> Domain:
    bounds = (kind.minimum, kind.maximum, kind.exclusive_minimum, kind.exclusive_maximum)
    points = sorted({Decimal(one) for one in (*mentioned, *bounds, 0) if isinstance(one, int | Decimal)})
    between = [(one + other) / 2 for one, other in itertools.pairwise(points)]
    tried = (points[0] - 1, *points, *between, points[-1] + 1)
    if (step := kind.multiple_of) is None:
        return Domain(values=tried, complete=True)
    near = sorted({one // step * step + side * step for one in tried for side in (-1, 0, 1)})
    return Domain(values=tuple(near), complete=False)


def _lists(least: int, most: int | None, mentioned: list[object], *, reckoned: bool) -> Domain:
    lengths = {int(one) + side for one in (*mentioned, least) if isinstance(one, int) for side in (-1, 0, 1)}
    lengths |= {1, 2} | ({most - 1, most} if most is not None else set())
    complete = not reckoned
    if reckoned and most is not None and most - least <= _MOST:
        lengths, complete = set(range(least, most + 1)), True
    right = sorted(length for length in lengths if least <= length and (most is None or length <= most))
    return Domain(values=tuple(_List(length) for length in right if length <= _MOST), complete=complete)


class _List(list[object]):
    """A list of which only the length matters; its items are taken to be right."""

    def __init__(self, length: int) -> None:
        super().__init__([None] * length)


def _others(parameter: ir.Parameter, mentioned: list[object], *, reckoned: bool) -> Domain:
    if not mentioned and not reckoned:
        return Domain(values=(SOME,), complete=True)
    return Domain(values=(*mentioned, *parameter.examples, SOME), complete=False)


def _is_reckoned(model: ir.Model, name: str) -> bool:
    """Tell whether a rule reckons with a parameter, or limits it to multiples."""
    for rule in model.rules:
        match rule:
            case ir.Total(parameters=names) | ir.EqualCounts(parameters=names) | ir.Pixels(parameters=names):
                if name in names:
                    return True
            case ir.AnyOf(options=options):
                if any(isinstance(one, ir.Pixels) and name in one.parameters for one in options):
                    return True
            case _:
                pass
    return False


def _has_multiples(model: ir.Model, name: str) -> bool:
    options = (one for rule in model.rules for one in (rule.options if isinstance(rule, ir.AnyOf) else (rule,)))
    kinds = (kind for one in options if isinstance(one, ir.Limit) for other, kind in one.limits if other == name)
    return any(isinstance(kind, ir.Integer) and kind.multiple_of is not None for kind in kinds)


def _mentioned(model: ir.Model, name: str) -> Iterator[object]:
    """Yield the values and bounds that rules name for a parameter."""
    for rule in model.rules:
        for test in conditions.tests(rule.when):
            if test.parameter == name:
                match test:
                    case ir.Among(values=values):
                        yield from values
                    case ir.Within(range=span):
                        yield from _bounds(span)
                    case ir.Given():
                        pass
        for one in rule.options if isinstance(rule, ir.AnyOf) else (rule,):
            match one:
                case ir.Limit(limits=narrower):
                    yield from (bound for other, kind in narrower if other == name for bound in _bounds(kind))
                case ir.Sets(values=fixed):
                    yield from (value for other, value in fixed if other == name)
                case _:
                    pass


def _bounds(kind: ir.Kind) -> Iterator[object]:
    match kind:
        case ir.Choice(values=values):
            yield from values
        case ir.Integer(minimum=least, maximum=most, multiple_of=multiple):
            yield from (bound for bound in (least, most, multiple) if bound is not None)
        case ir.Number():
            bounds = (kind.minimum, kind.maximum, kind.exclusive_minimum, kind.exclusive_maximum)
            yield from (bound for bound in bounds if bound is not None)
        case ir.Text(min_length=least, max_length=most) | ir.Sequence(min_items=least, max_items=most):
            yield from (bound for bound in (least, most) if bound is not None)
        case _:
            pass
