"""A gate lets through what a provider would take, as soon as it would, in order."""

from __future__ import annotations

import dataclasses
import heapq
import itertools
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proviso_runtime import errors, gates, protocol, redaction, steps, target, turns
from proviso_runtime.replies import Reply

from . import scripted
from .scripted import ACME, ACME_MODEL

TIMES = st.floats(0, 60, allow_nan=False)
RATES = st.builds(
    protocol.Rate,
    of=st.sampled_from(["requests", "submissions"]),
    most=st.integers(1, 7),
    per=st.sampled_from([0.1, 0.3, 1.0, 7.0, 60.0]),
)


class Scene:
    """Submissions at the gate of one client, and the times at which they leave."""

    def __init__(self, *rates: protocol.Rate, own: Sequence[protocol.Rate] = ()) -> None:
        self.clock = scripted.Clock()
        self.clock.at = 0.0
        provider = dataclasses.replace(ACME, rates=rates, reply_headers={"rate_limit_left": "X-Left"}, waits=WAITS)
        self.shared = gates.Shared(provider, self.clock)
        self.model = dataclasses.replace(ACME_MODEL, rates=tuple(own))
        self.target = target.Target(
            provider=provider,
            model=self.model,
            base_url=provider.base_url,
            discretion=redaction.Discretion(()),
            gate=self.shared.gate(self.model),
        )
        self.left: dict[int, float] = {}
        self.failed: dict[int, errors.ProviderError] = {}

    def run(
        self,
        arrivals: Sequence[float],
        *,
        within: float | None = None,
        lasts: float = 0.0,
        then: Callable[[int], None] | None = None,
        gone: frozenset[int] = frozenset(),
    ) -> list[float]:
        """Let submissions arrive; each takes so long. gone: those whose task is cancelled when it first waits."""
        order = itertools.count()
        events = [(at, next(order), self._one(number, within, lasts, then)) for number, at in enumerate(arrivals)]
        heapq.heapify(events)
        numbers = {id(flow): number for number, (_, _, flow) in enumerate(sorted(events, key=lambda one: one[1]))}
        while events:
            self.clock.at, _, flow = heapq.heappop(events)
            for step in flow:
                assert isinstance(step, steps.Pause)
                assert step.seconds > 0
                if numbers[id(flow)] in gone:
                    flow.close()
                    break
                heapq.heappush(events, (self.clock.at + step.seconds, next(order), flow))
                break
        return [at for _, at in sorted(self.left.items())]

    def _one(
        self, number: int, within: float | None, lasts: float, then: Callable[[int], None] | None
    ) -> steps.Flow[None]:
        turn = turns.Turn(self.target)
        try:
            delay = yield from turn.wait(within)
            if delay is not None:
                self.failed[number] = turns.unreachable(self.target, delay)
                return
            turn.sent()
            self.left[number] = self.clock.at
            if lasts:
                yield steps.Pause(seconds=lasts)
            if then is None:
                turn.done(well=True)
            else:
                then(number)
        finally:
            turn.done()


WAITS = (protocol.Wait(header="X-Reset", unit="s", limit=True),)


def most_in(times: Sequence[float], per: float) -> int:
    """Count the most that leave in any span of time, without its end."""
    times = sorted(times)
    return max(sum(first <= one and one - first < per - 1e-9 for one in times) for first in times)


@given(
    rates=st.lists(RATES, min_size=1, max_size=3),
    own=st.lists(RATES, max_size=1),
    arrivals=st.lists(TIMES, min_size=1, max_size=40),
    gone=st.frozensets(st.integers(0, 39), max_size=8),
)
def test_no_more_leave_in_any_span_of_time_than_are_documented(
    rates: list[protocol.Rate], own: list[protocol.Rate], arrivals: list[float], gone: frozenset[int]
) -> None:
    left = Scene(*rates, own=own).run(arrivals, gone=gone)
    assert left
    for rate in (*rates, *own):
        assert rate.per is not None
        assert most_in(left, rate.per) <= rate.most


@given(most=st.integers(1, 9), per=st.sampled_from([0.1, 1.0, 60.0]), many=st.integers(1, 60))
def test_nobody_waits_longer_than_the_documented_rate_makes_them(most: int, per: float, many: int) -> None:
    rate = protocol.Rate(of="submissions", most=most, per=per)
    left = Scene(rate).run([0.0] * many)
    for number, at in enumerate(left):
        assert number // most * per <= at + 1e-6
        assert at <= number // most * per + 0.02


@given(gaps=st.lists(st.floats(1.0, 5.0), max_size=20))
def test_who_keeps_to_the_rate_never_waits(gaps: list[float]) -> None:
    arrivals = list(itertools.accumulate(gaps, initial=0.0))
    assert Scene(protocol.Rate(of="requests", most=1, per=1.0)).run(arrivals) == arrivals


def test_who_came_first_goes_first() -> None:
    left = Scene(protocol.Rate(of="submissions", most=2, per=1.0)).run([0.001 * number for number in range(50)])
    assert left == sorted(left)


def test_no_more_jobs_are_at_work_than_are_documented_and_a_free_place_is_taken_soon() -> None:
    scene = Scene(protocol.Rate(of="jobs", most=3))
    left = scene.run([0.0] * 12, lasts=10.0)
    assert most_in(left, 10.0) == 3
    assert max(left) <= 30.0 + 3 * 0.26


def test_whose_turn_does_not_come_within_the_deadline_is_told_so_at_once() -> None:
    scene = Scene(protocol.Rate(of="submissions", most=1, per=60.0))
    scene.run([0.0, 0.0], within=59.0)
    (error,) = scene.failed.values()
    assert isinstance(error, errors.Unreachable)
    assert error.billed is False
    assert error.worth_retry is True
    assert "1 submissions in 60 seconds" in str(error)
    assert scene.clock.at == 0.0


def test_a_line_that_stands_still_for_too_long_is_not_waited_in() -> None:
    scene = Scene(protocol.Rate(of="submissions", most=1, per=86400.0))
    scene.run([0.0, 0.0])
    assert list(scene.failed) == [1]
    moving = Scene(protocol.Rate(of="submissions", most=1, per=60.0))
    assert len(moving.run([0.0] * 30)) == 30


def test_after_one_refusal_with_a_time_nobody_asks_before_and_then_one_by_one() -> None:
    scene = Scene()

    def refused(number: int) -> None:
        if number == 0:
            turns.refused(scene.target, limited(scene, 40.0))

    left = scene.run([0.0, *[1.0 + 0.01 * number for number in range(100)]], lasts=0.5, then=refused)
    assert left[0] == 0.0
    assert min(left[1:]) >= 40.5
    assert sum(at < 40.9 for at in left[1:]) == 1


def test_after_a_refusal_the_gate_opens_wider_with_every_success() -> None:
    scene = Scene()
    scene.shared.gate(scene.model).close(10.0)
    left = scene.run([0.0] * 300, lasts=0.5)
    assert len(left) == 300
    assert max(left) < 30.0
    assert not scene.target.gate


def test_a_reply_that_tells_that_nothing_is_left_closes_until_the_reset() -> None:
    for headers, closed in (
        ({"x-left": "0", "x-reset": "12"}, 12.0),
        ({"x-left": "3", "x-reset": "12"}, 0.0),
        ({"x-left": "0"}, 0.0),
        ({"x-left": "none", "x-reset": "12"}, 0.0),
    ):
        scene = Scene()
        turns.heard(scene.target, Reply(status=200, headers=headers, content=b"", received=scene.clock.now()))
        assert scene.run([0.0]) == pytest.approx([closed])


def test_models_without_limits_of_their_own_share_those_of_the_account() -> None:
    scene = Scene(protocol.Rate(of="submissions", most=1, per=1.0))
    other = dataclasses.replace(ACME_MODEL, id="other", rates=(protocol.Rate(of="jobs", most=1),))
    assert scene.shared.gate(dataclasses.replace(ACME_MODEL, id="third")) is scene.target.gate
    scene.run([0.0])
    gate = scene.shared.gate(other)
    assert gate is not scene.target.gate
    assert gate.let_in(gates.Ticket(paid=True)) is not None


def limited(scene: Scene, seconds: float) -> errors.RateLimited:
    """Make a refusal that asks to come back later."""
    error = errors.RateLimited("", provider="acme")
    error.retry_after = seconds
    error.reply = Reply(status=429, headers={}, content=b"", received=scene.clock.now())
    return error


def test_the_place_of_a_job_is_free_when_it_has_ended_and_when_nobody_watches_it() -> None:
    scene = Scene(protocol.Rate(of="jobs", most=1))
    gate = scene.shared.gate(scene.model)
    first, second = gates.Ticket(paid=True), gates.Ticket(paid=True)
    assert gate.let_in(first) is None
    gate.leave(first, well=True, goes_on=True)
    gate.started(first, ("j-1",))
    assert gate.let_in(second) is not None
    gate.watch("j-1")
    scene.clock.at += 1000.0
    assert gate.let_in(second) is not None
    gate.unwatch("j-1", ended=False)
    scene.clock.at += gates.UNWATCHED - 1
    assert gate.let_in(second) is not None
    scene.clock.at += 1
    assert gate.let_in(second) is None
    gate.leave(second)
    gate.watch("j-2")
    third = gates.Ticket(paid=True)
    assert gate.let_in(third) is not None
    gate.unwatch("j-2", ended=True)
    assert gate.let_in(third) is None
