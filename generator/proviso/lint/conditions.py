"""Lint of conditions: each can hold for some request, and fail for another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from proviso import ir, price_facts
from proviso.diagnostics import Diagnostic
from proviso.lint import limits, narrowing


def possible(model: ir.Model, when: tuple[ir.Condition, ...], tag: str) -> Iterator[Diagnostic]:
    """Yield complaints about conditions that no request meets, or every one."""
    for test in tests(when):
        parameter = model.parameter(test.parameter)
        if parameter is not None:
            yield from (Diagnostic(test.place, message, tag) for message in _test(parameter, test))


def tests(when: tuple[ir.Condition, ...]) -> Iterator[ir.Test]:
    """Yield what is asked of single parameters, also within an `unless`."""
    for one in when:
        if isinstance(one, ir.Unless):
            yield from one.conditions
        else:
            yield one


def hold(when: tuple[ir.Condition, ...], params: Mapping[str, object]) -> bool:
    """Tell whether conditions all hold for params as a spec writes them."""
    return all(_holds(one, params) for one in when)


def in_effect(model: ir.Model, name: str, params: Mapping[str, object]) -> object:
    """Give what counts for a parameter: what is sent, unless it is null, then what a rule sets, then the default."""
    if params.get(name) is not None:
        return params[name]
    for when, value in price_facts.fixed(model, name):
        if hold(when, params):
            return value
    parameter = model.parameter(name)
    return None if parameter is None else parameter.default


def _holds(one: ir.Condition, params: Mapping[str, object]) -> bool:
    match one:
        case ir.Unless(conditions=conditions):
            return not hold(conditions, params)
        case ir.Given(parameter=name, given=wanted):
            return (name in params) == wanted
        case _ if one.parameter not in params:
            return one.by_default
        case ir.Among(or_null=True) | ir.Within(or_null=True) if params[one.parameter] is None:
            return True
        case ir.Among(values=values):
            return any(ir.same(params[one.parameter], value) for value in values)
        case ir.Within(range=span):
            return limits.breach(span, params[one.parameter]) is None
        case _:
            assert_never(one)


def _test(parameter: ir.Parameter, test: ir.Test) -> Iterator[str]:
    name = parameter.name
    match test:
        case ir.Among(values=values):
            for value in values:
                if (why := limits.breach(parameter.kind, value)) is not None:
                    yield f'it can never apply: {name} "{value}" {why}'
        case ir.Within(range=span):
            yield from _range(parameter, span)
        case ir.Given(given=wanted) if parameter.required:
            yield f"{name} is required, so it is {'always' if wanted else 'never'} so"
        case ir.Given():
            pass
        case _:
            assert_never(test)


def _range(parameter: ir.Parameter, span: ir.Number) -> Iterator[str]:
    match kind := ir.bare(parameter.kind):
        case ir.Choice(values=values) if not isinstance(values[0], str):
            if all(limits.breach(span, value) is not None for value in values):
                yield f"it can never apply: {parameter.name} is {', '.join(map(str, values))}"
        case ir.Integer() | ir.Number():
            if (why := narrowing.impossible(kind, span)) is not None:
                yield f"it can never apply: for {parameter.name}, {why}"
        case _:
            yield f"a range is asked of numbers, and {parameter.name} is none"
