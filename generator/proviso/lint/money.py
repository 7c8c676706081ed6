"""Lint of counts and prices."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from proviso import formulas, ir
from proviso.diagnostics import Diagnostic


def count(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that the parameter that says how many is an integer."""
    if isinstance(model.output.count, str):
        parameter = model.parameter(model.output.count)
        if parameter is not None and not _is_integer(parameter.kind):
            yield Diagnostic(parameter.place, f"{parameter.name} counts the output, so it is an integer", "count")


def formula(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that every name in a formula always has a number."""
    price = model.price
    if isinstance(price, ir.UnknownPrice):
        return
    for one in (price.hold, price.charge):
        if isinstance(one, ir.Unknown):
            continue
        for name in sorted(set(formulas.names(one))):
            counted = model.output.count if name in ("requested", "delivered") else name
            parameter = model.parameter(counted) if isinstance(counted, str) else None
            if parameter is None:
                continue
            if not _is_integer(parameter.kind) and not isinstance(parameter.kind, ir.Number):
                yield Diagnostic(price.place, f"{parameter.name} is no number and cannot be reckoned with", "formula")
            elif not parameter.required and parameter.default is None:
                message = f"{parameter.name} may be left out and has no default, so the price would have no number"
                yield Diagnostic(price.place, message, "formula")
    if not isinstance(price.hold, ir.Unknown) and "delivered" in set(formulas.names(price.hold)):
        yield Diagnostic(price.place, "what is held is known before anything is delivered", "formula")
    if any(_may_divide_by_nothing(one, price) for one in (price.hold, price.charge) if not isinstance(one, ir.Unknown)):
        message = "it may divide by zero: divide by numbers and rates that are not zero"
        yield Diagnostic(price.place, message, "formula")
    if any(isinstance(one, ir.Unknown) and not one.why for one in (price.hold, price.charge)):
        return  # a formula that cannot be read may name any rate
    for rate in price.rates:
        used = {
            name
            for one in (price.hold, price.charge)
            if not isinstance(one, ir.Unknown)
            for name in formulas.names(one)
        }
        if rate.name not in used:
            yield Diagnostic(price.place, f"rate {rate.name!r} occurs in no formula", "formula")


def _may_divide_by_nothing(one: formulas.Formula, price: ir.Price) -> bool:
    match one:
        case formulas.Name() | formulas.Literally():
            return False
        case formulas.Binary(operator=operator, left=left, right=right):
            if _may_divide_by_nothing(left, price) or _may_divide_by_nothing(right, price):
                return True
            rates = {rate.name: rate.amount for rate in price.rates}
            fixed = set(formulas.names(right)) <= rates.keys()
            return operator == "/" and (not fixed or formulas.evaluate(right, rates) == 0)
        case formulas.Extreme(of=parts):
            return any(_may_divide_by_nothing(part, price) for part in parts)
        case _:
            assert_never(one)


def _is_integer(kind: ir.Kind) -> bool:
    return isinstance(kind, ir.Integer) or (
        isinstance(kind, ir.Choice) and all(isinstance(value, int) for value in kind.values)
    )
