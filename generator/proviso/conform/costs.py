"""The most that a request can cost by its spec, before anybody sends it."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal, localcontext
from fractions import Fraction
from functools import cache

from proviso import ir
from proviso.conform.parameter_facts import edge
from proviso.drawing import values
from proviso.oracle import limits, prices
from proviso.oracle.exact import key
from proviso.oracle.subject import Params, Subject

_PLACES = Decimal("0.000000001")
_LEFT_OUT = object()
_FEW = 40  # values of a parameter by which a price is tried


def currency(model: ir.Model) -> str | None:
    """Return the currency of a model's usual price; None where no document prints one."""
    known = prices.priced(model)
    return known[0].price.currency if known else None


def most(subject: Subject, params: Params, wanted: str) -> Decimal | None:
    """Return the most that params can hold or be charged in a currency; None where no document says it."""
    told, known = _told(subject)
    by = (wanted, *(key(params[name]) if name in params else _LEFT_OUT for name in told))
    if by not in known:
        known[by] = _most(subject.model, params, wanted)
    return known[by]


@cache
def _told(subject: Subject) -> tuple[tuple[str, ...], dict[tuple[object, ...], Decimal | None]]:
    """Return the parameters that a price may go by, and what was reckoned already."""
    model = subject.model
    said = repr((model.price, model.rules, None if model.sizes is None else model.sizes.by, model.output.count))
    return tuple(one.name for one in model.parameters if f"'{one.name}'" in said), {}


def _most(model: ir.Model, params: Params, wanted: str) -> Decimal | None:
    for one in prices.priced(model):
        if one.price.currency == wanted:
            found = prices.amounts(model, one.price, params)
            known = [found.most, *([found.hold] if isinstance(one.price.hold, ir.Reckoned) else [])]
            return None if None in known else _upwards(max(amount for amount in known if amount is not None))
    return None


def risk(subject: Subject, params: Params, broken: str, wanted: str) -> Decimal | None:
    """Return the most that params with one wrong parameter can cost, should somebody take them.

    broken: the parameter. It may count as any value that is documented, and as the number that it is.
    """
    parameter = subject.model.parameter(broken)
    if parameter is None:
        return most(subject, params, wanted)
    if broken not in _told(subject)[0]:
        return most(subject, {name: value for name, value in params.items() if name != broken}, wanted)
    found = [most(subject, one, wanted) for one in _readings(parameter, params)]
    if [one.rule for one in limits.broken(parameter.kind, params.get(broken))] in (["minimum"], ["maximum"]):
        with contextlib.suppress(ValueError):  # a table has no row for what is out of bounds
            found.append(most(subject, params, wanted))
    if isinstance(params.get(broken), list | str):
        with contextlib.suppress(ValueError, TypeError, LookupError):  # a price may know nothing of what is wrong
            counted = most(subject, params, wanted)
            found += [] if counted is None else [counted]  # what is too long or too many may be charged as it is
    return None if None in found or not found else max(amount for amount in found if amount is not None)


def _readings(parameter: ir.Parameter, params: Params) -> Iterator[Params]:
    name = parameter.name
    others = {other: one for other, one in params.items() if other != name}
    if not parameter.required:
        yield others
    yield from ({**others, name: value} for value in _documented(parameter))


def _documented(parameter: ir.Parameter) -> Iterator[object]:
    """Yield values at the ends of what is documented, and some between."""
    kind = ir.bare(parameter.kind)
    if isinstance(kind, ir.Integer | ir.Number):
        yield from (bound for bound in (edge(kind, "minimum"), edge(kind, "maximum")) if bound is not None)
    yield from itertools.islice(values.different(kind), _FEW)
    if isinstance(kind, ir.Sequence) and kind.max_items is not None:
        yield list(
            itertools.islice(itertools.cycle(itertools.islice(values.different(kind.items), _FEW)), kind.max_items)
        )


def _upwards(amount: Fraction) -> Decimal:
    with localcontext() as context:
        context.prec, context.rounding = 40, ROUND_CEILING
        return (Decimal(amount.numerator) / Decimal(amount.denominator)).quantize(_PLACES).normalize()
