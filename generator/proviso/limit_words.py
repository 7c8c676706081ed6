"""Expressions for the narrower limits that rules give parameters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from proviso import ir, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """A keyword, an expression that is true where a sent value breaks it, and expressions of the value and the limit."""

    keyword: str
    fails: str
    value: str
    limit: str


def breaches(name: str, kind: ir.Kind) -> Iterator[Breach]:
    """Yield a breach for every limit; none is true of a value of another type, or of one that is left out."""
    found = f"given.get({name!r})"
    match kind:
        case ir.Integer(minimum=least, maximum=most, multiple_of=multiple):
            is_right = f"(value := violation.whole({found})) is not None"
            yield from _compared(is_right, "value", (("minimum", "<", least), ("maximum", ">", most)))
            if multiple is not None:
                fails = f"{is_right} and value % {multiple} != 0"
                yield Breach(keyword="multipleOf", fails=fails, value="value", limit=repr(multiple))
        case ir.Number():
            is_right = f"(value := violation.number({found})) is not None"
            bounds = (
                ("minimum", "<", kind.minimum),
                ("exclusiveMinimum", "<=", kind.exclusive_minimum),
                ("maximum", ">", kind.maximum),
                ("exclusiveMaximum", ">=", kind.exclusive_maximum),
            )
            plain = tuple((rule, how, None if one is None else words.number(one)) for rule, how, one in bounds)
            yield from _compared(is_right, "value", plain)
        case ir.Choice(values=values):
            allowed = repr(tuple(map(words.plain, values)))
            match values[0]:
                case str():
                    is_right = f"type(value := {found}) is str"
                case int():
                    is_right = f"(value := violation.whole({found})) is not None"
                case _:
                    is_right = f"(value := violation.number({found})) is not None"
            yield Breach(keyword="enum", fails=f"{is_right} and value not in {allowed}", value="value", limit=allowed)
        case ir.Text(min_length=least, max_length=most):
            is_right = f"type(value := {found}) is str"
            yield from _compared(is_right, "len(value)", (("minLength", "<", least), ("maxLength", ">", most)))
        case ir.Sequence(min_items=least, max_items=most):
            is_right = f"(items := violation.items({found})) is not None"
            yield from _compared(is_right, "len(items)", (("minItems", "<", least), ("maxItems", ">", most)))
        case ir.Nullable(of=inner):
            yield from breaches(name, inner)
        case _:
            # No rule narrows others by limits of their own kind.
            raise AssertionError(kind)


def _compared(is_right: str, value: str, bounds: tuple[tuple[str, str, int | float | None], ...]) -> Iterator[Breach]:
    for keyword, operator, bound in bounds:
        if bound is not None:
            fails = f"{is_right} and {value} {operator} {bound!r}"
            yield Breach(keyword=keyword, fails=fails, value=value, limit=repr(bound))
