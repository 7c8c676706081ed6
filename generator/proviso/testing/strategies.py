"""Hypothesis strategies of what a spec allows, forbids and tells. What they draw, Hypothesis alone decides.

In CI, register a profile with `derandomize=True`, and every run draws the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from proviso.drawing import drawing
from proviso.drawing import mutants as breaking
from proviso.drawing import strategies as drawn
from proviso.drawing import transcripts as lives
from proviso.drawing.drawing import Draw
from proviso.drawing.mutants import Mutant
from proviso.drawing.transcripts import Transcript
from proviso.oracle import rule_breaches
from proviso.oracle.limits import broken
from proviso.oracle.subject import Subject
from proviso.testing import models, places
from proviso.testing.models import Model

__all__ = ["Mutant", "Transcript", "mutants", "requests", "transcripts"]


def requests(model: Model, *, specs: Path | None = None, **fixed: object) -> st.SearchStrategy[dict[str, object]]:
    """Draw requests that keep every documented limit and rule, as flat params.

    model: "provider/model" or a generated module. fixed: parameters that all requests have, with their values.
    specs: the folder, where it is not that of the test run.
    Raises NoSuchModel, WrongSpecs, and ValueError where a fixed parameter is unknown or breaks a limit.
    """
    subject = models.subject(model, specs=specs)
    _check(subject, fixed)
    if not fixed:
        return drawn.params(subject)

    def draw_one(draw: Draw) -> dict[str, object]:
        return drawn.settled(subject, draw, draw(drawn.params(subject)), held=fixed)

    return drawing.by(draw_one)


def mutants(model: Model, *, advice: bool = False, specs: Path | None = None) -> st.SearchStrategy[Mutant]:
    """Draw requests that break exactly one documented limit or rule: `params`, `body`, and which: `at`, `rule`.

    advice: also those that break what is merely advised. Otherwise like `requests`.
    """
    return _mutants(models.subject(model, specs=specs), advice=advice)


@cache
def _mutants(subject: Subject, *, advice: bool) -> st.SearchStrategy[Mutant]:
    faults = [one for one in breaking.faults(subject) if advice or one.severity == "error"]
    return st.sampled_from(faults).flatmap(lambda fault: fault.mutants)


def transcripts(
    model: Model, *, params: Mapping[str, object] | None = None, specs: Path | None = None
) -> st.SearchStrategy[Transcript]:
    """Draw what jobs live through: documented replies on the way (`before`), an end (`phase`, `end`), and results (`made`).

    params: the request that started the job. Otherwise like `requests`. Raises ValueError for a model without jobs.
    """
    subject = models.subject(model, specs=specs)
    if subject.model.job is None:
        raise ValueError(f"{subject} has no jobs: it answers at once")
    return lives.transcripts(subject, params=params)


def _check(subject: Subject, fixed: Mapping[str, object]) -> None:
    known = {one.name: one for one in subject.model.parameters}
    strange = [name for name in fixed if name not in known]
    if strange:
        raise ValueError(f"{subject} has no parameter {places.listed(strange)}; it has {places.listed(known)}")
    for name, value in fixed.items():
        breaches = broken(known[name].kind, value)
        if breaches:
            rules = places.listed({one.rule for one in breaches})
            raise ValueError(f"no request of {subject} has this {name}: it breaks {rules}")
    if rule_breaches.breaches(subject.model, fixed) and len(fixed) == len(known):
        raise ValueError(f"these parameters together break a rule of {subject}")
