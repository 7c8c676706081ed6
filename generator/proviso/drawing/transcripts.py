"""Strategies of what a job lives through: states on the way, an end, and what it hands over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from hypothesis import strategies as st

from proviso import ir, reply_paths
from proviso.answers import courses, documented
from proviso.answers.courses import Sign
from proviso.answers.documented import Answer, Failing, Reaction, Shape
from proviso.answers.made import Made
from proviso.answers.scripts import Script
from proviso.drawing import drawing, handed
from proviso.drawing.drawing import Draw, Picks
from proviso.oracle.exact import plain
from proviso.oracle.subject import Params, Subject

ENDS = ("succeeded", "failed", "cancelled", "expired", "moderated")
"""Phases that a job ends in."""

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


@dataclass(frozen=True, kw_only=True)
class Transcript:
    """The life of a job. before: what polls see until `end`. failures: single results that failed.

    links: where the provider wants it to be asked about.
    """

    job_id: object
    links: dict[str, str]
    before: tuple[Sign, ...]
    end: Sign
    shape: Shape
    made: tuple[Made, ...]
    submit_reports: dict[str, Decimal]
    reports: dict[str, Decimal]
    failing: Failing
    failures: tuple[object, ...] = ()

    @property
    def phase(self) -> ir.Phase:
        """The phase that the job ends in."""
        assert self.end.phase is not None
        return self.end.phase

    @property
    def id(self) -> str:
        """The id as callers see it."""
        return str(self.job_id)

    @property
    def handed(self) -> list[tuple[str | bytes, str | None]]:
        """What a client hands over at the end."""
        return [one.shown for one in self.made]

    @property
    def files(self) -> dict[str, Reaction]:
        """What stands at the addresses of the results."""
        return {one.url: Answer(content=one.content, media_type="x/y") for one in self.made if one.url is not None}

    def script(self, subject: Subject, *, loop: bool = False, files: Mapping[str, Reaction] | None = None) -> Script:
        """Return what the provider answers; `loop`: the job never ends."""
        waits = [self._polled(subject, sign) for sign in self.before]
        return Script(
            job_id=self.id,
            links=self.links,
            submit=documented.accepted(subject, job_id=self.job_id, reports=self.submit_reports, links=self.links),
            polls=waits if loop else [*waits, self._last_poll(subject)],
            collects=[self._finished(subject)],
            files=files,
            resolves=documented.resolves(subject, self.made, self.shape.place),
            keyed=self.shape.place.with_key,
        )

    def _last_poll(self, subject: Subject) -> Answer:
        if self.phase != "succeeded":
            return self.failing.reply
        if courses.job(subject).collect is not None:
            return self._polled(subject, self.end)
        return self._finished(subject)

    def _polled(self, subject: Subject, sign: Sign) -> Answer:
        return documented.polled(replace(sign, body=documented.linked(subject, sign.body, self.links)))

    def _finished(self, subject: Subject) -> Answer:
        return documented.finished(
            subject,
            self.shape,
            results=self.made,
            state=self.end.state,
            reports=self.reports,
            failures=self.failures,
        )


def moved(life: Transcript, home: str) -> Transcript:
    """Let the results of a job that have addresses stand at others, which begin alike."""
    urls = [f"{home}{number}" for number, _ in enumerate(life.made)]
    made = tuple(
        one if one.url is None else replace(one, url=url, wire=url if one.wire == one.url else one.wire)
        for one, url in zip(life.made, urls, strict=True)
    )
    return replace(life, made=made)


def transcripts(
    subject: Subject,
    *,
    params: Params | None = None,
    phases: tuple[str, ...] = ENDS,
    least: int = 0,
    whole: bool = True,
    contents: Sequence[bytes] = (),
) -> st.SearchStrategy[Transcript]:
    """Return a strategy of jobs that end in one of some phases, with at least so many states before.

    params: the request, where it is known to those who wait. whole: also where a body is the result itself.
    contents: those of the results, as many as fit; without them, any.
    """
    course = courses.job(subject)
    ends = [(sign, failing) for sign, failing in _ends(subject) if sign.phase in phases]
    shapes = [one for one in documented.shapes(subject, params) if whole or one.place.forms != ("bytes",)]

    def drawn(draw: Draw) -> Transcript:
        pick = Picks(draw)
        end, failing = pick.of(ends)
        shape = pick.of(shapes)
        many = 1 if not shape.plural else len(contents) or pick.of(range(1, 6))
        results = handed.some(pick, subject, shape.place, params, many=many, contents=contents)
        if end.phase == "succeeded" and course.collect is None:
            end = documented.succeeding(subject, shape, end.state)
        return Transcript(
            job_id=draw(ids(subject)),
            links={what: pick.of(_doors(subject)) + what for what in courses.links(course)},
            before=tuple(pick.some(going_on(subject), least=least, most=6)),
            end=end,
            shape=shape,
            made=tuple(documented.typed(shape, one) for one in results),
            submit_reports=_numbers(course.submit, documented.acceptance(subject).body, draw),
            reports=_numbers(course.collect or course.poll, shape.reply.body, draw),
            failing=pick.of(failing),
        )

    return drawing.by(drawn)


@cache
def _ends(subject: Subject) -> list[tuple[Sign, list[Failing]]]:
    """Return the replies that tell how a job ended, each with the reasons that there may be for it."""
    return [(sign, documented.failing(subject, sign)) for sign in courses.signs(subject) if sign.phase in ENDS]


@cache
def ids(subject: Subject) -> st.SearchStrategy[object]:
    """Return a strategy of ids that jobs may have."""
    course = courses.job(subject)
    if course.id == ir.CHOSEN_ID:
        return st.uuids(version=4).map(str)
    shown = reply_paths.find(course.id, documented.acceptance(subject).body)[0]
    return st.sampled_from(_IDS) if isinstance(shown, str) else st.integers(1, 2**70)


@cache
def going_on(subject: Subject) -> list[Sign]:
    """Return replies about a job that goes on: the documented ones, and those that nobody documented."""
    waiting = [sign for sign in courses.signs(subject) if sign.phase in ("queued", "running")]
    return [*waiting, *waiting, *courses.unknown(subject)]


def _doors(subject: Subject) -> tuple[str, ...]:
    """Return beginnings of addresses, the provider's own and others, under which a job may be asked about."""
    return (
        f"{subject.provider.base_url}/jobs/",
        "https://eu.jobs.test/v1?signature=s3cret&of=",
        "https://us.jobs.test:8443/",
    )


def _numbers(operation: ir.Operation | ir.Fetch, body: object, draw: Draw) -> dict[str, Decimal]:
    return {name: draw(_CENTS) for name in documented.reported(operation, plain(body))}
