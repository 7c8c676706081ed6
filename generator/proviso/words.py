"""Finished words that several emitters use: how limits, types and names are spelled."""

from __future__ import annotations

import textwrap
from decimal import Decimal
from typing import assert_never

from proviso import ir, naming

WIDTH = 100
"""The longest line of generated text."""


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


def condition(one: ir.Condition) -> str:
    """Say a condition in words, such as `mode is image-to-image`."""
    match one:
        case ir.Unless(conditions=conditions):
            denied = " or ".join(_denied(test) for test in conditions)
            return f"({denied})" if len(conditions) > 1 else denied
        case ir.Given():
            return f"{one.parameter} is {'given' if one.given else 'left out'}"
        case _:
            others = ", null or left out" if one.or_null else " or left out" if one.by_default else ""
            return f"{one.parameter} is {_meant(one)}{others}"


def conditions(when: tuple[ir.Condition, ...]) -> str:
    """Say conditions that hold together."""
    return " and ".join(condition(one) for one in when)


def _denied(one: ir.Test) -> str:
    if isinstance(one, ir.Given):
        return f"{one.parameter} is {'left out' if one.given else 'given'}"
    if one.or_null:
        return f"{one.parameter} is given and neither {_meant(one)} nor null"
    given = "given and " if one.by_default else ""
    return f"{one.parameter} is {given}not {_meant(one)}"


def _meant(one: ir.Among | ir.Within) -> str:
    match one:
        case ir.Among(values=values):
            return " or ".join(map(spoken, values))
        case ir.Within(range=span):
            return number_span(span).replace(", ", " and ")
        case _:
            assert_never(one)


def written(value: ir.Scalar) -> str:
    """Write a value as the documents write it, and as it travels where everything is text."""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)


def spoken(value: ir.Scalar) -> str:
    """Say a value to a reader; an empty text in quotes, since it could not be seen."""
    return written(value) or '""'


def number(value: Decimal) -> int | float:
    """Turn an exact number into the one that Python code carries: an integer where it is one."""
    return int(value) if value == value.to_integral_value() else float(value)


def plain(value: ir.Scalar) -> str | int | float | bool:
    """Turn a value of a spec into one that Python code carries."""
    return number(value) if isinstance(value, Decimal) else value


def number_span(kind: ir.Number) -> str:
    """Say in words between which bounds a number lies."""
    parts = [
        f"{word} {bound}"
        for word, bound in (
            ("at least", kind.minimum),
            ("more than", kind.exclusive_minimum),
            ("at most", kind.maximum),
            ("less than", kind.exclusive_maximum),
            ("a multiple of", kind.multiple_of),
        )
        if bound is not None
    ]
    return ", ".join(parts)


def chunks(text: str, width: int = 80) -> tuple[str, ...]:
    """Cut a long text into pieces that follow one another in source."""
    lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
    return (*(f"{line} " for line in lines[:-1]), *lines[-1:]) or ("",)


def doubts_about(doubts: tuple[ir.Doubt, ...], *touched: str) -> tuple[ir.Doubt, ...]:
    """Pick the doubts that touch one of some parameters or sections."""
    return tuple(doubt for doubt in doubts if set(doubt.touches) & set(touched))
