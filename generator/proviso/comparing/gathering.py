"""Tells once what several models share: the same change, at the same place, becomes one of many subjects."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from proviso.comparing.changes import Change

SHARED = ("job", "immediate", "schedule", "errors", "headers", "query")
"""What a provider says for all its models, each of which may say otherwise."""


def gathered(changes: Iterable[Change], *, providers: frozenset[str]) -> tuple[Change, ...]:
    """Join changes that are one, and judge those that no model goes by as information.

    providers: the names of providers that have models in both states.
    """
    found: dict[Change, list[str]] = {}
    for one in changes:
        found.setdefault(replace(one, subjects=()), []).extend(one.subjects)
    return tuple(_judged(one, tuple(dict.fromkeys(subjects)), providers) for one, subjects in found.items())


def _judged(one: Change, subjects: tuple[str, ...], providers: frozenset[str]) -> Change:
    """Give a change its subjects; what a provider says and none of its models goes by means nothing to users."""
    alone = len(subjects) == 1 and subjects[0] in providers
    if alone and one.at.partition(".")[0].partition("[")[0] in SHARED:
        return replace(
            one, subjects=subjects, means="information", consequence=f"no model goes by it: {one.consequence}"
        )
    return replace(one, subjects=subjects)


def shown_subjects(change: Change) -> str:
    """Say whose change it is: a provider where it says so for its models, else every model."""
    provider = next((one for one in change.subjects if "/" not in one), None)
    return provider or ", ".join(change.subjects)
