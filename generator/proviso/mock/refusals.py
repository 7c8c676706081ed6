"""How a provider says no: the documented refusal where there is one, the usual one of HTTP where there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from proviso import ir, reply_paths
from proviso.answers import planting
from proviso.answers.documented import Answer
from proviso.oracle.exact import encoded, plain
from proviso.oracle.wire_reading import Wrong

USUAL: dict[str, int] = {
    "invalid": 400,
    "unauthorized": 401,
    "out-of-credit": 402,
    "forbidden": 403,
    "not-found": 404,
    "method-not-allowed": 405,
    "timeout": 408,
    "conflict": 409,
    "expired": 410,
    "retired": 410,
    "rate-limited": 429,
    "server": 500,
    "unavailable": 503,
}
"""What is refused, and the HTTP status that says so where no document does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A no: what it means, in words, and where. headers: what else it carries. status: one that is wished for."""

    means: str
    message: str
    wrong: tuple[Wrong, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    status: int | None = None


def answer(provider: ir.Provider, model: ir.Model | None, refusal: Refusal, *, operation: str | None = None) -> Answer:
    """Return the reply that says no. model: the one that was meant, where that is known."""
    errors = provider.errors if model is None else model.errors
    replies = [one for each in provider.models for one in each.replies] if model is None else model.replies
    status, code = _told(errors, refusal)
    shown = _shown(replies, status=status, code=code, operation=operation, errors=errors)
    if shown is None:
        body = _made(provider, errors, refusal, status=status, code=code)
    else:
        if code is not None and shown.refuses:
            status = shown.status
        body = _filled(provider, errors, shown, refusal, status=status, code=code)
    media_type = "application/json" if shown is None else shown.media_type
    return Answer(status=status, content=encoded(body), media_type=media_type, headers=dict(refusal.headers))


def is_documented(errors: ir.Errors | ir.Unknown, means: str) -> bool:
    """Say whether a document gives a status or a code for a refusal."""
    if isinstance(errors, ir.Unknown):
        return False
    return any(one.means == means for one in _meanings(errors))


def billed(errors: ir.Errors | ir.Unknown, means: str) -> bool:
    """Say whether a document says that such a refusal costs money."""
    if isinstance(errors, ir.Unknown):
        return False
    stated = next((one.billed for one in _meanings(errors) if one.means == means), None)
    return stated is True or (stated is None and errors.billed is True)


def _meanings(errors: ir.Errors) -> list[ir.StatusMeaning | ir.CodeMeaning]:
    return [*errors.statuses, *errors.codes]


def says(wrong: Sequence[Wrong]) -> str:
    """Say what is wrong with a body, in one line."""
    return "; ".join(
        f"{one.at or 'the body'}: {one.rule}" + (f" ({', '.join(one.says)})" if one.says else "") for one in wrong
    )


def _told(errors: ir.Errors | ir.Unknown, refusal: Refusal) -> tuple[int, str | None]:
    """Return the status, and the code where one says what is meant."""
    usual = USUAL.get(refusal.means, 400)
    if refusal.status is not None or isinstance(errors, ir.Unknown):
        return refusal.status or usual, None
    codes = [one.code for one in errors.codes if one.means == refusal.means]
    statuses = [one.status for one in errors.statuses if one.means == refusal.means]
    if statuses:
        return (usual if usual in statuses else statuses[0]), codes[0] if codes else None
    return usual, codes[0] if codes else None


def _shown(
    replies: Sequence[ir.ReplyWitness],
    *,
    status: int,
    code: str | None,
    operation: str | None,
    errors: ir.Errors | ir.Unknown,
) -> ir.ReplyWitness | None:
    """Return the documented refusal that suits best."""
    known = [one for one in replies if (one.refuses or one.status >= 400) and isinstance(one.body, dict)]
    if not isinstance(errors, ir.Unknown):
        # The failure of a job is no refusal, although its status may be one.
        known = [one for one in known if one.refuses or any(planting.has(path, one.body) for path in errors.message)]
    known = [one for one in known if one.of in ("submit", "immediate") or one.status == status]

    def distance(one: ir.ReplyWitness) -> tuple[bool, bool, bool, bool]:
        has_code = code is not None and not isinstance(errors, ir.Unknown) and _has_code(errors, one.body, code)
        means_more = code is None and not isinstance(errors, ir.Unknown) and bool(_meant(errors, one.body))
        return (not has_code, means_more, one.status != status, one.of != operation)

    return min(known, key=distance, default=None)


def _has_code(errors: ir.Errors, body: object, code: str) -> bool:
    return any(str(value) == code for path in errors.code for value in reply_paths.find(path, body))


def _meant(errors: ir.Errors, body: object) -> list[str]:
    """Return the paths of a body at which a code stands whose meaning is documented."""
    known = {one.code for one in errors.codes}
    return [path for path in errors.code if any(str(value) in known for value in reply_paths.find(path, body))]


def _filled(
    provider: ir.Provider,
    errors: ir.Errors | ir.Unknown,
    shown: ir.ReplyWitness,
    refusal: Refusal,
    *,
    status: int,
    code: str | None,
) -> object:
    body = _swapped(plain(shown.body), shown.status, status)
    if not isinstance(errors, ir.Unknown):
        for path in errors.message:
            if planting.has(path, body):
                body = planting.planted(path, body, refusal.message)
        if code is not None:
            for path in errors.code:
                if planting.has(path, body):
                    body = planting.planted(path, body, _like(reply_paths.find(path, body)[0], code))
        else:
            for path in _meant(errors, body):  # which would say that something else is refused
                body = planting.without(path, body)
        body = _detailed(errors, body, refusal)
    envelope = provider.envelope
    if envelope is not None and envelope.message is not None and planting.has(envelope.message, body):
        body = planting.planted(envelope.message, body, refusal.message)
    return body


def _detailed(errors: ir.Errors, body: object, refusal: Refusal) -> object:
    """List what is wrong, one by one, where the documented refusal does."""
    details = errors.details
    if details is None or not refusal.wrong or not planting.has(details.at, body):
        return body
    shown = reply_paths.find(details.at, body)[0]
    entries = []
    for one in refusal.wrong:
        entry = shown
        told = [(path, says([one])) for path in details.message[:1]]
        told += [(path, one.rule) for path in details.code[:1]]
        for path, text in told:
            if planting.has(path, entry):
                entry = planting.planted(path, entry, text)
        if details.where is not None and planting.has(details.where, entry):
            entry = planting.planted(details.where, entry, _place(reply_paths.find(details.where, entry)[0], one.at))
        entries.append(entry)
    return planting.planted(details.at, body, *entries)


def _place(shown: object, pointer: str) -> object:
    """Write a place in a body as the documents show one: as steps after the one that names the body, or as a text."""
    steps = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
    if not isinstance(shown, list):
        return ".".join(steps)
    return [*shown[:1], *(int(one) if one.isdecimal() else one for one in steps)]


def _like(shown: object, code: str) -> object:
    return int(code) if isinstance(shown, int) and code.lstrip("-").isdecimal() else code


def _swapped(value: object, old: int, new: int) -> object:
    """Return a body that repeats its status with another one in its place."""
    match value:
        case dict():
            return {name: _swapped(member, old, new) for name, member in value.items()}
        case list():
            return [_swapped(item, old, new) for item in value]
        case int() if not isinstance(value, bool) and value == old:
            return new
        case _:
            return value


def _made(
    provider: ir.Provider, errors: ir.Errors | ir.Unknown, refusal: Refusal, *, status: int, code: str | None
) -> object:
    """Make a refusal that no document shows, with what the documented paths expect."""
    body: dict[str, object] = {}
    if provider.envelope is not None:
        _put(body, provider.envelope.at, status if code is None else _like(0, code))
        if provider.envelope.message is not None:
            _put(body, provider.envelope.message, refusal.message)
    if not isinstance(errors, ir.Unknown):
        for path in errors.message[:1]:
            _put(body, path, refusal.message)
        for path in errors.code[:1] if code is not None else ():
            _put(body, path, code)
    silent = provider.envelope is None or provider.envelope.message is None
    if silent and (isinstance(errors, ir.Unknown) or not errors.message):
        body["message"] = refusal.message
    return body


def _put(body: dict[str, object], path: str, value: object) -> None:
    """Put a value at a path of plain names; another path is left alone."""
    *outer, last = path.removeprefix("$.").split(".")
    if not all(name.isidentifier() for name in (*outer, last)):
        return
    inner = body
    for name in outer:
        found = inner.setdefault(name, {})
        if not isinstance(found, dict):
            return
        inner = found
    inner[last] = value
