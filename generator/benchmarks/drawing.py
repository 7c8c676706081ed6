"""The figure of drawing: how many valid requests a second Hypothesis makes, and that it throws none away."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from typing import Any, cast

from hypothesis import Phase, given, settings
from hypothesis.statistics import collector

from benchmarks import subject
from benchmarks.figures import Figure
from proviso.drawing import strategies

_BAR = 500
_AIM = 1000


def figures(*, rounds: int) -> list[Figure]:
    """Draw requests of the largest model as a test would; a filtered draw spoils the figure."""
    requests = strategies.params(subject.largest())
    drawn: list[object] = []

    @settings(database=None, phases=[Phase.generate])
    @given(requests)
    def use(request: object) -> None:
        drawn.append(request)

    rates = [_rate(use, drawn) for _ in range(rounds)]
    return [
        Figure(
            what="Draw valid requests with Hypothesis",
            ours=f"{median(rates):.0f} a second",
            rival="",
            theirs="",
            value=median(rates),
            unit="a second",
            bar=_BAR,
            aim=_AIM,
        )
    ]


def _rate(use: Callable[[], None], drawn: list[object]) -> float:
    drawn.clear()
    statistics: list[dict[str, Any]] = []
    with cast("Any", collector).with_value(statistics.append):
        start = time.perf_counter()
        use()
        taken = time.perf_counter() - start
    outcomes = {case["status"] for one in statistics for case in one["generate-phase"]["test-cases"]}
    # An overrun is no filter: Hypothesis itself ends a draw that grows too long for it.
    if not outcomes <= {"valid", "overrun"}:
        message = f"no draw is to be thrown away, and there were: {sorted(outcomes)}"
        raise ValueError(message)
    return len(drawn) / taken
