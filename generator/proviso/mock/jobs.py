"""The jobs of the mock: what each asked for, how far it is, what it costs."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from proviso import ir
from proviso.mock.lives import Life, Step
from proviso.mock.pricing import Bill, Terms
from proviso.mock.works import Work
from proviso.oracle.subject import Params, Subject

_HAIR = 1e-3  # seconds by which moments since 1970 may be off, as numbers with a point have them


@dataclass(slots=True, kw_only=True, eq=False)
class Job:
    """A job in the mock's books.

    wire_id: the id as replies carry it. token: what its files stand under. number: which job of the mock it is.
    terms: what was held, and by which price it is charged; bill: what it cost, None before the end.
    failing: how many of its results fail. origin: how its customer reaches the mock. Times are the provider's.
    """

    wire_id: object
    token: str
    number: int
    subject: Subject
    params: Params
    life: Life
    works: tuple[Work, ...]
    submitted: float
    terms: Terms
    failing: int = 0
    bill: Bill | None = None
    settled: bool = False
    polls: int = 0
    stopped: float | None = None
    reached: int = 0
    callback: str | None = None
    origin: str = ""
    fetched: set[int] = field(default_factory=set[int])

    @property
    def id(self) -> str:
        """The id as callers see it."""
        return str(self.wire_id)

    @property
    def hold(self) -> Decimal | None:
        """What was reserved for it."""
        return self.terms.hold

    @property
    def charge(self) -> Decimal | None:
        """What it costs; None before the end, and where nobody knows."""
        return None if self.bill is None else self.bill.amount

    def advance(self, now: float, *, by_poll: bool) -> None:
        """Go on as far as time, or the number of polls, allows."""
        if self.stopped is not None:
            return
        last = len(self.life.steps) - 1
        if by_poll:
            self.reached = min(self.polls, last - 1 if self.life.is_endless else last)
            return
        age = now - self.submitted + _HAIR
        self.reached = max(number for number, step in enumerate(self.life.steps) if step.after <= age)

    @property
    def step(self) -> Step:
        """The step that was reached."""
        return self.life.steps[self.reached]

    @property
    def has_ended(self) -> bool:
        """Whether the job goes on no more."""
        return self.stopped is not None or self.reached == len(self.life.steps) - 1

    @property
    def phase(self) -> ir.Phase:
        """The phase that was reached."""
        if self.stopped is not None:
            return "cancelled"
        if self.has_ended:
            return self.life.phase
        return self.step.sign.phase or "running"

    def ended(self, now: float, *, by_poll: bool) -> float:
        """Return when the job ended, or now for one that goes by polls."""
        if self.stopped is not None:
            return self.stopped
        return now if by_poll else self.submitted + self.life.lasts
