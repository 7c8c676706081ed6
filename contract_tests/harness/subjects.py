"""The one parametrisation: every model of every house, with the module generated for it."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from harness.houses import HOUSES, House
from proviso import ir, naming
from proviso.oracle import subject
from proviso_runtime import clients, pricing, violation

Params = subject.Params


class ModelModule(Protocol):
    """What a generated module of a model offers."""

    SCHEMA: dict[str, object]

    def violations(self, params: object, /) -> tuple[violation.Violation, ...]:
        """Find every violation."""
        ...

    def to_body(self, params: Params, /) -> object:
        """Make the wire body."""
        ...

    def from_body(self, body: object, /, **beside: object) -> dict[str, object]:
        """Read the wire body."""
        ...

    def quote(self, params: Params, /, **chosen: object) -> pricing.Quote:
        """Quote the price. chosen: currency and day, where there are several prices."""
        ...

    def violations_many(self, requests: object, /) -> tuple[violation.Violation, ...]:
        """Find every violation of several requests, where a call carries them."""
        ...

    def to_body_many(self, requests: Sequence[Params], /) -> list[object]:
        """Make the body that carries several requests."""
        ...

    def from_body_many(self, body: object, /) -> tuple[dict[str, object], ...]:
        """Read the body that carries several requests."""
        ...

    def quote_many(self, requests: Sequence[Params], /, **chosen: object) -> pricing.Quote:
        """Quote several requests in one call."""
        ...

    def size(self, **chosen: str) -> tuple[int, int]:
        """Look up the pixels, where there is a table."""
        ...


class ProviderModule(Protocol):
    """What a generated module of a provider offers."""

    MODELS: dict[str, str]
    Client: type[clients.Client]
    AsyncClient: type[clients.AsyncClient]


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Subject(subject.Subject):
    """A model at a provider, and the code that was generated for it."""

    house: House
    module: ModelModule
    provider_module: ProviderModule

    @property
    def attribute(self) -> str:
        """The name of the model on a client."""
        return naming.module_name(self.model.name)

    @property
    def module_name(self) -> str:
        """The full name of the model's module."""
        return f"{self.house.package}.{naming.module_name(self.provider.name)}.{self.attribute}"

    @property
    def free_texts(self) -> tuple[str, ...]:
        """The parameters that take free text."""
        return tuple(one.name for one in self.model.parameters if isinstance(one.kind, ir.Text | ir.Url | ir.Mixed))


def _subjects(house: House) -> Iterator[Subject]:
    assert house.folder
    for provider in house.spoken.providers:
        yield from (_subject(house, provider, model) for model in provider.models)


def _subject(house: House, provider: ir.Provider, model: ir.Model) -> Subject:
    home = f"{house.package}.{naming.module_name(provider.name)}"
    return Subject(
        house=house,
        provider=provider,
        model=model,
        module=cast("ModelModule", importlib.import_module(f"{home}.{naming.module_name(model.name)}")),
        provider_module=cast("ProviderModule", importlib.import_module(home)),
    )


def _may_fail_in_parts(model: ir.Model) -> bool:
    return model.job is not None and any(place.failed is not None for place in model.job.results)


def _tells_of_cancelled(job: ir.Job) -> bool:
    told = [phase for _, phase in job.state.phases] + [case.means for case in job.state.cases]
    return job.cancel is not None and "cancelled" in told


def _limited(subject: Subject) -> bool:
    limits = (subject.provider.rate, subject.model.rate)
    return any(not isinstance(one, ir.Unknown) and one for one in limits)


def _with_jobs(fit: Callable[[ir.Job], bool]) -> tuple[Subject, ...]:
    return tuple(one for one in SUBJECTS if one.model.job is not None and fit(one.model.job))


SUBJECTS = tuple(one for house in HOUSES for one in _subjects(house))
FACETS: dict[str, tuple[Subject, ...]] = {
    "subject": SUBJECTS,
    "job_subject": tuple(one for one in SUBJECTS if one.model.job is not None),
    "called_subject": tuple(
        one for one in SUBJECTS if one.model.callback is not None and one.model.callback.proof is not None
    ),
    "streamed_subject": tuple(
        one for one in SUBJECTS if one.model.immediate is not None and one.model.immediate.stream is not None
    ),
    "failing_subject": tuple(one for one in SUBJECTS if _may_fail_in_parts(one.model)),
    "stated_subject": _with_jobs(lambda job: job.state.at != ir.HTTP_STATUS),
    "instant_subject": _with_jobs(lambda job: job.like_poll),
    "patient_subject": _with_jobs(lambda job: job.wait is not None),
    "cancelled_subject": _with_jobs(_tells_of_cancelled),
    "stoppable_subject": _with_jobs(lambda job: job.cancel is not None),
    "limited_subject": tuple(one for one in SUBJECTS if one.model.job is not None and _limited(one)),
    "repeating_subject": tuple(one for one in SUBJECTS if one.model.resend_for is not None),
    "many_subject": tuple(one for one in SUBJECTS if isinstance(one.model.body, ir.Many)),
    "told_subject": tuple(
        one
        for one in SUBJECTS
        if isinstance(one.model.body, ir.Many) and one.model.job is not None and one.model.job.id != ir.CHOSEN_ID
    ),
    "linked_subject": _with_jobs(lambda job: job.poll.address is not None),
    "immediate_subject": tuple(one for one in SUBJECTS if one.model.immediate is not None),
    "prompted_subject": tuple(one for one in SUBJECTS if one.free_texts),
    "sized_subject": tuple(one for one in SUBJECTS if one.model.sizes is not None),
}
"""Argument of a test -> the subjects that it is run for."""
