"""Finished words that several emitters use: how limits, types and names are spelled."""

from __future__ import annotations

import textwrap
from decimal import Decimal
from typing import assert_never

from proviso import ir, naming, pixel_words

WIDTH = 100
"""The longest line of generated text."""


_LARGEST = 2**63 - 1


def header(path: str) -> str:
    """Name the spec that a file comes from: its folder and file, wherever the specs lie."""
    return "/".join(path.split("/")[-2:])


def model_module(package: str, provider: ir.Provider, model: ir.Model) -> str:
    """Spell the full name of a model's package."""
    return f"{provider_module(package, provider)}.{naming.module_name(model.name)}"


def provider_module(package: str, provider: ir.Provider) -> str:
    """Spell the full name of a provider's package."""
    return f"{package}.{naming.module_name(provider.name)}"


def folder(package: str, provider: ir.Provider, model: ir.Model | None = None) -> str:
    """Spell the folder of a provider or a model inside the output folder."""
    name = provider_module(package, provider) if model is None else model_module(package, provider, model)
    return name.replace(".", "/")


def limits(kind: ir.Kind) -> str:
    """Say in words what a kind allows, such as `integer, 1 to 10`."""
    match kind:
        case ir.Sequence(items=items, min_items=least, max_items=most, unique=unique):
            count = _span(least, most)
            each = _details(items)
            parts = [
                f"list of {count} {_nouns(items)}" if count else f"list of {_nouns(items)}",
                *([f"each {each}"] if each else []),
                *(["all different"] if unique else []),
            ]
            return ", ".join(parts)
        case ir.Text() | ir.Integer() | ir.Number():
            noun = "text" if isinstance(kind, ir.Text) else "integer" if isinstance(kind, ir.Integer) else "number"
            details = _details(kind)
            return f"{noun}, {details}" if details else noun
        case ir.Url(schemes=schemes):
            return f"{' or '.join(schemes)} address"
        case ir.Flag():
            return "true or false"
        case ir.Choice() | ir.PixelSize():
            return _details(kind)
        case _:
            assert_never(kind)


def python_type(kind: ir.Kind) -> str:
    """Spell the type of a parameter as a type checker reads it."""
    match kind:
        case ir.Text() | ir.Url() | ir.PixelSize():
            return "str"
        case ir.Choice(values=values):
            return f"Literal[{', '.join(map(repr, values))}]" if is_literal(kind) else "int"
        case ir.Integer():
            return "int"
        case ir.Number():
            return "float"
        case ir.Flag():
            return "bool"
        case ir.Sequence(items=items):
            return f"list[{python_type(items)}]"
        case _:
            assert_never(kind)


def is_literal(kind: ir.Kind) -> bool:
    """Tell whether every allowed value can stand in a Literal: mypy reads no integer beyond 64 bits there."""
    return isinstance(kind, ir.Choice) and all(
        isinstance(value, str) or -_LARGEST <= value <= _LARGEST for value in kind.values
    )


def condition(one: ir.Condition) -> str:
    """Say a condition in words, such as `mode is image-to-image`."""
    match one:
        case ir.Unless(conditions=conditions):
            denied = " or ".join(_denied(test) for test in conditions)
            return f"({denied})" if len(conditions) > 1 else denied
        case ir.Given():
            return f"{one.parameter} is {'given' if one.given else 'left out'}"
        case _:
            return f"{one.parameter} is {_meant(one)}{' or left out' if one.by_default else ''}"


def conditions(when: tuple[ir.Condition, ...]) -> str:
    """Say conditions that hold together."""
    return " and ".join(condition(one) for one in when)


def _denied(one: ir.Test) -> str:
    if isinstance(one, ir.Given):
        return f"{one.parameter} is {'left out' if one.given else 'given'}"
    given = "given and " if one.by_default else ""
    return f"{one.parameter} is {given}not {_meant(one)}"


def _meant(one: ir.Among | ir.Within) -> str:
    match one:
        case ir.Among(values=values):
            return " or ".join(map(spoken, values))
        case ir.Within(range=span):
            return _number_span(span).replace(", ", " and ")
        case _:
            assert_never(one)


def spoken(value: ir.Scalar) -> str:
    """Say a value as the documents write it."""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def number(value: Decimal) -> int | float:
    """Turn an exact number into the one that Python code carries: an integer where it is one."""
    return int(value) if value == value.to_integral_value() else float(value)


def plain(value: ir.Scalar) -> str | int | float | bool:
    """Turn a value of a spec into one that Python code carries."""
    return number(value) if isinstance(value, Decimal) else value


def chunks(text: str, width: int = 80) -> tuple[str, ...]:
    """Cut a long text into pieces that follow one another in source."""
    lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    return (*(f"{line} " for line in lines[:-1]), *lines[-1:]) or ("",)


def doubts_about(doubts: tuple[ir.Doubt, ...], *touched: str) -> tuple[ir.Doubt, ...]:
    """Pick the doubts that touch one of some parameters or sections."""
    return tuple(doubt for doubt in doubts if set(doubt.touches) & set(touched))


def _listed(parts: tuple[str, ...]) -> str:
    return f"{', '.join(parts[:-1])} or {parts[-1]}" if len(parts) > 1 else parts[0]


def _nouns(kind: ir.ItemKind) -> str:
    match kind:
        case ir.Text():
            return "texts"
        case ir.Url(schemes=schemes):
            return f"{' or '.join(schemes)} addresses"
        case ir.Integer():
            return "integers"
        case ir.Number():
            return "numbers"
        case ir.Flag():
            return "truth values"
        case ir.Choice():
            return "values"
        case ir.PixelSize():
            return "sizes"
        case _:
            assert_never(kind)


def _details(kind: ir.ItemKind) -> str:
    match kind:
        case ir.Text(min_length=least, max_length=most):
            span = _span(least, most)
            return f"{span} characters" if span else ""
        case ir.Integer(minimum=least, maximum=most, multiple_of=multiple):
            return ", ".join(filter(None, (_span(least, most), f"a multiple of {multiple}" if multiple else "")))
        case ir.Number():
            return _number_span(kind)
        case ir.Choice(values=values):
            return _listed(tuple(map(str, values)))
        case ir.PixelSize(tiers=tiers, separators=separators):
            others = f" with {_listed(separators)} between" if len(separators) > 1 else ""
            form = _listed((*tiers, f"WIDTH{separators[0]}HEIGHT")) + others
            return form if kind.limits is None else f"{form}: {pixel_words.spoken(kind.limits)}"
        case ir.Url() | ir.Flag():
            return ""
        case _:
            assert_never(kind)


def _span(least: int | None, most: int | None) -> str:
    if least is not None and most is not None:
        return f"{least} to {most}" if least != most else f"exactly {least}"
    if most is not None:
        return f"at most {most}"
    return "" if least is None else f"at least {least}"


def _number_span(kind: ir.Number) -> str:
    parts = [
        f"{word} {bound}"
        for word, bound in (
            ("at least", kind.minimum),
            ("more than", kind.exclusive_minimum),
            ("at most", kind.maximum),
            ("less than", kind.exclusive_maximum),
        )
        if bound is not None
    ]
    return ", ".join(parts)
