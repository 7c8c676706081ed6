"""As many requests are let in as documents say, in any span of time, and a place gets free when it says so."""

from __future__ import annotations

import functools
import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from proviso import ir
from proviso.mock.turns import Turns
from tests import building

_LEAST, _PER = 3, 10.0
_PAUSES = st.lists(st.integers(0, 80).map(lambda tenths: tenths / 10), max_size=40)


@functools.cache
def _provider() -> ir.Provider:
    with tempfile.TemporaryDirectory() as folder:
        (found,) = building.accepted(building.write(Path(folder)))
        return found


def _turns(of: ir.Counted, per: Decimal | None) -> Turns:
    return Turns(replace(_provider(), rate=(ir.RateLimit(of=of, least=_LEAST, most=_LEAST + 2, per=per),)))


@settings(max_examples=60, deadline=None)
@given(pauses=_PAUSES)
def test_no_span_of_time_has_more_than_its_share(pauses: list[float]) -> None:
    turns, now, let_in = _turns("submissions", Decimal(_PER)), 1_000_000.0, list[float]()
    for pause in pauses:
        now += pause
        wait = turns.wait("submit", building.MODEL, now, running=0)
        if wait is not None:
            assert 0 < wait <= _PER
            assert turns.wait("submit", building.MODEL, now + wait / 2, running=0) is not None
            now += wait
            assert turns.wait("submit", building.MODEL, now, running=0) is None
        let_in.append(now)
    assert all(later - first >= _PER for first, later in zip(let_in, let_in[_LEAST:], strict=False))


def test_polls_take_no_turn_of_submissions() -> None:
    turns = _turns("submissions", Decimal(_PER))
    for _ in range(10 * _LEAST):
        assert turns.wait("poll", building.MODEL, 0.0, running=0) is None
    assert turns.wait("submit", building.MODEL, 0.0, running=0) is None


def test_jobs_at_once_are_counted_while_they_run() -> None:
    turns = _turns("jobs", None)
    assert turns.wait("submit", building.MODEL, 0.0, running=_LEAST - 1) is None
    assert turns.wait("submit", building.MODEL, 0.0, running=_LEAST) is not None
