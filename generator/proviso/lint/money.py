"""Lint of counts and prices."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import Decimal

from proviso import formula_units, formulas, ir, price_facts
from proviso.diagnostics import Diagnostic, Place
from proviso.formulas import Measure
from proviso.price_facts import Facts


def count(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that the parameter that says how many is an integer."""
    if isinstance(model.output.count, str):
        parameter = model.parameter(model.output.count)
        if parameter is not None and not _is_integer(ir.bare(parameter.kind)):
            yield Diagnostic(parameter.place, f"{parameter.name} counts the output, so it is an integer", "count")


def unit(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that what has a unit has a number, or items to count."""
    for parameter in model.parameters:
        kind = ir.bare(parameter.kind)
        listed = isinstance(kind, ir.Sequence | ir.Union)
        if parameter.unit is not None and not listed and not _is_number(kind):
            message = f"{parameter.name} is neither a number nor a list, so it has no unit"
            yield Diagnostic(parameter.place, message, "unit")


def formula(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that every formula of a price gives money, and that what it names always has a number."""
    for facts in price_facts.priced(model):
        yield from _formulas(facts)


def price(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that at most one of several prices holds on a day."""
    prices = [facts.price for facts in price_facts.priced(model)]
    for one in prices:
        if one.since is not None and one.until is not None and one.since > one.until:
            yield Diagnostic(one.place, f"the price holds from {one.since} until {one.until}, which is never", "price")
    for one, other in itertools.combinations(prices, 2):
        both = max(one.since or "", other.since or ""), min(one.until or "9999", other.until or "9999")
        if one.currency == other.currency and both[0] <= both[1] and _meet(one, other):
            when = f" on {both[0]}" if both[0] else f" until {both[1]}" if both[1] != "9999" else ""
            yield Diagnostic(other.place, f"another price in {one.currency} holds as well{when}", "price")


def _meet(one: ir.Price, other: ir.Price) -> bool:
    """Tell whether there are settings for which both prices hold."""
    values = {where.setting: set(where.values) for where in other.where}
    return all(values.get(where.setting, set(where.values)) & set(where.values) for where in one.where)


def _formulas(facts: Facts) -> Iterator[Diagnostic]:
    for name, one in facts.price.reckoned:
        misplaced = set[str]()
        for parameter, why in _unreckonable(facts, one):
            misplaced.add(parameter)
            yield Diagnostic(one.place, why, "formula")
        if not misplaced:
            what = f"the {name}"
            for problem in formula_units.problems(one.formula, facts.known, facts.money, what):
                yield _at(one, problem)
    yield from _moving(facts)
    yield from _unused(facts)


def _at(one: ir.Reckoned, problem: formula_units.Problem) -> Diagnostic:
    place = Place(one.place.path, one.place.line, one.place.column + problem.at)
    return Diagnostic(place, problem.message, "formula")


def _unreckonable(facts: Facts, one: ir.Reckoned) -> Iterator[tuple[str, str]]:
    """Yield the parameters of a formula that have no number for some request, and why."""
    for name, asked in price_facts.parameters(facts, one):
        parameter = facts.model.parameter(name)
        if parameter is None:
            continue
        if isinstance(asked, Measure):
            if asked.of and (why := _unmeasured(asked, parameter)) is not None:
                yield name, why
            continue
        if isinstance(asked, ir.Table):
            if (why := _silent(asked, parameter)) is not None:
                yield name, why
        elif not _is_number(ir.bare(parameter.kind)):
            yield name, f"{name} is no number and cannot be reckoned with"
        elif price_facts.may_lack(parameter):
            table = f"reckon with a rate that is a table by {name} with a row {formulas.ABSENT}"
            remedy = table if price_facts.values(parameter.kind) else "{unknown: why} in place of the formula"
            yield name, f"{_lacking(parameter)}, so the price would have no number; say its default, or {remedy}"


def _silent(table: ir.Table, parameter: ir.Parameter) -> str | None:
    """Say why a table has no amount where a parameter is left out, or null; None where it has."""
    at = table.by.index(parameter.name)
    if not price_facts.may_lack(parameter) or any(row.values[at] is None for row in table.rows):
        return None
    if formulas.ABSENT in price_facts.values(parameter.kind):
        # The row of that name is the value's.
        remedy = "say its default, or make the rate a list of cases, of which the last counts then"
    else:
        remedy = f"say its default, or what counts then in a row {formulas.ABSENT}"
    return f"{_lacking(parameter)}, so the price would have no number; {remedy}"


def _lacking(parameter: ir.Parameter) -> str:
    ways = (("left out", not parameter.required), ("null", isinstance(parameter.kind, ir.Nullable)))
    return f"{parameter.name} may be {' or '.join(word for word, may in ways if may)} and has no default"


def _unmeasured(measure: Measure, parameter: ir.Parameter) -> str | None:
    kind = ir.bare(parameter.kind)
    arms = kind.arms if isinstance(kind, ir.Union) else (kind,)
    match measure:
        case Measure(what="count"):
            listed = any(isinstance(arm, ir.Sequence) for arm in arms)
            return None if listed else f"{parameter.name} is no list, so it has no count"
        case Measure(what="characters"):
            inner = [arm.items if isinstance(arm, ir.Sequence) else arm for arm in arms]
            spoken = all(isinstance(one, ir.Text) for one in inner)
            return None if spoken else f"{parameter.name} is no text, so it has no characters"
        case Measure(of=(_,)):
            return (
                None if isinstance(kind, ir.PixelSize) else f"{parameter.name} is no size, so it has no {measure.what}"
            )
        case _:
            return None if _is_integer(kind) else f"{parameter.name} is no integer, so it is no side of a size"


def _moving(facts: Facts) -> Iterator[Diagnostic]:
    """Check that what is held is known at once, and that what moves the charge moves it one way."""
    for name, one in facts.price.reckoned:
        if name == "hold" and "delivered" in formulas.names(one.formula):
            yield Diagnostic(one.place, "what is held is known before anything is delivered", "formula")
        for moved, way in facts.moving(one).items():
            if name == "hold" and moved != "delivered":
                yield Diagnostic(one.place, f"what is held is known before {moved} is known", "formula")
            elif name == "charge" and way == "both":
                message = f"the charge may rise or fall when {moved} grows, so it has neither a least nor a most"
                yield Diagnostic(one.place, message, "formula")


def _unused(facts: Facts) -> Iterator[Diagnostic]:
    price = facts.price
    if any(isinstance(one, ir.Unknown) and not one.why for one in (price.hold, price.charge)):
        return  # a formula that cannot be read may name any rate
    used = {name for _, one in price.reckoned for name in formulas.names(one.formula)}
    for rate in price.rates:
        if rate.name not in used:
            yield Diagnostic(price.place, f"rate {rate.name!r} occurs in no formula", "formula")
    for measured in price.measured:
        if measured.name not in used:
            yield Diagnostic(measured.place, f"{measured.name!r} occurs in no formula", "formula")


def _is_integer(kind: ir.Kind) -> bool:
    return isinstance(kind, ir.Integer) or (
        isinstance(kind, ir.Choice) and all(isinstance(value, int) for value in kind.values)
    )


def _is_number(kind: ir.Kind) -> bool:
    match kind:
        case ir.Integer() | ir.Number() | ir.UnitText():
            return True
        case ir.Choice(values=values):
            return not any(isinstance(one, str) for one in values)
        case ir.Only(value=value):
            return isinstance(value, int | Decimal) and not isinstance(value, bool)
        case _:
            return False
