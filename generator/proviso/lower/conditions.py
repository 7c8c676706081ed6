"""What a request must be like for something to hold: `when` and `unless`, wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from proviso import ir
from proviso.diagnostics import did_you_mean
from proviso.lower.node import Node

_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


def when(node: Node, declared: tuple[ir.Parameter, ...]) -> tuple[ir.Condition, ...]:
    """Read the `when` and the `unless` that stand in a mapping; () where there is neither."""
    by_wire = {one.wire: one for one in declared}
    order = [one.name for one in declared]
    found: list[ir.Condition] = list(_sorted(_tests(node.get("when"), by_wire), order))
    if (unless := node.get("unless")) is not None:
        conditions = tuple(_sorted(_tests(unless, by_wire), order))
        found.append(ir.Unless(conditions=conditions, place=unless.place))
    return tuple(found)


def _sorted(tests: Iterator[ir.Test], order: list[str]) -> list[ir.Test]:
    return sorted(tests, key=lambda test: order.index(test.parameter))


def _tests(node: Node | None, declared: Mapping[str, ir.Parameter]) -> Iterator[ir.Test]:
    for name, member in () if node is None else node.items():
        parameter = declared.get(name)
        if parameter is None:
            hint = did_you_mean(name, declared)
            member.complain(f"parameter {name!r} is not declared{hint}", "reference", at_key=True)
        elif not isinstance(member.value, dict):
            values = tuple(one.scalar() for one in member.each())
            by_default = parameter.default is not None and any(ir.same(one, parameter.default) for one in values)
            yield ir.Among(
                parameter=parameter.name,
                values=values,
                by_default=by_default,
                or_null=by_default and isinstance(parameter.kind, ir.Nullable),
                place=member.place,
            )
        elif (given := member.get("given")) is not None:
            if len(member.value) > 1:
                member.complain("given stands alone: whatever is in a range is given, or counts by default", "keyword")
            yield ir.Given(parameter=parameter.name, given=given.flag(), place=member.place)
        else:
            yield _within(member, parameter)


def _within(node: Node, parameter: ir.Parameter) -> ir.Within:
    bounds = [None if (bound := node.get(key)) is None else bound.number() for key in _BOUNDS]
    least, most, above, below = bounds
    span = ir.Number(minimum=least, maximum=most, exclusive_minimum=above, exclusive_maximum=below)
    by_default = _lies(parameter.default, span)
    return ir.Within(
        parameter=parameter.name,
        range=span,
        by_default=by_default,
        or_null=by_default and isinstance(parameter.kind, ir.Nullable),
        place=node.place,
    )


def _lies(value: object, span: ir.Number) -> bool:
    if not isinstance(value, int | Decimal) or isinstance(value, bool):
        return False
    return (
        (span.minimum is None or value >= span.minimum)
        and (span.maximum is None or value <= span.maximum)
        and (span.exclusive_minimum is None or value > span.exclusive_minimum)
        and (span.exclusive_maximum is None or value < span.exclusive_maximum)
    )
