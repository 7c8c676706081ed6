"""Lint of rate limits: each of them says something that the others do not."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir, rate_words
from proviso.diagnostics import Diagnostic


def of_provider(provider: ir.Provider) -> Iterator[Diagnostic]:
    """Check the limits of an account."""
    own = _limits(provider.rate)
    for at, one in enumerate(own):
        yield from _beside(one, own[:at], own[at + 1 :])


def of_model(provider: ir.Provider, model: ir.Model) -> Iterator[Diagnostic]:
    """Check the limits of a model, which hold beside those of its provider."""
    own = _limits(model.rate)
    for at, one in enumerate(own):
        yield from _beside(one, own[:at], (*own[at + 1 :], *_limits(provider.rate)))


def _limits(rate: tuple[ir.RateLimit, ...] | ir.Unknown) -> tuple[ir.RateLimit, ...]:
    return () if isinstance(rate, ir.Unknown) else rate


def _beside(
    one: ir.RateLimit, before: tuple[ir.RateLimit, ...], others: tuple[ir.RateLimit, ...]
) -> Iterator[Diagnostic]:
    if any((one.of, one.per) == (other.of, other.per) for other in before):
        within = "" if one.per is None else ", in the same time"
        yield Diagnostic(one.place, f"a limit of {one.of} stands here twice{within}", "rate-limit")
        return
    hiding = next((other for other in (*before, *others) if _hides(other, one)), None)
    if hiding is not None:
        message = f"{rate_words.spoken(one)} are never reached, where there are {rate_words.spoken(hiding)}"
        yield Diagnostic(one.place, message, "rate-limit")


def _hides(other: ir.RateLimit, one: ir.RateLimit) -> bool:
    """Tell whether who keeps to the other limit keeps to this one by that."""
    counted = other.of == one.of or (other.of == "requests" and one.of == "submissions")
    if not counted or other.most > one.most or other.least > one.least:
        return False
    if one.per is None or other.per is None:
        return one.per == other.per
    return (other.per, -other.most) > (one.per, -one.most) if other.of == one.of else other.per >= one.per
