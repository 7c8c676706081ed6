"""Requests changed until they keep every rule between parameters, or break exactly one of them.

Only what rules look at is changed, and no more than is needed: every parameter is tried with the
value that it has, then with others, in an order that a drawn number decides. The tries end, since
there are few values to try; nothing that was drawn is ever thrown away.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cache

from proviso import ir
from proviso.drawing import candidates
from proviso.drawing.candidates import ABSENT
from proviso.oracle import meaning, rule_breaches
from proviso.oracle.rule_breaches import Breach
from proviso.oracle.subject import Subject

Params = dict[str, object]

_MOST = 200_000
SPAN = 2**30
"""The numbers that decide the order of trials lie below this."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """A rule that is to be broken, and what it is to have against the request."""

    rule: ir.Rule
    breaks: Callable[[list[Breach]], bool]


@dataclass(kw_only=True)
class _Search:
    """The state of the tries.

    due: at every place of the order the rules that can be decided there, with the parameters that they look at.
    holds: the place from which on the target's conditions are known.
    right: what was found of rules and values, which come again and again.
    """

    subject: Subject
    request: Params
    held: Mapping[str, object]
    lost: Collection[str]
    target: Target | None
    order: list[str]
    due: list[list[tuple[ir.Rule, frozenset[str]]]]
    holds: int
    number: int
    trials: int = 0
    right: dict[tuple[int, ...], bool] = field(default_factory=dict)
    found: Params = field(default_factory=dict)

    def conflict(self, at: int, params: Params) -> set[str] | None:
        """Give the parameter at a place of the order each of its values, until all the later ones have one too.

        Return None then; else the earlier parameters because of which no value is right, so that
        those between them and this one need not be tried again.
        """
        if at == len(self.order):
            self.found = params
            return None
        name, blamed = self.order[at], set[str]()
        for value in self._values(at):
            tried = {one: other for one, other in params.items() if one != name}
            if value is not ABSENT:
                tried[name] = value
            because = self._refusal(at, tried) or self.conflict(at + 1, tried)
            if because is None:
                return None
            if name not in because:
                return because
            blamed |= because
        return blamed - {name}

    def _refusal(self, at: int, params: Params) -> set[str]:
        """Return the parameters of a rule that is not right with what is chosen so far, or nothing."""
        if at == self.holds and self.target is not None and not meaning.hold(self.target.rule.when, params):
            return {test.parameter for test in rule_breaches.tests(self.target.rule)}
        for rule, looked in self.due[at]:
            # Every value is kept by those who know it, so that none takes the place of another.
            known = (id(rule), *(id(params.get(name, ABSENT)) for name in looked))
            if known not in self.right:
                self.right[known] = self._is_right(rule, params)
            if not self.right[known]:
                return set(looked)
        return set()

    def _values(self, at: int) -> list[object]:
        name = self.order[at]
        if name in self.held:
            return [self.held[name]]
        others = candidates.of(self.subject)[name]
        first = self.number // (at + 1) % len(others)
        return [self.request.get(name, ABSENT), *others[first:], *others[:first]]

    def _is_right(self, rule: ir.Rule, params: Params) -> bool:
        self.trials += 1
        assert self.trials < _MOST, f"{self.subject}: the rules are too entangled for a request to be found"
        found = rule_breaches.of_rule(self.subject.model, rule, params)
        if self.target is not None and rule is self.target.rule:
            return self.target.breaks(found)
        return all(self._is_forgiven(one) for one in found)

    def _is_forgiven(self, one: Breach) -> bool:
        """Say whether something is missing because the object that should hold it is."""
        return bool(self.lost) and (
            one.at == "" or (one.at[1:] in self.lost and one.rule in ("require", "all_or_none"))
        )


def settled(
    subject: Subject,
    request: Params,
    *,
    number: int,
    held: Mapping[str, object],
    lost: Collection[str] = (),
    target: Target | None = None,
) -> Params:
    """Change a request until it keeps all rules but the target.

    number: decides which of several changes is made.
    held: parameters that stay as they are said here; ABSENT stays left out, and those that are lost are missed by no one.
    """
    model = subject.model
    wrong = [rule for rule in model.rules if rule_breaches.of_rule(model, rule, request)]
    asked = () if target is None else tuple(test.parameter for test in rule_breaches.tests(target.rule))
    first = [*held, *asked, *(sorted(rule_breaches.looked_at(target.rule)) if target else ())]
    order = _connected(subject, [*first, *(name for rule in wrong for name in sorted(rule_breaches.looked_at(rule)))])
    due: list[list[tuple[ir.Rule, frozenset[str]]]] = [[] for _ in order]
    holds = max((order.index(name) for name in asked), default=-1)
    for rule, looked in zip(model.rules, _looked(subject), strict=True):
        if looked <= set(order):
            due[max(order.index(name) for name in looked)].append((rule, looked))
    search = _Search(
        subject=subject,
        request=request,
        held=held,
        lost=lost,
        target=target,
        order=order,
        due=due,
        holds=holds,
        number=number,
    )
    assert search.conflict(0, request) is None, (
        f"{subject}: no request was found that keeps the rules around {', '.join(order)}"
    )
    return search.found


def _connected(subject: Subject, first: list[str]) -> list[str]:
    """List parameters that rules look at, so that those of one rule come together."""
    looked = _looked(subject)
    order = list(dict.fromkeys(name for name in first if any(name in one for one in looked)))
    for name in order:
        for one in looked:
            if name in one:
                order.extend(other for other in sorted(one) if other not in order)
    return order


@cache
def _looked(subject: Subject) -> tuple[frozenset[str], ...]:
    return tuple(map(rule_breaches.looked_at, subject.model.rules))
