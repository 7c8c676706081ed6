"""Hold questions to time: the documented pauses, what the provider asks to wait, and the deadline."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from harness.believable import Asked
from harness.subjects import Params, Subject
from proviso.oracle import meaning

HAIR = 1e-6  # seconds
MOMENT = 10.0  # seconds that a question near the deadline gets to be answered


@dataclass(frozen=True, kw_only=True)
class Wait:
    """A wait that is over. params: those of the job, where they are known. born: since when its age counts."""

    subject: Subject
    params: Params | None
    born: float
    deadline: float
    over: float
    asked: Sequence[Asked]


def in_time(wait: Wait) -> None:
    """Hold a wait to its deadline: what is asked there is asked once, and gets a moment to be answered."""
    for one in wait.asked:
        assert one.sent.patience <= max(MOMENT, wait.deadline - one.sent.at) + HAIR
    late = [one for one in wait.asked if one.sent.at >= wait.deadline - HAIR]
    assert len({(one.sent.operation, one.sent.url) for one in late}) == len(late)
    assert wait.over - wait.deadline <= MOMENT * (len(late) + 1) + HAIR, "beyond the deadline"


def unhurried(wait: Wait) -> None:
    """Hold the questions of a wait to the documented schedule, and to what the provider asks to wait.

    The last one is asked at the deadline, however soon that is.
    """
    pace = meaning.pace(wait.subject.model, wait.params)
    for before, after in itertools.pairwise(wait.asked):
        if before.sent.operation != after.sent.operation or after.sent.at >= wait.deadline - HAIR:
            continue
        paused = after.sent.at - before.answered
        if before.sent.url == after.sent.url:
            assert paused > 0
            assert paused >= (before.wait or 0.0) - HAIR, "sooner than the provider asked"
        if before.sent.operation == "poll" and pace.every is not None:
            documented = meaning.pause(pace, before.answered - wait.born)
            assert paused >= documented - HAIR, "sooner than documented"


def sent_again(paid: Sequence[Asked]) -> None:
    """Hold paid requests that are sent again to what the provider asks to wait, and to being the same."""
    for before, after in itertools.pairwise(paid):
        assert after.sent.at - before.answered >= (before.wait or 0.0), "sooner than the provider asked"
        assert after.sent.body == before.sent.body
