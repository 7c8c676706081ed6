"""Replies that are full of what nobody should read: providers quote requests, and gateways all that they were given."""

from __future__ import annotations

from collections.abc import Iterator

from harness import keys
from harness.emitted import PROMPT
from harness.subjects import Params, Subject
from proviso import ir
from proviso.answers import planting
from proviso.answers.documented import Answer
from proviso.oracle.exact import encoded, plain

SIGNED = "https://files.test/a?signature=s3cret&expires=7"


def of(subject: Subject, operation: str, params: Params, *, job_id: object = None) -> Iterator[Answer]:
    """Yield the documented replies of an operation with every text in them exchanged for an echo, and pages of gateways.

    params: the request, whose prompt is quoted. job_id: stays where it is; whoever takes the job up is told it.
    """
    echo = _echo(subject, params)
    headers = {"location": SIGNED, "x-echo": echo}
    for witness in subject.model.replies:
        if witness.of == operation and witness.body is not None:
            body = encoded(_identified(subject, _echoed(plain(witness.body), echo), job_id))
            for status in {witness.status, 418}:
                yield Answer(status=status, content=body, media_type=witness.media_type, headers=headers)
    for status in (200, 302, 400, 500):
        yield Answer(status=status, content=f"<p>{echo}</p>".encode(), media_type="text/html", headers=headers)


def _identified(subject: Subject, body: object, job_id: object) -> object:
    job = subject.model.job
    known = job is not None and job.id != ir.CHOSEN_ID and planting.has(job.id, body)
    return planting.planted(job.id, body, job_id) if job is not None and known else body


def _echo(subject: Subject, params: Params) -> str:
    known = keys.options(subject.provider, subject.provider.auth[0])
    secrets = " of ".join(known[name] for name in ("api_key", "api_secret") if name in known)
    quoted = f"'{PROMPT}' (or {PROMPT[3:25]}...)" if PROMPT in params.values() else "this"
    return f"Key {secrets} may not draw {quoted}, see {SIGNED}"


def _echoed(value: object, echo: str) -> object:
    match value:
        case dict():
            return {name: _echoed(member, echo) for name, member in value.items()}
        case list():
            return [_echoed(item, echo) for item in value]
        case str():
            return echo
        case _:
            return value
