"""Conditions as Python expressions, for every generated module that asks whether one holds."""

from __future__ import annotations

from typing import assert_never

from proviso import ir, words


def python(when: tuple[ir.Condition, ...], given: str = "given") -> str:
    """Spell conditions that all hold as an expression, "True" where there are none.

    given: the name of the mapping of params that the expression looks into. The type of a
    value is asked first, since `==` of a foreign type may do anything. `value` is assigned to.
    """
    return " and ".join(_one(one, given) for one in when) or "True"


def function(when: tuple[ir.Condition, ...]) -> str:
    """Spell conditions as a function of the params, for facts that the runtime asks when they hold."""
    return f"lambda given: {python(when)}"


def present(parameter: str, given: str = "given") -> str:
    """Spell that a parameter is sent."""
    return f"{parameter!r} in {given}"


def absent(parameter: str, given: str = "given") -> str:
    """Spell that a parameter is left out."""
    return f"{parameter!r} not in {given}"


def _one(one: ir.Condition, given: str) -> str:
    match one:
        case ir.Among(parameter=parameter, values=values):
            return _or_absent(one, given, _among(f"{given}.get({parameter!r})", values))
        case ir.Within(parameter=parameter, range=span):
            return _or_absent(one, given, _within(f"{given}.get({parameter!r})", span))
        case ir.Given(parameter=parameter, given=wanted):
            return present(parameter, given) if wanted else absent(parameter, given)
        case ir.Unless(conditions=conditions):
            return _denied(conditions[0], given) if len(conditions) == 1 else f"not ({python(conditions, given)})"
        case _:
            assert_never(one)


def _denied(one: ir.Test, given: str) -> str:
    match one:
        case ir.Given(parameter=parameter, given=wanted):
            return absent(parameter, given) if wanted else present(parameter, given)
        case ir.Among(values=(bool(value),), by_default=False):
            return f"{given}.get({one.parameter!r}) is not {value!r}"
        case ir.Among(values=(bool(), bool()), by_default=False):
            return f"type({given}.get({one.parameter!r})) is not bool"
        case _:
            return f"not ({_one(one, given)})"


def _or_absent(one: ir.Among | ir.Within, given: str, holds: str) -> str:
    if one.or_null:
        return f"({given}.get({one.parameter!r}) is None or ({holds}))"
    return f"({absent(one.parameter, given)} or ({holds}))" if one.by_default else holds


def _among(value: str, values: tuple[ir.Scalar, ...]) -> str:
    allowed = tuple(words.plain(one) for one in values)
    agrees = f"== {allowed[0]!r}" if len(allowed) == 1 else f"in {allowed!r}"
    match allowed[0]:
        case bool():
            return f"{value} is {allowed[0]!r}" if len(allowed) == 1 else f"type({value}) is bool"
        case str():
            return f"type(value := {value}) is str and value {agrees}"
        case _:
            return f"{_is_number(value)} and value {agrees}"


def _within(value: str, span: ir.Number) -> str:
    bounds = ((">=", span.minimum), (">", span.exclusive_minimum), ("<=", span.maximum), ("<", span.exclusive_maximum))
    tests = [f"value {operator} {words.number(bound)!r}" for operator, bound in bounds if bound is not None]
    return " and ".join((_is_number(value), *tests))


def _is_number(value: str) -> str:
    return f"(type(value := {value}) is int or type(value) is float)"
