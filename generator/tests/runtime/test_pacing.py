"""Polls keep the documented pace, and no pause goes past a deadline."""

from __future__ import annotations

import pytest

from proviso_runtime import errors, protocol, schedule

from . import scripted
from .scripted import BASIC_MODEL, DONE, WORKING, basic, wait


def test_the_first_poll_is_first_seconds_after_the_submission() -> None:
    clock = scripted.Clock()
    wait(WORKING, WORKING, DONE, clock=clock, since=clock.at)
    assert clock.slept == [20.0, 3.0, 3.0]

    clock = scripted.Clock()
    wait(DONE, clock=clock, since=clock.at - 15.0)  # somebody was busy for 15 s before waiting
    assert clock.slept == [5.0]

    clock = scripted.Clock()
    wait(WORKING, DONE, clock=clock)  # taken up by its id
    assert clock.slept == [3.0]


def test_the_first_pace_that_holds_for_the_parameters_is_kept() -> None:
    exact = protocol.Pace(when=lambda given: given.get("n") in (2, 3) and given.get("tier") == "4K", first=1.0)
    other = protocol.Pace(when=lambda given: given.get("n") == 2, first=2.0)
    always = protocol.Pace(first=3.0)
    paces = (exact, other, always)

    assert schedule.choose(paces, {"n": 3, "tier": "4K"}) is exact
    assert schedule.choose(paces, {"n": 2, "tier": "2K"}) is other
    for params in ({"n": "2"}, {}, None):
        assert schedule.choose(paces, params) is always
    assert schedule.choose((exact,), {}) == schedule.choose((), {}) == protocol.Pace()


def test_undocumented_pauses_grow_to_15_seconds() -> None:
    clock = scripted.Clock()
    wait(basic("OPEN"), model=BASIC_MODEL, clock=clock, since=clock.at, timeout=60.0)

    assert clock.slept[:7] == [2.0, 3.0, 4.5, 6.75, 10.125, 15.0, 15.0]


def test_no_pause_goes_past_the_deadline_and_the_last_poll_stands_there() -> None:
    clock = scripted.Clock()
    played = wait(WORKING, clock=clock, since=clock.at, timeout=27.5)
    assert clock.slept == [20.0, 3.0, 3.0, 1.5]
    assert len(played.requests) == 4

    clock = scripted.Clock()
    played = wait(DONE, clock=clock, since=clock.at, timeout=5.0)
    assert clock.slept == [5.0]
    assert played.result is not None


class Hasty(scripted.Clock):
    """A clock whose sleeps end a hair early, as real ones may."""

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        self.at -= 1e-9


def test_the_last_poll_is_the_last_also_when_a_sleep_ends_early() -> None:
    clock = Hasty()
    played = wait(WORKING, clock=clock, timeout=1.0)

    assert len(clock.slept) == 1
    assert len(played.requests) == 2


def test_a_timeout_of_zero_asks_once() -> None:
    clock = scripted.Clock()
    played = wait(WORKING, clock=clock, since=clock.at, timeout=0.0)

    assert (len(played.requests), clock.slept) == (1, [])
    assert isinstance(played.error, errors.WaitTimeout)


def test_the_documented_limit_holds_where_the_caller_names_none() -> None:
    for limit, waited in ((90.0, 90.0), (None, 600.0)):
        pace = protocol.Pace(every=3.0, limit=limit)
        error = wait(WORKING, pace=pace).error
        assert isinstance(error, errors.WaitTimeout)
        assert error.waited == waited


def test_a_timeout_that_is_no_duration_is_refused() -> None:
    for timeout in (-1.0, float("nan")):
        with pytest.raises(ValueError, match="seconds"):
            wait(DONE, timeout=timeout)
