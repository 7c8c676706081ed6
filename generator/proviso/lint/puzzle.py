"""Requests that keep some rules and break others, looked for among the few values that rules tell apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from proviso import ir, rule_sentences
from proviso.lint import conditions, domains, keeping

_TRIALS = 150_000  # rules looked at for one model, in all


class OutOfTrials(Exception):
    """The search takes too long to be worth its answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What a request is to be like: a value that it has, a rule that applies to it, a rule that it breaks."""

    fixed: Mapping[str, object] = field(default_factory=dict[str, object])
    applies: ir.Rule | None = None
    breaks: ir.Rule | None = None


@dataclass(slots=True, kw_only=True)
class Puzzle:
    """The parameters of a model that its rules look at, and the trials that are left."""

    model: ir.Model
    domains: dict[str, domains.Domain]
    trials: int = _TRIALS

    @classmethod
    def of(cls, model: ir.Model) -> Puzzle:
        """Set the puzzle up."""
        looked = {name for rule in model.rules for name in keeping.looked_at(rule)}
        return cls(
            model=model,
            domains={one.name: domains.domain(model, one) for one in model.parameters if one.name in looked},
        )

    def can_be(self, name: str, value: object) -> bool:
        """Tell whether a parameter can have a value in a request that is accepted."""
        return self._solved([name], Goal(fixed={name: value}))

    def can_hold(self, rule: ir.Rule) -> bool:
        """Tell whether a request that is accepted meets the conditions of a rule."""
        return self._solved(sorted(keeping.looked_at(rule)), Goal(applies=rule))

    def can_break_alone(self, rule: ir.Rule) -> bool:
        """Tell whether a request breaks one rule and no other."""
        return self._solved(sorted(keeping.looked_at(rule)), Goal(breaks=rule))

    def _solved(self, first: list[str], goal: Goal) -> bool:
        order = self._connected(first)
        if not all(self.domains[name].complete for name in order):
            return True
        due: list[list[ir.Rule]] = [[] for _ in order]
        for rule in self.model.rules:
            if (looked := keeping.looked_at(rule)) <= set(order):
                due[max(order.index(name) for name in looked)].append(rule)
        return self._assigned(list(zip(order, due, strict=True)), goal, {})

    def _assigned(self, steps: list[tuple[str, list[ir.Rule]]], goal: Goal, params: dict[str, object]) -> bool:
        """Give the first parameter each of its values, and look at the rules that can be judged then."""
        if not steps:
            return True
        (name, due), *later = steps
        for value in (goal.fixed[name],) if name in goal.fixed else self.domains[name].values:
            tried = params if value is domains.ABSENT else {**params, name: value}
            if all(self._is_right(rule, goal, tried) for rule in due) and self._assigned(later, goal, tried):
                return True
        return False

    def _is_right(self, rule: ir.Rule, goal: Goal, params: dict[str, object]) -> bool:
        self.trials -= 1
        if self.trials < 0:
            raise OutOfTrials
        holds = conditions.hold(rule.when, params)
        is_broken = holds and not keeping.kept(self.model, rule, params)
        if rule is goal.breaks:
            return is_broken
        if rule is goal.applies and not holds:
            return False
        return rule_sentences.is_advice(rule) or not is_broken

    def _connected(self, first: list[str]) -> list[str]:
        """List the parameters that rules connect with some, so that those of one rule come together."""
        order = list(first)
        for name in order:
            for rule in self.model.rules:
                if name in (looked := keeping.looked_at(rule)):
                    order.extend(one for one in sorted(looked) if one not in order)
        return order
