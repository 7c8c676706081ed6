"""What of the mock's behaviour documents say, and what is guessed: asked of the very functions that the mock works by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from proviso import ir
from proviso.mock import explained_models, refusals
from proviso.mock.behaviour import Behaviour
from proviso.mock.options import Options
from proviso.mock.refusals import Refusal

REFUSED = {
    "unauthorized": "a request without the right key",
    "invalid": "a request that breaks a documented limit",
    "not-found": "a job that is not known, or no longer, and a call that is none",
    "method-not-allowed": "a call with another verb",
    "rate-limited": "one request too many",
    "out-of-credit": "a request without credit",
    "conflict": "the cancelling of a job that has ended",
}
"""What the mock refuses, by what a refusal means."""


def explained(provider: ir.Provider, options: Options) -> tuple[Behaviour, ...]:
    """Tell what a mock of a provider does, one behaviour after another."""
    return (
        *_keys(provider),
        *_refusals(provider),
        *_rates("", provider.rate),
        *(one for model in provider.models for one in _of_model(provider, model, options)),
    )


def _of_model(provider: ir.Provider, model: ir.Model, options: Options) -> Iterator[Behaviour]:
    if model.rate != provider.rate:
        yield from _rates(model.name, model.rate)
    yield from explained_models.explained(provider, model, options)


def _keys(provider: ir.Provider) -> Iterator[Behaviour]:
    for way in provider.auth:
        yield Behaviour(topic="key", says=f"A request shows the key as {_way(way)}.", place=way.place, documented=True)


def _way(way: ir.Way) -> str:
    match way:
        case ir.HeaderKey(header=header, prefix=prefix):
            return f"the header {header}: {prefix}KEY"
        case ir.QueryKey(name=name):
            return f"{name} in the query"
        case ir.BodyKey(member=member):
            return f"{member} in the body"
        case ir.Signature(algorithm=algorithm):
            return f"a signature ({algorithm})"
        case ir.Jwt():
            return "a token for every call (HS256)"


def _refusals(provider: ir.Provider) -> Iterator[Behaviour]:
    errors = provider.errors
    for means, what in REFUSED.items():
        status = refusals.answer(provider, None, Refusal(means=means, message="")).status
        documented = refusals.is_documented(errors, means)
        billed = " It is billed." if refusals.billed(errors, means) else ""
        yield Behaviour(
            topic=f"refusal {means}",
            says=f"Refuses {what} with status {status}.{billed}",
            documented=documented,
            value=status,
            place=errors.place,
            sources=_stated(errors, means),
            why=None if documented else "No document gives a status or a code for it; this is the usual one.",
        )


def _stated(errors: ir.Errors | ir.Unknown, means: str) -> tuple[str, ...]:
    if isinstance(errors, ir.Unknown):
        return ()
    by_status = (source for one in errors.statuses if one.means == means for source in one.sources)
    by_code = (source for one in errors.codes if one.means == means for source in one.sources)
    return tuple(dict.fromkeys((*by_status, *by_code)))


def _rates(model: str, rate: Sequence[ir.RateLimit] | ir.Unknown) -> Iterator[Behaviour]:
    if isinstance(rate, ir.Unknown) or not rate:
        why = rate.why if isinstance(rate, ir.Unknown) else "No limit is documented."
        place = rate.place if isinstance(rate, ir.Unknown) else None
        yield Behaviour(
            topic="rate", says="Takes any number of requests.", documented=False, model=model, why=why, place=place
        )
        return
    for one in rate:
        span = "at once" if one.per is None else f"in {one.per:f} s"
        guessed = "" if one.least == one.most else f", the fewest that a plan allows of up to {one.most}"
        yield Behaviour(
            topic="rate",
            says=f"Takes {one.least} {one.of} {span}{guessed}.",
            documented=one.assumed is None,
            model=model,
            value=one.least,
            place=one.place,
            sources=one.sources,
            why=one.assumed,
        )
