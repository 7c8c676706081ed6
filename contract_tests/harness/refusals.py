"""Which exception a documented refusal comes to, and refusals made from the documented ones."""

from __future__ import annotations

from harness import planting
from harness.documented import Answer
from harness.exact import encoded, plain
from harness.subjects import Subject
from proviso import ir, reply_paths
from proviso_runtime import errors

_MEANINGS: dict[str, type[errors.Refused]] = {
    "invalid": errors.BadRequest,
    "unauthorized": errors.Unauthorized,
    "forbidden": errors.Forbidden,
    "not-found": errors.NotFound,
    "method-not-allowed": errors.MethodNotAllowed,
    "out-of-credit": errors.OutOfCredit,
    "conflict": errors.Conflict,
    "expired": errors.Refused,
    "retired": errors.Retired,
    "rate-limited": errors.RateLimited,
    "server": errors.ServerError,
    "unavailable": errors.Unavailable,
    "timeout": errors.TimedOut,
}
PASSING = ("rate-limited", "server", "unavailable", "timeout")
"""Refusals that pass: a poll that gets one is asked again."""


def documented(model: ir.Model) -> tuple[ir.StatusMeaning, ...]:
    """Return the statuses whose meaning is documented."""
    return () if isinstance(model.errors, ir.Unknown) else model.errors.statuses


def expected(model: ir.Model, status: int) -> type[errors.Refused]:
    """Return the exception for a documented status."""
    return next(_MEANINGS[one.means] for one in documented(model) if one.status == status)


def expected_of_paid(model: ir.Model, status: int) -> type[errors.ProviderError]:
    """Return the exception for a documented status of a paid request.

    A server that fails may have accepted first, unless a document says that this is not billed.
    """
    meaning = next(one for one in documented(model) if one.status == status)
    overall = None if isinstance(model.errors, ir.Unknown) else model.errors.billed
    billed = overall if meaning.billed is None else meaning.billed
    return errors.OutcomeUnknown if status >= 500 and billed is not False else expected(model, status)


def told(subject: Subject, body: object) -> tuple[object, object]:
    """Return the code and the message that a refusal has at the documented places."""
    stated = subject.model.errors
    if isinstance(stated, ir.Unknown):
        return None, None
    return _first(stated.code, body), _first(stated.message, body)


def refusal(subject: Subject, status: int, *, code: int, message: str) -> tuple[Answer, object, object]:
    """Return a refusal with this code and message, as far as the documented one has places for them."""
    stated = subject.model.errors
    shown = [one for one in subject.model.replies if one.status >= 400 and isinstance(one.body, dict)]
    if isinstance(stated, ir.Unknown) or not shown:
        return Answer(status=status, content=b"<html>no</html>", media_type="text/html"), None, None
    body = plain(shown[0].body)
    for paths, value in ((stated.code, code), (stated.message, message)):
        for path in paths:
            if planting.has(path, body):
                body = planting.planted(path, body, value)
    return Answer(status=status, content=encoded(body)), *told(subject, body)


def _first(paths: tuple[str, ...], body: object) -> object:
    found = [value for path in paths for value in reply_paths.find(path, body)]
    return found[0] if found else None
