"""Expressions that check a rule between parameters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from proviso import ir, words


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBlock:
    """A rule between parameters: when it applies, and whom it asks for."""

    comment: str
    applies: str
    parameter: str
    because: str


def rules(model: ir.Model) -> Iterator[RuleBlock]:
    """Yield the checks of the rules of a model."""
    for rule in model.rules:
        for name in rule.parameters:
            because = words.conditions(rule.when)
            applies = " and ".join(map(_applies, rule.when))
            yield RuleBlock(
                comment=f"{name} is required when {because}.", applies=applies, parameter=name, because=because
            )


def _applies(one: ir.Condition) -> str:
    """Spell a condition; the type is asked first, since `==` of a foreign type may do anything."""
    given = f"given.get({one.parameter!r})"
    values = tuple(words.plain(value) for value in one.values)
    listed = repr(values[0]) if len(values) == 1 else repr(values)
    operator = "==" if len(values) == 1 else "in"
    match values[0]:
        case bool():
            holds = f"{given} is {listed}" if len(values) == 1 else f"type({given}) is bool"
        case str():
            holds = f"type(value := {given}) is str and value {operator} {listed}"
        case _:
            holds = f"violation.number({given}) {operator} {listed}"
    return f"({one.parameter!r} not in given or ({holds}))" if one.by_default else holds
