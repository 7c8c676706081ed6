"""Lint of conditions: each can hold for some request, and fail for another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import assert_never

from proviso import ir
from proviso.diagnostics import Diagnostic
from proviso.lint import limits


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


def _holds(one: ir.Condition, params: Mapping[str, object]) -> bool:
    match one:
        case ir.Unless(conditions=conditions):
            return not hold(conditions, params)
        case ir.Given(parameter=name, given=wanted):
            return (name in params) == wanted
        case _ if one.parameter not in params:
            return one.by_default
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
    if (why := limits.impossible(span)) is not None:
        yield f"it can never apply: {why}"
        return
    match ir.bare(parameter.kind):
        case ir.Choice(values=values) if not isinstance(values[0], str):
            inside = [value for value in values if limits.breach(span, value) is None]
            if not inside:
                yield f"it can never apply: {parameter.name} is {', '.join(map(str, values))}"
        case ir.Integer(minimum=least, maximum=most):
            yield from _apart(parameter, _decimal(least), _decimal(most), span)
        case ir.Number(minimum=least, maximum=most, exclusive_minimum=above, exclusive_maximum=below):
            yield from _apart(parameter, above if least is None else least, below if most is None else most, span)
        case _:
            yield f"a range is asked of numbers, and {parameter.name} is none"


def _apart(parameter: ir.Parameter, least: Decimal | None, most: Decimal | None, span: ir.Number) -> Iterator[str]:
    low = span.exclusive_minimum if span.minimum is None else span.minimum
    high = span.exclusive_maximum if span.maximum is None else span.maximum
    if low is not None and most is not None and low > most:
        yield f"it can never apply: {parameter.name} is at most {most}"
    if high is not None and least is not None and high < least:
        yield f"it can never apply: {parameter.name} is at least {least}"


def _decimal(bound: int | None) -> Decimal | None:
    return None if bound is None else Decimal(bound)
