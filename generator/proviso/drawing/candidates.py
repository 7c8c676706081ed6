"""A few values of every parameter that rules look at: those that the rules tell apart, and right ones of all sorts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import cache

from proviso import ir
from proviso.drawing import values, wrong_values
from proviso.oracle import limits, pixel_sizes, rule_breaches
from proviso.oracle.exact import plain
from proviso.oracle.subject import Subject

ABSENT = object()
"""Stands for a parameter that is left out."""

_FEW = 12
_LONG = 40  # items of a list that is tried


@cache
def of(subject: Subject) -> dict[str, tuple[object, ...]]:
    """Return the values worth a trial, all within the parameter's own limits."""
    model = subject.model
    looked = {name for rule in model.rules for name in rule_breaches.looked_at(rule)}
    return {one.name: tuple(_of(model, one)) for one in model.parameters if one.name in looked}


def _of(model: ir.Model, parameter: ir.Parameter) -> Iterator[object]:
    if not parameter.required:
        yield ABSENT
    tried = [*_mentioned(model, parameter), *_usual(ir.bare(parameter.kind)), None]
    right = [value for value in tried if limits.broken(parameter.kind, value) == []]
    told_apart = any(parameter.name in rule_breaches.weighed(rule) for rule in model.rules)
    yield from _different(right, ir.bare(parameter.kind)) if told_apart else right[:1]


def _different(tried: list[object], kind: ir.Kind) -> list[object]:
    """Drop what no rule tells from another value: of a list they know the length alone."""
    is_list = isinstance(kind, ir.Sequence)
    return list({len(one) if is_list and isinstance(one, list) else (type(one), one): one for one in tried}.values())


def _usual(kind: ir.Kind) -> Iterator[object]:
    if isinstance(kind, ir.Sequence):
        items = list(itertools.islice(values.different(kind.items), _LONG))
        least, most = kind.min_items or 0, _LONG if kind.max_items is None else min(kind.max_items, _LONG)
        repeated = items if kind.unique else list(itertools.islice(itertools.cycle(items), _LONG))
        yield from (repeated[:size] for size in dict.fromkeys((least, least + 1, least + 2, 3, 4, most - 1, most)))
        yield from (repeated[:size] for size in range(least, min(most, least + _FEW)))
        return
    few = values.listed(kind)
    yield from itertools.islice(values.different(kind), _FEW // 3) if few is None else few[: 5 * _FEW]
    if isinstance(kind, ir.Integer):
        yield from (bound for bound in (kind.minimum, kind.maximum) if bound is not None)


def _mentioned(model: ir.Model, parameter: ir.Parameter) -> Iterator[object]:
    name = parameter.name
    yield from (
        plain(one) for one in (*parameter.examples, *((parameter.default,) if parameter.default is not None else ()))
    )
    for rule in model.rules:
        for test in rule_breaches.tests(rule):
            if test.parameter == name:
                yield from tested(test)
        for one in rule.options if isinstance(rule, ir.AnyOf) else (rule,):
            match one:
                case ir.Limit(limits=limited):
                    for other, kind in limited:
                        if other == name:
                            yield from _around(ir.bare(kind), ir.bare(parameter.kind))
                case ir.Sets(values=fixed):
                    yield from (plain(value) for other, value in fixed if other == name)
                case ir.Pixels(parameters=names, limits=stated) if name in names:
                    yield from _sized(ir.bare(parameter.kind), names.index(name), stated)
                case _:
                    pass


def tested(test: ir.Test) -> Iterator[object]:
    """Yield values that a test tells apart."""
    match test:
        case ir.Among(values=allowed):
            yield from map(plain, allowed)
        case ir.Within(range=span):
            bounds = (span.minimum, span.maximum, span.exclusive_minimum, span.exclusive_maximum)
            for bound in bounds:
                if bound is not None:
                    yield from (plain(bound), plain(bound - 1), plain(bound + 1))
        case ir.Given():
            pass


def _around(kind: ir.Kind, own: ir.Kind) -> Iterator[object]:
    """Yield values just inside and outside of the limits of a rule."""
    if isinstance(kind, ir.Sequence):
        assert isinstance(own, ir.Sequence)
        items = list(itertools.islice(values.different(own.items), _LONG))
        for bound in (kind.min_items, kind.max_items):
            if bound is not None:
                yield from (
                    list(itertools.islice(itertools.cycle(items), bound + step))
                    for step in (-1, 0, 1)
                    if bound + step >= 0
                )
        return
    yield from itertools.islice(values.different(kind), _FEW)
    yield from (value for wrong in wrong_values.of(kind).values() for value in wrong if not isinstance(value, bool))


def _sized(kind: ir.Kind, which: int, stated: ir.PixelLimits) -> Iterator[object]:
    sizes = pixel_sizes.near(stated)
    if isinstance(kind, ir.PixelSize):
        yield from (f"{width}{separator}{height}" for width, height in sizes for separator in kind.separators[:1])
    else:
        yield from dict.fromkeys(size[which] for size in sizes)
