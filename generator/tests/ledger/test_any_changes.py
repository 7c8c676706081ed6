"""Whatever is written, in whatever pieces: every store comes to the same entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from proviso_runtime.ledger import (
    Accepted,
    Change,
    Ended,
    Intended,
    Ledger,
    MemoryLedger,
    SqliteLedger,
    SqlLedger,
    State,
)
from proviso_runtime.ledger.entries import ENDED

from . import postgres

_SOME = settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)

# Few names, so that changes meet.
_NAMES = st.sampled_from(["a", "b", "c", "d"])
_PROVIDERS = st.sampled_from(["acme", "other"])
_JOBS = st.sampled_from(["j1", "j2", "j\0\ud800", "ä" * 1500])
_TIMES = st.floats(0, 4e9)
_AMOUNTS = st.none() | st.decimals(allow_nan=False, allow_infinity=False)
_CURRENCIES = st.none() | st.sampled_from(["USD", "credits"])
_TEXTS = st.none() | st.text(max_size=5)
_ADDRESSES = st.dictionaries(st.sampled_from(["poll", "cancel"]), st.text(max_size=5))
_CHANGES = st.one_of(
    st.builds(
        Intended, entry=_NAMES, provider=_PROVIDERS, model=st.just("m"), at=_TIMES, until=_TIMES, body_sha256=st.just("f"),
        reference=_TEXTS, prompt=_TEXTS, job_id=st.none() | _JOBS, currency=_CURRENCIES, hold=_AMOUNTS, least=_AMOUNTS,
        most=_AMOUNTS,
    ),
    st.builds(Accepted, entry=_NAMES, at=_TIMES, job_id=_JOBS, addresses=_ADDRESSES),
    st.builds(
        Ended, entry=st.none() | _NAMES, provider=_PROVIDERS, at=_TIMES, state=st.sampled_from(get_args(State)),
        job_id=st.none() | _JOBS, currency=_CURRENCIES, charged=_AMOUNTS,
        charged_by=st.sampled_from(["provider", "quote"]), delivered=st.none() | st.integers(0, 9), code=_TEXTS, why=_TEXTS,
    ),
)  # fmt: skip
_WRITES = st.lists(st.lists(_CHANGES, max_size=6), max_size=8)


@pytest.fixture(params=["sqlite", "postgres"])
def stored(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """Make a ledger that is more than memory."""
    if request.param == "sqlite":
        with SqliteLedger(tmp_path_factory.mktemp("ledger") / "ledger.db") as sqlite:
            yield sqlite
    else:
        running: postgres.Server = request.getfixturevalue("server")
        with SqlLedger(running.empty()) as sql:
            yield sql


@_SOME
@given(writes=_WRITES)
def test_every_store_comes_to_the_same_entries(stored: Ledger, writes: Sequence[Sequence[Change]]) -> None:
    stored.forget([entry.id for entry in stored.find()])
    memory = MemoryLedger()
    for write in writes:
        stored.write(write)
        for change in write:  # in other pieces, which must make no difference
            memory.write([change])
    kept, expected = list(stored.find()), list(memory.find())
    assert kept == expected
    assert [str(entry.charged) for entry in kept] == [str(entry.charged) for entry in expected]


@given(changes=st.lists(_CHANGES, max_size=20))
def test_an_end_stays_and_what_is_known_stays_known(changes: Sequence[Change]) -> None:
    memory = MemoryLedger()
    before = {entry.id: entry for entry in memory.find()}
    for change in changes:
        memory.write([change])
        after = {entry.id: entry for entry in memory.find()}
        for name, entry in before.items():
            if entry.state in ENDED:
                assert (after[name].state, after[name].ended_at) == (entry.state, entry.ended_at)
            assert entry.job_id is None or after[name].job_id is not None
            assert entry.charged is None or after[name].charged is not None
            assert not entry.addresses or after[name].addresses
        before = after
