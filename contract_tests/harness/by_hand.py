"""The mock of a provider, asked without any client: requests laid out and signed from the spec alone."""

from __future__ import annotations

import time

import httpx2

from harness import keys
from harness.mocked import ORIGIN, drawn
from harness.subjects import Params, Subject
from proviso.answers.documented import Answer
from proviso.conform import calls, probes, showing
from proviso.conform.calls import Home
from proviso.mock.asking import Asked
from proviso.mock.clock import Held
from proviso.mock.options import Options
from proviso.mock.provider_mock import Mock
from proviso.oracle import access
from proviso.oracle.proofs import Keys


class ByHand:
    """A provider at the mock. clock: its time, which stands still until it is moved."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self.clock = Held(start=time.time())
        options = Options(key=keys.KEY, secret=keys.SIGNER, clock=self.clock, draw=drawn)
        self.mock = Mock([subject.provider], options)
        self.desk = self.mock.desks[subject.provider.name]
        settings = access.settings(subject.provider)
        path = access.written(self.desk.orders.base, settings)
        self._home = Home(base=ORIGIN + path, settings=settings)

    @property
    def paid(self) -> tuple[object, ...]:
        """What was accepted, charged and held: something to compare."""
        money = [(one.charged, one.held, one.unknown) for one in self.desk.books.accounts]
        return (self.desk.books.accepted, *money)

    def request(self, params: Params, body: object = None) -> Asked:
        """Lay out a paid request. body: another one than that of the params."""
        operation = probes.operations(self.subject)[0]
        probe = probes.Probe(
            asking="request",
            subject=self.subject,
            operation=operation,
            says="",
            facts=frozenset(),
            params=params,
        )
        call = calls.paid(probe, self._home)
        if body is not None:
            call = calls.with_body(self.subject, call, body)
        call = showing.shown(self.subject.provider.auth[0], call, Keys(key=keys.KEY, secret=keys.SIGNER))
        files = [(name, (one.name, one.content, one.media_type)) for name, one in call.files]
        in_parts = [(name, (None, text.encode())) for name, text in call.fields]
        made = httpx2.Request(
            call.verb,
            call.url,
            headers=dict(call.headers),
            **({"files": [*in_parts, *files]} if files or in_parts else {"content": call.content}),
        )
        return Asked(
            verb=call.verb,
            target=call.url.removeprefix(ORIGIN),
            headers={name.lower(): text for name, text in made.headers.items()},
            body=made.read(),
            origin=ORIGIN,
        )

    def send(self, asked: Asked) -> Answer:
        """Ask the mock."""
        return self.mock.answer(asked).answer
