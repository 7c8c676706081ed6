"""The words that exceptions about a provider have in common; they never hold a key or a prompt."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from proviso_runtime import errors
from proviso_runtime.target import Target

_SAID: dict[type[errors.Refused], str] = {
    errors.BadRequest: "the request is wrong",
    errors.Unauthorized: "the key is missing or not known",
    errors.Forbidden: "the key may not do this",
    errors.NotFound: "there is no such model or job",
    errors.MethodNotAllowed: "the address does not take this verb",
    errors.OutOfCredit: "the balance is too low",
    errors.Conflict: "the request contradicts the state of things there",
    errors.Retired: "the model is no longer offered",
    errors.RateLimited: "there are too many requests",
    errors.ServerError: "it failed",
    errors.Unavailable: "it cannot take requests now",
    errors.TimedOut: "it gave up on the request",
}


def who(target: Target, job_id: str | None) -> str:
    """Say of whom an exception speaks: of a job, or of a request for a model."""
    return f"{target.provider.name}: {target.model.id if job_id is None else f'job {job_id!r}'}"


@contextmanager
def about(provider: str, job_id: str | None) -> Generator[None, None, None]:
    """Say of whom exceptions speak, those that a door raises on its own among them."""
    try:
        yield
    except errors.ProviderError as error:
        if error.provider is None:
            error.args = (f"{provider}: {'' if job_id is None else f'job {job_id!r}: '}{error}",)
            error.provider = provider
        error.job_id = error.job_id or job_id
        raise


def words(target: Target, *, code: str | int | None, message: str | None) -> str:
    """Say what may be printed of the code and the words of a provider."""
    told = "" if code is None else f", code {target.discretion.shown_code(code)}"
    if message is None:
        return told
    shown = target.discretion.shown(message)
    return told + (f": {shown}" if shown else ". The provider's words stand in .message")


def refused(
    target: Target,
    kind: type[errors.Refused],
    *,
    status: int,
    code: str | int | None,
    message: str | None,
    job_id: str | None,
    billed: bool | None,
) -> str:
    """Say what a provider says that says no, of what, and whether that costs something."""
    asked = f"the request for {target.model.id}" if job_id is None else f"job {job_id!r}"
    said = f"says of {asked} that {_SAID[kind]}" if kind in _SAID else f"says no to {asked}"
    coded = "" if code is None else f", code {target.discretion.shown_code(code)}"
    shown = words(target, code=None, message=message)
    cost = {False: " Nothing was charged.", True: " It may be charged all the same.", None: ""}[billed]
    return f"{target.provider.title} {said} (HTTP {status}{coded}){shown}{'' if shown.endswith('.') else '.'}{cost}"
