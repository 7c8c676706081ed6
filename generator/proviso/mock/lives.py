"""What a job of the mock lives through, and which of it the documents say."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from functools import cache

from proviso import ir
from proviso.answers import courses, documented, planting
from proviso.answers.courses import Sign
from proviso.answers.documented import Shape
from proviso.mock import withheld
from proviso.mock.remembering import remembered
from proviso.mock.withheld import Withheld
from proviso.oracle import asked, meaning
from proviso.oracle.subject import Params, Subject

_USUAL = 10.0  # seconds of a job where no document gives a time
_QUEUED = 0.2  # the share of them that a job waits for its turn

_NEVER = 10.0**12  # seconds

END_PHASES = ("succeeded", "failed", "moderated", "cancelled", "expired")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What polls are told from a moment on, in seconds after the submission."""

    sign: Sign
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """The steps of a job, and the shape in which it hands over results. The last step is its end.

    withheld: the success without a result that it ends in.
    """

    steps: tuple[Step, ...]
    shape: Shape | None
    withheld: Withheld | None = None

    @property
    def is_billed(self) -> bool:
        """Whether the job costs something although nothing comes of it."""
        return self.withheld is not None and self.withheld.why.billed is True

    @property
    def phase(self) -> ir.Phase:
        """The phase that the job ends in."""
        if self.withheld is not None:
            return "moderated"
        told = self.steps[-1].sign.phase
        return "succeeded" if told is None else told

    @property
    def lasts(self) -> float:
        """The seconds until the end."""
        return self.steps[-1].after

    @property
    def is_endless(self) -> bool:
        """Whether the end does not come, however often it is asked for."""
        return self.lasts >= _NEVER


def life(subject: Subject, params: Params, *, end: ir.Phase, chance: random.Random) -> Life:
    """Plan the life of a job that ends in a phase, as far as the documents show such an end."""
    shape, last, nothing = _last(subject, params, end)
    lasts = span(subject, params)
    takes = chance.uniform(lasts.least, lasts.most)
    waits = going_on(subject)
    starts = [0.0] if len(waits) == 1 else [0.0, takes * _QUEUED, *(takes * 0.6 for _ in waits[2:])]
    steps = [Step(sign=sign, after=after) for sign, after in zip(waits, starts, strict=False)]
    return Life(steps=(*steps, Step(sign=last, after=takes)), shape=shape, withheld=nothing)


@remembered
def _last(subject: Subject, params: Params, end: ir.Phase) -> tuple[Shape | None, Sign, Withheld | None]:
    """Return the shape in which results are handed over, the reply that tells the end, and the success without any."""
    shape = _shape(subject, params)
    last = ending(subject, end, shape)
    nothing = withheld.by_job(subject) if last is None and end == "moderated" else None
    if nothing is not None:
        course = courses.job(subject)
        last = courses.sign(course, nothing.reply) if course.collect is None else ending(subject, "succeeded", shape)
    if last is None:
        last = ending(subject, "failed", shape) if end != "succeeded" else None
    if last is None:
        last = ending(subject, "succeeded", shape) or _guessed_end(subject)
    return shape, last, nothing


def endless(life: Life) -> Life:
    """Return a life whose end does not come."""
    *before, last = life.steps
    return replace(life, steps=(*before, replace(last, after=_NEVER)))


@cache
def going_on(subject: Subject) -> tuple[Sign, ...]:
    """Return what polls are told before the end: one documented reply a phase, or a guessed one where there is none."""
    shown = courses.signs(subject)
    found = [next((one for one in shown if one.phase == phase), None) for phase in ("queued", "running")]
    return tuple(one for one in found if one is not None) or (_guessed(subject),)


@cache
def is_guessed(subject: Subject) -> bool:
    """Say whether no document shows a job that goes on."""
    return all(one.phase not in ("queued", "running") for one in courses.signs(subject))


def ending(subject: Subject, phase: ir.Phase, shape: Shape | None) -> Sign | None:
    """Return the documented reply that tells an end; None where there is none."""
    course = courses.job(subject)
    found = next((one for one in courses.signs(subject) if one.phase == phase), None)
    if phase == "succeeded" and course.collect is None and shape is not None:
        return documented.succeeding(subject, shape, None if found is None else found.state)
    return found


@cache
def _guessed(subject: Subject) -> Sign:
    """Make a reply about a job that goes on out of the documented one about its end, without results."""
    course = courses.job(subject)
    done = next(iter(courses.signs(subject)), None) or _guessed_end(subject)
    known = [word for word, _ in course.state.phases]
    word: object = next(number for number in range(9) if number not in known)
    if known and isinstance(known[0], str):
        word = "processing"
    body = done.body
    for place in course.results:
        if planting.has(place.at, body):
            body = planting.without(place.at, body)
    said = courses.saying(course, replace(done, body=body), word)
    return said or replace(done, body=body, phase=None)


def _guessed_end(subject: Subject) -> Sign:
    shown = documented.acceptance(subject)
    return replace(courses.sign(courses.job(subject), shown), phase="succeeded")


def _shape(subject: Subject, params: Params) -> Shape | None:
    known = list(documented.shapes(subject, params))
    counted = asked.count(subject.model, params)
    several = counted is not None and counted[1] > 1
    return next((one for one in known if one.plural is several), known[0] if known else None)


@remembered
def _pace(subject: Subject, params: Params) -> ir.Pace:
    return meaning.pace(subject.model, params)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """How many seconds a job takes. documented: whether documents say it; else it is guessed from when to poll, or at all."""

    least: float
    most: float
    documented: bool


def span(subject: Subject, params: Params) -> Span:
    """Say how long a job takes."""
    pace = _pace(subject, params)
    if pace.typical is not None:
        return Span(least=float(pace.typical[0]), most=float(pace.typical[1]), documented=True)
    if pace.first is not None:
        return Span(least=float(pace.first) * 0.9, most=float(pace.first) * 1.3, documented=False)
    seconds = min(_USUAL, float(pace.every) * 5) if pace.every is not None else _USUAL
    return Span(least=seconds, most=seconds, documented=False)
