"""Which rules between parameters a request breaks, as a spec writes its values."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import assert_never

from proviso import ir, rule_sentences
from proviso.lint import conditions, forms, limits, pixels

Params = Mapping[str, object]


def broken(model: ir.Model, params: Params) -> Iterator[ir.Rule]:
    """Yield the rules that a request breaks, those that are only advice included."""
    return (rule for rule in model.rules if conditions.hold(rule.when, params) and not kept(model, rule, params))


def kept(model: ir.Model, rule: ir.Rule, params: Params) -> bool:
    """Tell whether a request keeps a rule whose conditions hold."""
    match rule:
        case ir.Require(parameters=names):
            return all(name in params for name in names)
        case ir.Forbid(parameters=names):
            return not any(name in params for name in names)
        case ir.Group(how=how, parameters=names):
            return _group(how, sum(name in params for name in names), len(names))
        case ir.Limit(limits=narrower):
            return all(name not in params or _is_within(kind, params[name]) for name, kind in narrower)
        case ir.Pixels():
            return _pixels(model, rule, params)
        case ir.AnyOf(options=options):
            return any(kept(model, option, params) for option in options)
        case ir.Total(parameters=names, how=how, minimum=least, maximum=most):
            counts = [count for name in names if (count := _count(model, name, params)) is not None]
            total = sum(counts) if how == "sum" else math.prod(counts)
            return (least is None or total >= least) and (most is None or total <= most)
        case ir.EqualCounts(parameters=names):
            return len({_count(model, name, params) for name in names}) == 1
        case ir.Sets(values=values):
            return all(name not in params or ir.same(params[name], value) for name, value in values)
        case _:
            assert_never(rule)


def looked_at(rule: ir.Rule) -> set[str]:
    """Name every parameter that a rule depends on."""
    return {*rule_sentences.named(rule), *(test.parameter for test in conditions.tests(rule.when))}


def _group(how: ir.Together, sent: int, most: int) -> bool:
    match how:
        case "at_most_one":
            return sent <= 1
        case "exactly_one":
            return sent == 1
        case "at_least_one":
            return sent >= 1
        case "all_or_none":
            return sent in (0, most)
        case _:
            assert_never(how)


def _is_within(kind: ir.Kind, value: object) -> bool:
    if not isinstance(kind, ir.Sequence) or not isinstance(value, list):
        return limits.breach(kind, value) is None
    # What the items are like is the business of the list's own limits.
    least, most = kind.min_items, kind.max_items
    return (least is None or len(value) >= least) and (most is None or len(value) <= most)


def _count(model: ir.Model, name: str, params: Params) -> int | None:
    parameter = model.parameter(name)
    is_list = parameter is not None and isinstance(ir.bare(parameter.kind), ir.Sequence)
    value = params.get(name)
    if value is None and parameter is not None and not is_list:
        value = parameter.default
    if isinstance(value, list):
        return len(value)
    if isinstance(value, int):
        return value
    return 0 if is_list else None


def _pixels(model: ir.Model, rule: ir.Pixels, params: Params) -> bool:
    if len(rule.parameters) == 1:
        (name,) = rule.parameters
        parameter = model.parameter(name)
        kind = None if parameter is None else ir.bare(parameter.kind)
        if not isinstance(kind, ir.PixelSize) or name not in params:
            return True
        size = forms.size(kind, params[name])
        return size is None or pixels.breach(rule.limits, *size) is None
    width, height = (_integer(params.get(name)) for name in rule.parameters)
    if width is None and height is None:
        return True
    for side, length in ((rule.limits.width, width), (rule.limits.height, height)):
        if length is not None and pixels.of_side(side, length) is not None:
            return False
    wide, high = (_known(model, name, params) for name in rule.parameters)
    return wide is None or high is None or pixels.across(rule.limits, wide, high) is None


def _known(model: ir.Model, name: str, params: Params) -> int | None:
    parameter = model.parameter(name)
    value = params.get(name)
    return _integer(parameter.default if value is None and parameter is not None else value)


def _integer(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
