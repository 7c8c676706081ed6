"""Expressions that check a value of a kind, and report what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from proviso import ir, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """An expression that is true of a wrong value, and the expression that reports it."""

    fails: str
    report: str


def branches(
    kind: ir.ItemKind, value: str, at: str, constant: str, limits: Mapping[ir.PixelLimits, str]
) -> Iterator[Branch]:
    """Yield the branches in the order in which they are tried; the first that fails reports."""
    text = f"type({value}) is not str"
    broken = f"{text} or (not {value}.isascii() and violation.is_broken({value}))"
    match kind:
        case ir.Text(min_length=least, max_length=most):
            yield Branch(fails=broken, report=wrong_type(at, value, "string"))
            if least is not None:
                yield _breach(f"len({value}) < {least}", at, "minLength", f"len({value})", repr(least))
            if most is not None:
                yield _breach(f"len({value}) > {most}", at, "maxLength", f"len({value})", repr(most))
        case ir.Choice(values=values) if isinstance(values[0], str):
            yield Branch(fails=text, report=wrong_type(at, value, "string"))
            yield _breach(f"{value} not in {constant}_VALUES", at, "enum", value, f"{constant}_VALUES")
        case ir.Choice():
            yield Branch(fails=_is_no_integer(value, bind=True), report=wrong_type(at, value, "integer"))
            yield _breach(f"whole not in {constant}_VALUES", at, "enum", "whole", f"{constant}_VALUES")
        case ir.Url(schemes=schemes):
            check = "is_https" if schemes == ("https",) else "is_http"
            yield Branch(fails=broken, report=wrong_type(at, value, "string"))
            yield _breach(
                f"not urls.{check}({value})", at, "format", "None", repr(schemes[-1] if len(schemes) == 1 else "http")
            )
        case ir.PixelSize(tiers=tiers, separators=separators):
            tier = f"{value} not in {constant}_TIERS and " if tiers else ""
            yield Branch(fails=broken, report=wrong_type(at, value, "string"))
            fails = f"{tier}not pixels.is_size({value}, {''.join(separators)!r})"
            yield _breach(fails, at, "pattern", value, repr(words.limits(kind)))
            if kind.limits is not None:
                size = f"{limits[kind.limits]}.of_text({value}, {''.join(separators)!r})"
                fails = f"{tier}(broken := {size}) is not None"
                yield Branch(fails=fails, report=f"violation.Violation({at}, broken, {value}, {limits[kind.limits]})")
        case ir.Integer():
            bounds = tuple(_integer_bounds(kind, at))
            yield Branch(fails=_is_no_integer(value, bind=bool(bounds)), report=wrong_type(at, value, "integer"))
            yield from bounds
        case ir.Number():
            bounds = tuple(_number_bounds(kind, at))
            found = f"(number := violation.number({value}))" if bounds else f"violation.number({value})"
            yield Branch(fails=f"{found} is None", report=wrong_type(at, value, "number"))
            yield from bounds
        case ir.Flag():
            yield Branch(fails=f"type({value}) is not bool", report=wrong_type(at, value, "boolean"))
        case _:
            assert_never(kind)


def counts(kind: ir.Sequence, at: str) -> Iterator[Branch]:
    """Yield the branches about the number of items; each is tried."""
    if kind.min_items is not None:
        yield _breach(f"len(items) < {kind.min_items}", at, "minItems", "len(items)", repr(kind.min_items))
    if kind.max_items is not None:
        yield _breach(f"len(items) > {kind.max_items}", at, "maxItems", "len(items)", repr(kind.max_items))
    if kind.unique:
        yield _breach("(double := violation.repeated(items)) is not None", at, "uniqueItems", "double", "None")


def _is_no_integer(value: str, *, bind: bool) -> str:
    # Nearly every integer is an int, and then the call can be saved.
    if not bind:
        return f"type({value}) is not int and violation.whole({value}) is None"
    return f"(whole := {value} if type({value}) is int else violation.whole({value})) is None"


def _integer_bounds(kind: ir.Integer, at: str) -> Iterator[Branch]:
    if kind.minimum is not None:
        yield _breach(f"whole < {kind.minimum}", at, "minimum", "whole", repr(kind.minimum))
    if kind.maximum is not None:
        yield _breach(f"whole > {kind.maximum}", at, "maximum", "whole", repr(kind.maximum))
    if kind.multiple_of is not None:
        yield _breach(f"whole % {kind.multiple_of} != 0", at, "multipleOf", "whole", repr(kind.multiple_of))


def _number_bounds(kind: ir.Number, at: str) -> Iterator[Branch]:
    for rule, operator, bound in (
        ("minimum", "<", kind.minimum),
        ("exclusiveMinimum", "<=", kind.exclusive_minimum),
        ("maximum", ">", kind.maximum),
        ("exclusiveMaximum", ">=", kind.exclusive_maximum),
    ):
        if bound is not None:
            limit = repr(words.number(bound))
            yield _breach(f"number {operator} {limit}", at, rule, "number", limit)


def _breach(fails: str, at: str, rule: str, value: str, limit: str) -> Branch:
    return Branch(fails=fails, report=f"violation.Violation({at}, {rule!r}, {value}, {limit})")


def wrong_type(at: str, value: str, expected: str) -> str:
    """Spell the report of a value of another JSON type."""
    return f"violation.wrong_type({at}, {value}, {expected!r})"
