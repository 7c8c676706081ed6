"""Documented rates are kept to: a submission that comes too early waits for its turn, and no longer than it must."""

from __future__ import annotations

import dataclasses

from hypothesis import strategies as st

from harness.clock import FakeClock
from harness.effort import once
from harness.faces import Face
from harness.provider_mock import ProviderMock
from harness.subjects import Subject
from proviso import ir
from proviso.drawing import strategies, transcripts
from proviso_runtime.gates import UNWATCHED

_HAIR = 1e-6  # seconds
_LOOK = 0.26  # seconds until it is seen that a place among jobs has got free


@once(data=st.data())
def test_three_times_as_many_submissions_as_are_let_in_are_spread_out_as_documented(
    limited_subject: Subject, face: Face, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(limited_subject))
    life = data.draw(transcripts.transcripts(limited_subject, params=params, phases=("succeeded",)))
    limits = [limit for rate in (limited_subject.provider.rate, limited_subject.model.rate) for limit in _known(rate)]
    clock = FakeClock()
    line = face.line(limited_subject, clock)
    left: list[float] = []
    for number in range(3 * min(one.most for one in limits)):
        script = dataclasses.replace(life, job_id=f"job-{number}").script(limited_subject)
        with ProviderMock(limited_subject, script, library=face.library, clock=clock)() as mock:
            line.submit(params)
        left += [one.at for one in mock.sent]
        earliest = max([left[max(number - 1, 0)], *(_next(left, number, one) for one in limits)])
        assert earliest - _HAIR <= left[number] <= earliest + _LOOK
    assert left[-1] - left[0] >= 2 * min(_span(one) for one in limits) - _HAIR


def _known(rate: tuple[ir.RateLimit, ...] | ir.Unknown) -> tuple[ir.RateLimit, ...]:
    return () if isinstance(rate, ir.Unknown) else rate


def _next(left: list[float], number: int, limit: ir.RateLimit) -> float:
    """Return when the next one may leave by a limit."""
    return left[number - limit.most] + _span(limit) if number >= limit.most else left[0]


def _span(limit: ir.RateLimit) -> float:
    # Nobody waits for these jobs, so that they are counted for a while.
    return UNWATCHED if limit.per is None else float(limit.per)
