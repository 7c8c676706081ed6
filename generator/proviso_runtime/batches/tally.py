"""How far a batch is, and what it has cost."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from proviso_runtime.batches.money import Sums
from proviso_runtime.budgets import Budget


@dataclass(slots=True, kw_only=True)
class Tally:
    """How far a batch is.

    lines: all that are to be done or were. states: how many have which outcome, as in results.jsonl; `before` of them
    had it before this run. running: under way. left: accepted jobs that nobody waits for; the same command takes them up.
    charged, held: money of the whole batch, earlier runs included: what was charged, and what jobs that have not
    ended and those whose outcome is unknown may cost at most.
    stopped: why no more was sent, where that is so. budget: what may still be spent, where there is a limit.
    """

    lines: int = 0
    states: Counter[str] = field(default_factory=Counter[str])
    before: int = 0
    running: int = 0
    left: int = 0
    charged: Sums = field(default_factory=Sums)
    held: Sums = field(default_factory=Sums)
    stopped: str | None = None
    budget: Budget | None = field(default=None, repr=False)

    @property
    def succeeded(self) -> int:
        """How many have succeeded and are saved."""
        return self.states["succeeded"]

    @property
    def unknown(self) -> int:
        """How many may have been accepted and billed, or not."""
        return self.states["unknown"]

    @property
    def failed(self) -> int:
        """How many have ended otherwise."""
        return self.states.total() - self.succeeded - self.unknown

    @property
    def untried(self) -> int:
        """How many nothing was sent for."""
        return self.lines - self.states.total() - self.running - self.left

    @property
    def complete(self) -> bool:
        """Whether all have succeeded."""
        return self.succeeded == self.lines
