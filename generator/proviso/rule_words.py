"""Expressions that check a rule between parameters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from proviso import condition_words, ir, words


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
            applies = condition_words.python(rule.when)
            yield RuleBlock(
                comment=f"{name} is required when {because}.", applies=applies, parameter=name, because=because
            )
