"""Finds which way a formula goes when a quantity grows that is not known before sending."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, assert_never

from proviso.formulas import Binary, Extreme, Formula, Leaf, Literally, Measure, Name, Rounded

Way = Literal["up", "down", "both"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """How a formula behaves. ways: by every quantity that moves it; positive: whether it is never below zero."""

    positive: bool = True
    ways: Mapping[str, Way] = field(default_factory=dict[str, Way])


def trend(formula: Formula, leaf: Callable[[Leaf], Trend]) -> Trend:
    """Find the trend of a formula. leaf: gives that of a name or a measure."""
    match formula:
        case Name() | Measure():
            return leaf(formula)
        case Literally():
            return Trend()
        case Binary(operator=operator, left=left, right=right):
            one, other = trend(left, leaf), trend(right, leaf)
            match operator:
                case "+":
                    return _together(one, other)
                case "-":
                    return Trend(positive=False, ways=_joined(one.ways, _turned(other.ways)))
                case "*":
                    return _product(one, other)
                case "/":
                    # A divisor is above zero and never changes.
                    return one
                case _:
                    assert_never(operator)
        case Extreme(which=which, of=parts):
            found = [trend(part, leaf) for part in parts]
            ways: Mapping[str, Way] = {}
            for each in found:
                ways = _joined(ways, each.ways)
            signs = [each.positive for each in found]
            return Trend(positive=all(signs) if which == "min" else any(signs), ways=ways)
        case Rounded(value=value):
            return trend(value, leaf)
        case _:
            assert_never(formula)


def through(inner: Trend, way: Way) -> Trend:
    """Give the trend of what goes a way when the inner value grows, and is never below zero."""
    match way:
        case "up":
            return Trend(ways=inner.ways)
        case "down":
            return Trend(ways=_turned(inner.ways))
        case "both":
            return Trend(ways=dict.fromkeys(inner.ways, "both"))
        case _:
            assert_never(way)


def _together(one: Trend, other: Trend) -> Trend:
    return Trend(positive=one.positive and other.positive, ways=_joined(one.ways, other.ways))


def _product(one: Trend, other: Trend) -> Trend:
    ways = _joined(
        one.ways if other.positive else dict.fromkeys(one.ways, "both"),
        other.ways if one.positive else dict.fromkeys(other.ways, "both"),
    )
    return Trend(positive=one.positive and other.positive, ways=ways)


def _joined(one: Mapping[str, Way], other: Mapping[str, Way]) -> dict[str, Way]:
    joined = {**one, **other}
    return {name: way if one.get(name, way) == way else "both" for name, way in joined.items()}


def _turned(ways: Mapping[str, Way]) -> dict[str, Way]:
    turned: dict[Way, Way] = {"up": "down", "down": "up", "both": "both"}
    return {name: turned[way] for name, way in ways.items()}
