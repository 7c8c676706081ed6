"""What somebody does next, and what goes wrong with it: numbers alone, which mean something for every model."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

from proviso.drawing import drawing
from proviso.drawing.drawing import Draw, Picks

_TIMEOUTS = (1e4, 0.0, 1.0, 30.5)
_NUMBERS = range(1, 1000)  # more than there are faults at any step
_SELDOM = (0, 1, 2, 4)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A step. which: of the ways or the jobs that there are. troubles: faults of the requests to come, 0 for none.

    stop: the pauses until one is interrupted. writes: those of the ledger until one fails; interrupted: by Ctrl-C,
    late: when it has kept what it was given. None for never.
    """

    which: int
    timeout: float
    troubles: tuple[int, ...]
    stop: int | None
    writes: int | None
    interrupted: bool
    late: bool


def _drawn(draw: Draw) -> Plan:
    pick = Picks(draw)
    return Plan(
        which=pick.of(range(12)),
        timeout=pick.of(_TIMEOUTS),
        troubles=tuple(pick.of(_NUMBERS) if pick.of((False, True)) else 0 for _ in range(pick.of(_SELDOM))),
        stop=pick.of((None, None, None, None, 0, 1, 3)),
        writes=pick.of((None, None, None, None, None, 0, 1, 2)),
        interrupted=pick.of((False, True)),
        late=pick.of((False, True)),
    )


PLANS: st.SearchStrategy[Plan] = drawing.by(_drawn)
