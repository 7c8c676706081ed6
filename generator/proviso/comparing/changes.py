"""A change between two states of specs: what it is, where, what it means to users, and what tells it from others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from proviso.diagnostics import Place

Class = Literal["breaking", "compatible", "information"]
CLASSES: tuple[Class, ...] = ("breaking", "compatible", "information")
"""From what hurts most to what hurts nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a change means to users: a class, and a sentence in which {what}, {old} and {new} may stand."""

    means: Class
    says: str


def breaking(says: str) -> Verdict:
    """Judge that somebody must act: requests, budgets or clients that worked do so no longer."""
    return Verdict(means="breaking", says=says)


def compatible(says: str) -> Verdict:
    """Judge that whatever worked goes on working."""
    return Verdict(means="compatible", says=says)


def information(says: str) -> Verdict:
    """Judge that no request, price or result is another."""
    return Verdict(means="information", says=says)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One fact that is another now.

    means: its class. rule: what kind of fact it is, in kebab-case. subjects: `provider` or `provider/model`, every one
    that it touches. at: the way to the fact within each of them, such as `parameters.n.maximum`. old, new: the fact in
    words, None where there is none. consequence: one sentence for users. place: where it stands in the new specs, or what
    is around it where it is gone. was: where that which is gone stood in the old ones.
    """

    means: Class
    rule: str
    subjects: tuple[str, ...]
    at: str
    old: str | None
    new: str | None
    consequence: str
    place: Place
    was: Place | None = None


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Sort changes: what hurts most first, then by place."""
    return tuple(sorted(changes, key=lambda one: (CLASSES.index(one.means), one.place, one.at, one.rule)))
