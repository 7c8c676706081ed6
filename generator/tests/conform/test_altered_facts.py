"""A run with the true spec against a provider that is another in one fact names exactly that fact."""

from __future__ import annotations

import os
from collections.abc import Iterable

import pytest

from . import alterations, asked
from .alterations import Alteration

EVERY = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
"""Whether every alteration is tried, and not just one of each kind in each model."""


def _chosen(names: Iterable[str]) -> list[Alteration]:
    found: dict[object, Alteration] = {}
    for name in names:
        for one in (*alterations.of(asked.PROVIDERS[name]), *alterations.priced(asked.PROVIDERS[name])):
            protocol = one.kind in ("path", "state", "status")
            found.setdefault((name, one.model, one.kind, one.what if EVERY or protocol else None), one)
    return list(found.values())


def _name(one: Alteration) -> str:
    return f"{one.provider.name}-{one.kind}-{one.model or 'provider'}-{one.what}"


@pytest.mark.parametrize("one", _chosen(asked.PROVIDERS if EVERY else asked.OURS), ids=_name)
def test_exactly_the_fact_that_is_another_is_denied(one: Alteration) -> None:
    true = asked.PROVIDERS[one.provider.name] if one.true is None else one.true

    heard = asked.run(true, one.provider)

    name = one.provider.name if one.model is None else f"{one.provider.name}/{one.model}"
    assert heard.denied == {f"{name} {one.what}"}


@pytest.mark.parametrize("name", asked.PROVIDERS)
def test_a_provider_that_is_as_documented_denies_nothing(name: str) -> None:
    assert asked.run(asked.PROVIDERS[name]).denied == set()
