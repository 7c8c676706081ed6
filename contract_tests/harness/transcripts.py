"""Strategies of what a job lives through: states on the way, an end, and what it hands over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st

from harness import documented
from harness.documented import Answer, Reaction, Shape
from harness.exact import plain
from harness.provider_mock import Script
from harness.strategies import Draw
from harness.subjects import Subject
from proviso import ir, reply_paths

_IDS = (
    "7",
    "task_12345678",
    "2c7f59ea-13f1-402c-9353-915a2b5a2124",
    "a/b",
    "a?b=c&d#e",
    "50%2F",
    "ä 漢 🦄",
    "...",
    "+1",
)
_CENTS = st.integers(0, 10**6).map(lambda cents: Decimal(cents) / 1000)
_REASONS = ("the picture was blocked", "out of memory", "Prompt is Mandatory and must be string")
_CODES = ("CONTENT_VIOLATION", "SomethingNew", "E_42")


@dataclass(frozen=True, kw_only=True)
class Transcript:
    """The life of a job. before: the states that polls see until `end`."""

    job_id: object
    before: tuple[ir.Scalar, ...]
    end: ir.Scalar
    phase: ir.Phase
    shape: Shape
    urls: tuple[str, ...]
    submit_reports: dict[str, Decimal]
    reports: dict[str, Decimal]
    code: str | None
    message: str | None

    @property
    def id(self) -> str:
        """The id as callers see it."""
        return str(self.job_id)

    def script(self, subject: Subject, *, loop: bool = False, files: Mapping[str, Reaction] | None = None) -> Script:
        """Return what the provider answers; `loop`: the job never ends."""
        waits = [documented.polled(subject, state) for state in self.before]
        return Script(
            job_id=self.id,
            submit=documented.accepted(subject, job_id=self.job_id, reports=self.submit_reports),
            polls=waits if loop else [*waits, self._last_poll(subject)],
            collects=[self._finished(subject)],
            files=files,
        )

    def _last_poll(self, subject: Subject) -> Answer:
        if self.phase != "succeeded":
            return documented.failed(subject, self.end, code=self.code, message=self.message)
        if documented.job(subject).collect is not None:
            return documented.polled(subject, self.end)
        return self._finished(subject)

    def _finished(self, subject: Subject) -> Answer:
        return documented.finished(subject, self.shape, urls=self.urls, state=self.end, reports=self.reports)


def transcripts(
    subject: Subject, *, phases: tuple[str, ...] = ("succeeded", "failed", "cancelled", "expired"), least: int = 0
) -> st.SearchStrategy[Transcript]:
    """Return a strategy of jobs that end in one of some phases, with at least so many states before."""
    course = documented.job(subject)
    ends = [(state, phase) for state, phase in course.state.phases if phase in phases]
    shapes = list(documented.shapes(subject))
    shown_id = reply_paths.find(course.id, documented.acceptance(subject).body)[0]
    ids: st.SearchStrategy[object] = st.sampled_from(_IDS) if isinstance(shown_id, str) else st.integers(1, 2**70)

    @st.composite
    def drawn(draw: Draw) -> Transcript:
        end, phase = draw(st.sampled_from(ends))
        shape = draw(st.sampled_from(shapes))
        code, message = _reasons(subject, end, draw)
        return Transcript(
            job_id=draw(ids),
            before=tuple(draw(st.lists(st.sampled_from(going_on(course)), min_size=least, max_size=6))),
            end=end,
            phase=phase,
            shape=shape,
            urls=_addresses(subject, draw(st.integers(1, 5)) if shape.plural else 1, draw(st.integers(0, 2))),
            submit_reports=_numbers(course.submit, documented.acceptance(subject).body, draw),
            reports=_numbers(course.collect or course.poll, shape.reply.body, draw),
            code=code,
            message=message,
        )

    return drawn()


def going_on(course: ir.Job) -> list[ir.Scalar]:
    """Return states in which a job goes on: the documented ones, and those that nobody documented."""
    waiting: list[ir.Scalar] = [state for state, phase in course.state.phases if phase in ("queued", "running")]
    return [*waiting, *waiting, *unknown(course)]


def unknown(course: ir.Job) -> list[ir.Scalar]:
    """Return states that are not documented, some of them nearly."""
    known = [state for state, _ in course.state.phases]
    near: list[ir.Scalar] = ["", "moderating", "Request Moderated", "done ", -1, 99]
    for state in known:
        if isinstance(state, str):
            near += [state.upper(), state.lower(), state.title(), f"{state} ", f"{state}ed", state[:-1]]
        elif isinstance(state, int):
            near += [str(state), state + 1000, -state - 1]
    return [state for state in near if documented.phase(course, state) is None]


def _reasons(subject: Subject, end: ir.Scalar, draw: Draw) -> tuple[str | None, str | None]:
    has_code, has_message = documented.failure_says(subject, end)
    code = draw(st.sampled_from((None, *_CODES))) if has_code else None
    return code, draw(st.sampled_from((None, *_REASONS))) if has_message else None


def _addresses(subject: Subject, many: int, turn: int) -> tuple[str, ...]:
    homes = ("https://files.test/a", "http://cdn.test:8080/b?signature=s3cret&n=", f"{subject.provider.base_url}/made/")
    return tuple(f"{homes[(turn + number) % 3]}{number}" for number in range(many))


def _numbers(operation: ir.Operation, body: object, draw: Draw) -> dict[str, Decimal]:
    return {name: draw(_CENTS) for name in documented.reported(operation, plain(body))}
