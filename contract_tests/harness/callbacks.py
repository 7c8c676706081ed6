"""Callbacks as a provider would send them: the documented replies, signed as its documents say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from harness.clock import FakeClock
from harness.subjects import Subject
from proviso import ir
from proviso.answers import planting
from proviso.answers.documented import Answer
from proviso.drawing.transcripts import Transcript
from proviso.oracle import signing
from proviso.oracle.exact import encoded

SHARED = "what-callbacks-are-signed-with-4b1"


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A callback: headers and body. told: the headers that say who sent it."""

    headers: Mapping[str, str]
    body: bytes
    told: tuple[str, ...]


def callback(subject: Subject) -> ir.Callback:
    """Return the documented callback."""
    assert subject.model.callback is not None
    return subject.model.callback


def sent(
    subject: Subject, life: Transcript, clock: FakeClock, *, age: float = 0, secret: str = SHARED, message: str = "m-7"
) -> Sent:
    """Send the callback about a job that ended. age: seconds since it was signed. message: its id, where it has one."""
    last = life.script(subject).polls[-1] if callback(subject).body == "poll" else life.script(subject).collects[-1]
    assert isinstance(last, Answer)
    body = about(subject, json.loads(last.content), life.job_id)
    return signed(subject, encoded(body), clock, age=age, secret=secret, message=message)


def about(subject: Subject, body: object, job_id: object) -> object:
    """Return the body of a callback about a job; as it is where it has no place for its id."""
    place = callback(subject).id
    assert place is not None
    return planting.planted(place, body, job_id) if planting.has(place, body) else body


def signed(
    subject: Subject, body: bytes, clock: FakeClock, *, age: float = 0, secret: str = SHARED, message: str = "m-7"
) -> Sent:
    """Sign a body as the documents say, some seconds ago."""
    proof = callback(subject).proof
    assert proof is not None
    common = {"Content-Type": "application/json", "User-Agent": "x"}
    headers = signing.headers(proof, body, moment=clock.now() - age, secret=secret, message=message)
    return Sent(headers={**common, **headers}, body=body, told=tuple(headers))


def given(subject: Subject) -> str:
    """Return the secret as a caller is given it."""
    proof = callback(subject).proof
    return SHARED if proof is None else signing.given(proof, SHARED)


def is_signed(subject: Subject) -> bool:
    """Say whether a signature keeps the body of a callback as it is."""
    return isinstance(callback(subject).proof, ir.SignedBody)


def has_ids(subject: Subject) -> bool:
    """Say whether callbacks have ids that are signed with them."""
    proof = callback(subject).proof
    return isinstance(proof, ir.SignedBody) and proof.id is not None


def lasts(subject: Subject) -> float | None:
    """Return for how many seconds a callback may be believed; None for ever."""
    proof = callback(subject).proof
    return float(proof.within) if isinstance(proof, ir.SignedBody) and proof.within is not None else None
