"""Requests that keep some rules and break others, looked for among the few values that rules tell apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from proviso import ir, rule_sentences
from proviso.lint import conditions, domains, keeping

_MOST_ENTANGLED = 300  # parameters; each is a step deeper
_TRIALS = 50_000  # rules looked at for one model, in all


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
    looked: list[tuple[ir.Rule, list[str]]]
    trials: int = _TRIALS

    @classmethod
    def of(cls, model: ir.Model) -> Puzzle:
        """Set the puzzle up."""
        looked = [(rule, sorted(keeping.looked_at(rule))) for rule in model.rules]
        names = {name for _, asked in looked for name in asked}
        found = {one.name: domains.domain(model, one) for one in model.parameters if one.name in names}
        return cls(model=model, domains=found, looked=looked)

    def can_be(self, name: str, value: object) -> bool:
        """Tell whether a parameter can have a value in a request that is accepted."""
        return self._solved([name], Goal(fixed={name: value}))

    def can_hold(self, rule: ir.Rule) -> bool:
        """Tell whether a request that is accepted meets the conditions of a rule."""
        return self._solved(self._names(rule), Goal(applies=rule))

    def can_break_alone(self, rule: ir.Rule) -> bool:
        """Tell whether a request breaks one rule and no other."""
        return self._solved(self._names(rule), Goal(breaks=rule))

    def _names(self, rule: ir.Rule) -> list[str]:
        return next(names for one, names in self.looked if one is rule)

    def _solved(self, first: list[str], goal: Goal) -> bool:
        order = self._connected(first)
        if len(order) > _MOST_ENTANGLED or not all(self.domains[name].complete for name in order):
            return True
        places = {name: place for place, name in enumerate(order)}
        due: list[list[ir.Rule]] = [[] for _ in order]
        for rule, names in self.looked:
            if names[0] in places:
                due[max(places[name] for name in names)].append(rule)
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
        order = dict.fromkeys(first)
        waiting = list(first)
        for name in waiting:
            self.trials -= 1
            for _, names in self.looked:
                if name in names:
                    new = [one for one in names if one not in order]
                    order.update(dict.fromkeys(new))
                    waiting.extend(new)
        return list(order)
