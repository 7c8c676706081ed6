"""Rules between parameters in words: what each says of the parameters that it names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from proviso import ir, kind_words, pixel_words, words

Clause = tuple[tuple[str, ...], str]
"""Some parameters, and what a rule says of them, such as `required when mode is edit`."""

_GROUPS: dict[ir.Together, str] = {
    "at_most_one": "at most one of them is sent",
    "exactly_one": "exactly one of them is sent",
    "at_least_one": "at least one of them is sent",
    "all_or_none": "all of them are sent, or none",
}

_WORDS: dict[type[ir.Rule], str] = {
    ir.Require: "require",
    ir.Limit: "limit",
    ir.Pixels: "pixels",
    ir.AnyOf: "any_of",
    ir.EqualCounts: "equal_counts",
    ir.Sets: "sets",
}


def clauses(rule: ir.Rule) -> Iterator[Clause]:
    """Yield what a rule says, by the parameters that it says it of."""
    end = _when(rule) + _advice(rule)
    for names, said in _said(rule):
        yield names, f"{said}{end}"


def word(rule: ir.Rule) -> str:
    """Give the name of a rule in the spec language, which its violations carry."""
    match rule:
        case ir.Forbid(ignored=ignored):
            return "ignored" if ignored else "forbid"
        case ir.Group(how=how) | ir.Total(how=how):
            return how
        case _:
            return _WORDS[type(rule)]


def is_advice(rule: ir.Rule) -> bool:
    """Tell whether a rule refuses no request."""
    return rule.advice is not None or (isinstance(rule, ir.Forbid) and rule.ignored)


def about(rule: ir.Rule, name: str) -> Iterator[str]:
    """Yield what a rule says of one parameter, as sentences."""
    for names, said in clauses(rule):
        if name in names:
            alone = isinstance(rule, ir.Require | ir.Forbid) or len(names) == 1
            sentence = said if alone else f"{_listed(names)}: {said}"
            yield f"{sentence[:1].upper() if alone else sentence[:1]}{sentence[1:]}."


def sentence(names: tuple[str, ...], said: str) -> str:
    """Write a clause as one sentence that names its parameters."""
    return f"{', '.join(names)}: {said}."


def named(rule: ir.Rule) -> tuple[str, ...]:
    """Name the parameters that a rule asks something of, in the order of the rule."""
    return tuple(dict.fromkeys(name for names, _ in _said(rule) for name in names))


def options(rule: ir.AnyOf) -> tuple[str, ...]:
    """Say each of the limits of which one is kept."""
    return tuple(map(_option, rule.options))


def _said(rule: ir.Rule) -> Iterator[Clause]:
    match rule:
        case ir.Require(parameters=names):
            yield names, "required"
        case ir.Forbid(parameters=names, ignored=ignored):
            yield names, "ignored" if ignored else "not allowed"
        case ir.Group(how=how, parameters=names):
            yield names, _GROUPS[how]
        case ir.Limit(limits=limits):
            yield from (((name,), _narrowed(kind)) for name, kind in limits)
        case ir.Pixels(parameters=names, limits=limits):
            yield names, pixel_words.spoken(limits)
        case ir.AnyOf(options=options):
            names = tuple(dict.fromkeys(name for option in options for name in named(option)))
            yield names, f"either {', or '.join(map(_option, options))}"
        case ir.Total(how=how, parameters=names, minimum=least, maximum=most):
            bounds = [f"at least {least}"] * (least is not None) + [f"at most {most}"] * (most is not None)
            yield names, f"their {how} is {' and '.join(bounds)}"
        case ir.EqualCounts(parameters=names):
            yield names, "as many items in each"
        case ir.Sets(values=values):
            yield from (((name,), f"{words.spoken(value)} or left out") for name, value in values)
        case _:
            assert_never(rule)


def _option(option: ir.Limit | ir.Pixels) -> str:
    return " and ".join(f"{_listed(names)} {said}" for names, said in _said(option))


def _narrowed(kind: ir.Kind) -> str:
    match ir.bare(kind):
        case ir.Sequence(min_items=least, max_items=most):
            single = (least if most is None else most) == 1
            return f"{pixel_words.span(least, most)} {'item' if single else 'items'}"
        case narrowed:
            said = kind_words.limits(narrowed)
            for noun in ("integer, ", "number, ", "text, "):
                said = said.removeprefix(noun)
            return said


def _when(rule: ir.Rule) -> str:
    return f" when {words.conditions(rule.when)}" if rule.when else ""


def _advice(rule: ir.Rule) -> str:
    return "" if rule.advice is None else f" (advice: {rule.advice.removesuffix('.')})"


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
