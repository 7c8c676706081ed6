"""Whatever goes wrong at whatever step: nothing is paid twice, nothing is lost, and the ledger agrees with the provider."""

from __future__ import annotations

import asyncio
import tempfile
import zlib
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import ClassVar

from hypothesis import seed
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from harness import auditing, believable, effort, emitted
from harness.believable import Believable, Deal
from harness.emitted import Ear
from harness.faces import Face
from harness.frail import Frail
from harness.moments import Moments
from harness.plans import PLANS, Plan
from harness.subjects import Subject
from harness.user import User
from proviso.drawing import at_once, strategies, transcripts
from proviso_runtime import errors
from proviso_runtime.ledger import MemoryLedger, SqliteLedger

_LONG = 1e5  # seconds
_MOST = 4  # paid calls of one example


class BadDays(RuleBasedStateMachine):
    """A user of one model by one face, whose provider has bad days."""

    subject: ClassVar[Subject]
    face: ClassVar[Face]

    def __init__(self) -> None:
        super().__init__()
        self.is_right = True
        self.stack = ExitStack()
        self.stop: type[BaseException] = asyncio.CancelledError if self.face.awaited else KeyboardInterrupt
        self.ledger = Frail(MemoryLedger())
        clock = Moments(stop=self.stop)
        self.provider = Believable(
            subject=self.subject, library=self.face.library, awaited=self.face.awaited, clock=clock
        )
        self.stack.enter_context(self.provider.open())
        self.user = User(
            subject=self.subject,
            face=self.face,
            clock=clock,
            ledger=self.ledger,
            provider=self.provider,
            ear=self.stack.enter_context(Ear().listening()),
        )

    @initialize(durable=st.integers(0, 15))
    def open_a_ledger(self, durable: int) -> None:
        """Keep the ledger on disk at times."""
        if durable == 15:
            folder = self.stack.enter_context(tempfile.TemporaryDirectory())
            kept = SqliteLedger(Path(folder) / "ledger.sqlite3")
            self.stack.callback(kept.close)
            self.ledger.kept = kept

    @precondition(lambda self: len(self.provider.deals) < _MOST)
    @rule(plan=PLANS, data=st.data())
    def pay(self, plan: Plan, data: st.DataObject) -> None:
        """Make a paid call."""
        with self._holding():
            ways = [*(["submit", "generate"] if self.subject.model.job is not None else [])]
            ways += ["generate_sync"] if self.subject.model.immediate is not None else []
            way = ways[plan.which % len(ways)]
            params = emitted.prompted(self.subject, data.draw(strategies.params(self.subject)))
            deal = self._deal(data, params, is_job=way != "generate_sync")
            self._go_wrong(plan)
            line = self.user.line
            match way:
                case "submit":
                    self.user.pays(deal, lambda: line.submit(params))
                case "generate":
                    self.user.pays(deal, lambda: line.generate(params, timeout=plan.timeout))
                case _:
                    self.user.pays(deal, lambda: line.generate_sync(params))

    @precondition(lambda self: self.user.known)
    @rule(plan=PLANS)
    def wait(self, plan: Plan) -> None:
        """Wait for a job, which may have ended."""
        with self._holding():
            self._go_wrong(plan)
            self.user.waits(self.user.known[plan.which % len(self.user.known)], plan.timeout)

    @precondition(lambda self: self.user.known)
    @rule()
    def restart(self) -> None:
        """Go on in another process."""
        self.user.restart()

    @precondition(lambda self: self.user.known and self.subject.model.job.cancel is not None)
    @rule(plan=PLANS)
    def cancel(self, plan: Plan) -> None:
        """Cancel a job; the provider may pay no heed."""
        with self._holding():
            self._go_wrong(plan)
            self.user.cancels(self.user.known[plan.which % len(self.user.known)])

    @precondition(lambda self: self.user.found)
    @rule(plan=PLANS)
    def fetch(self, plan: Plan) -> None:
        """Fetch the results of a call."""
        with self._holding():
            self._go_wrong(plan)
            self.user.fetches([*self.user.found][plan.which % len(self.user.found)])

    @rule(seconds=st.sampled_from([-86400.0, -61.0, 3600.0, 1e6]))
    def set_the_clock(self, seconds: float) -> None:
        """Set the clock of the machine."""
        self.user.clock.jump(seconds)

    @invariant()
    def the_ledger_agrees_with_the_provider(self) -> None:
        """Hold the ledger against the provider's books."""
        with self._holding():
            auditing.agree(self.user)

    def teardown(self) -> None:
        """Bring every known job home, in another process."""
        with self.stack:
            if self.is_right:
                self.user.restart()
                for deal in self.user.known:
                    error = self.user.waits(deal, _LONG)
                    assert deal.life is not None
                    assert (error is None) == (deal.life.phase == "succeeded"), repr(error)
                auditing.agree(self.user)

    @contextmanager
    def _holding(self) -> Generator[None]:
        """Remember that a step fails, so that no other failure hides it."""
        before, self.is_right = self.is_right, False
        yield
        self.is_right = before

    def _deal(self, data: st.DataObject, params: dict[str, object], *, is_job: bool) -> Deal:
        if not is_job:
            return believable.at_once(data.draw(at_once.answers(self.subject, params)), params, self.subject)
        life = data.draw(transcripts.transcripts(self.subject, params=params))
        return believable.job(self.subject, life, params, number=len(self.provider.deals))

    def _go_wrong(self, plan: Plan) -> None:
        """Let things go wrong in the next call as planned."""
        self.provider.troubles = [*plan.troubles]
        self.user.clock.until_stop = plan.stop
        if plan.writes is not None:
            # A thread that writes for those who await is not interrupted.
            stop = plan.interrupted and not self.face.awaited
            error = self.stop() if stop else errors.LedgerFailed("the disk is full")
            self.ledger.fall_ill(error, after=plan.writes, late=plan.late)


def test_nothing_is_paid_twice_and_nothing_is_lost(subject: Subject, face: Face) -> None:
    days = type("BadDaysOfThis", (BadDays,), {"subject": subject, "face": face})
    # Other days for every model and face, and the same ones in every run.
    run_state_machine_as_test(seed(zlib.crc32(f"{subject} {face}".encode()))(days), settings=effort.stateful(subject))
