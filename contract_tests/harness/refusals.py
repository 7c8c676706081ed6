"""Which exception a documented refusal comes to, and refusals made from the documented ones."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import assert_never

from harness.subjects import Subject
from proviso import ir, reply_paths
from proviso.answers import planting
from proviso.answers.documented import Answer
from proviso.oracle.exact import encoded, plain
from proviso_runtime import errors
from proviso_runtime.clock import Clock

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
_HTTP: dict[int, type[errors.Refused]] = {
    400: errors.BadRequest,
    401: errors.Unauthorized,
    402: errors.OutOfCredit,
    403: errors.Forbidden,
    404: errors.NotFound,
    405: errors.MethodNotAllowed,
    408: errors.TimedOut,
    409: errors.Conflict,
    422: errors.BadRequest,
    429: errors.RateLimited,
    503: errors.Unavailable,
    504: errors.TimedOut,
}
PASSING = ("rate-limited", "server", "unavailable", "timeout")
"""Refusals that pass: a poll that gets one is asked again."""


def documented(model: ir.Model) -> tuple[ir.StatusMeaning, ...]:
    """Return the statuses whose meaning is documented."""
    return () if isinstance(model.errors, ir.Unknown) else model.errors.statuses


def codes(model: ir.Model) -> tuple[ir.CodeMeaning, ...]:
    """Return the codes whose meaning is documented."""
    return () if isinstance(model.errors, ir.Unknown) else model.errors.codes


def expected(model: ir.Model, status: int, code: object = None) -> type[errors.Refused]:
    """Return the exception for a status, which a documented code may tell more of."""
    for one in codes(model):
        if code is not None and one.code == str(code):
            return _MEANINGS[one.means]
    generic = _HTTP.get(status, errors.ServerError if status >= 500 else errors.Refused)
    return next((_MEANINGS[one.means] for one in documented(model) if one.status == status), generic)


def code(model: ir.Model, content: bytes) -> object:
    """Return the code that the body of a refusal shows."""
    if isinstance(model.errors, ir.Unknown):
        return None
    body = json.loads(content)
    return next((one for path in model.errors.code for one in reply_paths.find(path, body)), None)


def expected_of_paid(model: ir.Model, status: int, code: object = None) -> type[errors.ProviderError]:
    """Return the exception for a documented status of a paid request.

    A server that fails may have accepted first, unless a document says that this is not billed.
    """
    return (
        errors.OutcomeUnknown
        if status >= 500 and billed(model, status, code) is not False
        else expected(model, status, code)
    )


def billed(model: ir.Model, status: int, code: object = None) -> bool | None:
    """Return whether a refusal costs money; None where no document says it."""
    if isinstance(model.errors, ir.Unknown):
        return None
    stated: list[bool | None | ir.Unknown] = [one.billed for one in codes(model) if one.code == str(code)]
    stated += [one.billed for one in documented(model) if one.status == status]
    found = next((one for one in [*stated, model.errors.billed] if one is not None), None)
    return None if isinstance(found, ir.Unknown) else found


def retry(model: ir.Model, status: int, code: object = None) -> bool | None:
    """Return whether the same request may be sent again; None where no document says it."""
    stated = [one.retry for one in codes(model) if one.code == str(code)]
    stated += [one.retry for one in documented(model) if one.status == status]
    return next((one for one in stated if one is not None), None)


def with_code(subject: Subject, code: str) -> list[tuple[ir.ReplyWitness, object]]:
    """Return the documented refusals of a submission, each with this code where it has one, as it writes codes."""
    stated = subject.model.errors
    if isinstance(stated, ir.Unknown):
        return []
    places = [*stated.code, *([subject.provider.envelope.at] if subject.provider.envelope is not None else [])]
    found: list[tuple[ir.ReplyWitness, object]] = []
    for witness in subject.model.replies:
        place = next((path for path in places if planting.has(path, witness.body)), None)
        if place is not None and witness.of in ("submit", "immediate") and (witness.refuses or witness.status >= 400):
            shown = reply_paths.find(place, witness.body)[0]
            numbered = isinstance(shown, int) and code.lstrip("-").isdecimal()
            found.append((witness, planting.planted(place, witness.body, int(code) if numbered else code)))
    return found


def details(subject: Subject, body: object) -> list[tuple[list[object], object, object]]:
    """Return what a refusal lists, one by one: the steps to the place, the message and the code."""
    stated = subject.model.errors
    if isinstance(stated, ir.Unknown) or stated.details is None:
        return []
    found: list[tuple[list[object], object, object]] = []
    for entry in reply_paths.find(stated.details.at, body):
        steps = [] if stated.details.where is None else reply_paths.find(stated.details.where, entry)
        flat = [step for one in steps for step in (one if isinstance(one, list) else [one])]
        found.append((flat, _word(stated.details.message, entry), _word(stated.details.code, entry)))
    return found


def waits(subject: Subject) -> list[tuple[str, ir.TimeUnit]]:
    """Return the headers that tell when to ask again, and how they write it; none where 429 is no reason to wait."""
    if expected(subject.model, 429) is not errors.RateLimited:
        return []
    documented_ones = [(one.header, one.unit) for one in subject.provider.reply_headers if one.unit is not None]
    return [("Retry-After", "s"), ("Retry-After", "date"), *documented_ones]


def spelled(unit: ir.TimeUnit, seconds: int, clock: Clock) -> str:
    """Write a moment in some seconds from now as a header has it."""
    moment = datetime.fromtimestamp(clock.now() + seconds, tz=UTC)
    match unit:
        case "s":
            return str(seconds)
        case "ms":
            return str(seconds * 1000)
        case "unix":
            return str(int(clock.now()) + seconds)
        case "date":
            return format_datetime(moment, usegmt=True)
        case _:
            assert_never(unit)


def told(subject: Subject, body: object) -> tuple[object, object]:
    """Return the code and the message that a refusal has at the documented places."""
    stated, envelope = subject.model.errors, subject.provider.envelope
    if isinstance(stated, ir.Unknown):
        return None, None
    code, message = _word(stated.code, body), _word(stated.message, body)
    if envelope is not None and code is None:
        code = next(iter(reply_paths.find(envelope.at, body)), None)
    if envelope is not None and envelope.message is not None and message is None:
        message = _word((envelope.message,), body)
    return code, message


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


def _word(paths: tuple[str, ...], body: object) -> object:
    """Return the word or number at the first place that has one; several texts at one place together."""
    for path in paths:
        found = [one for one in reply_paths.find(path, body) if isinstance(one, str | int)]
        if found:
            return found[0] if len(found) == 1 else "; ".join(map(str, found))
    return None
