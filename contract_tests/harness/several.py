"""Several requests in one call: what they are together, worked out apart from the runtime."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import cast

from hypothesis import strategies as st

from harness.subjects import Params, Subject
from proviso import ir, reply_paths
from proviso.answers import courses, documented, planting
from proviso.answers.documented import Answer
from proviso.answers.scripts import Script
from proviso.drawing import drawing, strategies, transcripts
from proviso.drawing.drawing import Draw
from proviso.drawing.mutants import Mutant
from proviso.drawing.transcripts import Transcript
from proviso.oracle import bodies
from proviso_runtime import pricing

_FRESH = "0b4f1c9e-6f0c-4d55-9a40-1c2d3e4f5a{:02}"


def most(subject: Subject) -> int:
    """Return how many requests a call may carry."""
    assert isinstance(subject.model.body, ir.Many)
    return subject.model.body.most


def requests(subject: Subject, *, least: int = 1) -> st.SearchStrategy[list[Params]]:
    """Return a strategy of valid requests for one call."""
    each = strategies.params(subject).map(lambda one: cast("Params", one))
    return st.lists(each, min_size=least, max_size=most(subject))


def parts(model: ir.Model, body: object) -> list[object]:
    """Return the bodies that requests would have alone, of one body that carries them."""
    return [[one] for one in body] if isinstance(model.body, ir.Many) and isinstance(body, list) else [body]


def wire(model: ir.Model, given: Sequence[Params], ids: Sequence[str] = ()) -> list[object]:
    """Lay requests out as the body that carries them. ids: the UUID of each."""
    ids = ids or [_FRESH.format(number) for number in range(len(given))]
    alone = [bodies.wire(model, params, fresh=fresh) for params, fresh in zip(given, ids, strict=True)]
    return [item for one in alone if isinstance(one, list) for item in one]


def quote(subject: Subject, given: Sequence[Params], **chosen: object) -> pricing.Quote:
    """Quote what a page shows in one call."""
    if isinstance(subject.model.body, ir.Many):
        return subject.module.quote_many(given, **chosen)
    (params,) = given
    return subject.module.quote(params, **chosen)


def at_wire(mutant: Mutant, number: int) -> str:
    """Return where a fault stands in the body when its request is one of several."""
    return mutant.at_wire.replace("/0", f"/{number}", 1) if mutant.at_wire.startswith("/0") else f"/{number}"


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Jobs that one call starts. lives: what becomes of each. reports: the numbers that come with each acceptance."""

    given: list[Params]
    lives: list[Transcript]
    reports: list[dict[str, Decimal]]
    submit: Answer

    @property
    def ids(self) -> list[str]:
        """The ids of the jobs."""
        return [one.id for one in self.lives]

    @property
    def script(self) -> Script:
        """What the provider answers to the call."""
        return Script(job_ids=self.ids, submit=self.submit)


def batches(subject: Subject, *, least: int = 1) -> st.SearchStrategy[Batch]:
    """Return a strategy of calls that start some jobs, all of which end well."""

    def drawn(draw: Draw) -> Batch:
        given = draw(requests(subject, least=least))
        ids = draw(st.lists(transcripts.ids(subject), min_size=len(given), max_size=len(given), unique_by=str))
        lives = [
            replace(draw(transcripts.transcripts(subject, params=params, phases=("succeeded",))), job_id=job_id)
            for params, job_id in zip(given, ids, strict=True)
        ]
        reports = [{name: Decimal(draw(st.integers(0, 99))) for name, _ in _reports(subject)} for _ in lives]
        # What is told of the whole call is told alike to all of its jobs.
        for name, path in _reports(subject):
            for one in reports if not reply_paths.is_plural(path) else ():
                one[name] = reports[0][name]
        return Batch(given=given, lives=lives, reports=reports, submit=accepted(subject, ids, reports))

    return drawing.by(drawn)


def accepted(subject: Subject, ids: Sequence[object], reports: Sequence[Mapping[str, Decimal]]) -> Answer:
    """Return the documented acceptance of several jobs, with these ids and numbers."""
    witness, course = documented.acceptance(subject), courses.job(subject)
    body = witness.body if course.id == ir.CHOSEN_ID else planting.planted(course.id, witness.body, *ids)
    for number, numbers in enumerate(reports):
        for name, path in _reports(subject):
            body = planting.planted(path.replace("[*]", f"[{number}]"), body, numbers[name])
    return documented.answer(witness, body)


def _reports(subject: Subject) -> list[tuple[str, str]]:
    submit = courses.job(subject).submit
    return [*submit.reports, *((("", submit.cost.at),) if submit.cost is not None else ())]
