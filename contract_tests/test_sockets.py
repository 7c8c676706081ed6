"""On real connections that break at any byte, nothing is paid twice, and what is said of a request is true."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import pytest
from hypothesis import strategies as st

from harness import failing
from harness.breaking_server import Act, BreakingServer, End, Heard, closed_port
from harness.effort import once
from harness.faces import FACES, Face, HttpClient, Line
from harness.subjects import FACETS, Params
from proviso.answers import documented_calls, made
from proviso.answers.documented import Answer, Reaction
from proviso.answers.scripts import Script
from proviso.drawing import handed
from proviso.drawing.transcripts import Transcript
from proviso.oracle import access
from proviso_runtime import errors
from proviso_runtime.clock import SystemClock
from proviso_runtime.ledger import MemoryLedger

SUBJECT = FACETS["job_subject"][0]
every_face = pytest.mark.parametrize("face", FACES, ids=str)
_PATIENCE = 0.2  # seconds that a reply may take
_ENDS: tuple[End, ...] = ("close", "reset")
_CUTS = (0, 5, 30, 70, -20, -1)  # bytes of a reply: in the status line, in the headers, in the body
_GARBAGE = (b"\x16\x03\x01\x00\x2f\x01", b"SSH-2.0-OpenSSH_9.6\r\n", b"HTTP/9.9 what\r\n\r\n", b"\r\n" * 40)

BREAKS = {
    **{f"{end} after {count} bytes read": Act(reads=count, ends=end) for count in (0, 10, 90) for end in _ENDS},
    **{f"{end} after {count} bytes sent": Act(sends=count, ends=end) for count in _CUTS for end in _ENDS},
    **{f"{end} in a chunk": Act(sends=-12, ends=end, framing="chunked") for end in _ENDS},
    "close before the last chunk": Act(sends=-5, ends="close", framing="chunked"),
    "less than told": Act(ends="close", framing="longer"),
    "cut where the end tells the length": Act(sends=-9, ends="close", framing="closing"),
    "stall before the reply": Act(sends=0, ends="stall"),
    "stall in the headers": Act(sends=30, ends="stall"),
    "stall in the body": Act(sends=-3, ends="stall"),
    **{f"garbage {garbage[:3]!r}": Act(raw=garbage, ends="close") for garbage in _GARBAGE},
}
WHOLE = {
    "kept": Act(),
    "in chunks": Act(framing="chunked"),
    "closing": Act(framing="closing", ends="close"),
    "closed after it": Act(ends="close"),
}


class Hasty(SystemClock):
    """The clock of the machine, on which pauses take no time. then: what happens in the first of them."""

    def __init__(self, then: Callable[[], object] = bool) -> None:
        self.slept: list[float] = []
        self._then = then

    def monotonic(self) -> float:
        """Tell the seconds since some moment."""
        return time.monotonic() + sum(self.slept)

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        if not self.slept:
            self._then()
        self.slept.append(seconds)

    async def asleep(self, seconds: float) -> None:
        """Let time pass."""
        self.sleep(seconds)


@dataclass(kw_only=True)
class Desk:
    """A client and the server that it talks to."""

    face: Face
    server: BreakingServer
    life: Transcript
    params: Params
    http: HttpClient
    ledger: MemoryLedger

    def line(self, *, address: str | None = None, clock: Hasty | None = None) -> Line:
        """Make the client, which talks to its server or to another address."""
        base_url = address or f"http://{self.server.address}"
        return self.face.line(
            SUBJECT, clock or Hasty(), base_url=base_url, ledger=self.ledger, http=self.http, start_within=2.0
        )

    def states(self) -> list[str]:
        """Return the states of the entries in the ledger."""
        return [entry.state for entry in self.ledger.find()]


@contextmanager
def desk(face: Face, data: st.DataObject) -> Generator[Desk]:
    """Open a server that answers well unless it is told otherwise, and a client that waits for no reply for long."""
    life, params = failing.drawn(SUBJECT, data)
    with BreakingServer() as server, face.http(patience=_PATIENCE) as http:
        home = f"http://{server.address}/files/a"
        result = made.one(
            SUBJECT, life.shape.place, params, content=handed.CONTENTS[3], address=home, named="image/png"
        )
        life = dataclasses.replace(life, job_id="job-of-the-sockets", links={}, made=(result,))
        server.answers = partial(_answer, life, life.script(SUBJECT))
        yield Desk(face=face, server=server, life=life, params=params, http=http, ledger=MemoryLedger())


def _answer(life: Transcript, script: Script, heard: Heard) -> tuple[int, str, bytes]:
    """Answer a request as documented."""
    if heard.path.startswith("/files/"):
        return 200, "image/png", life.made[0].content
    known = access.base_url(SUBJECT.provider)
    right: dict[str, Reaction | None] = {
        "submit": script.submit,
        "poll": script.polls[-1],
        "collect": script.collects[0],
    }
    for call in documented_calls.calls(SUBJECT, job_id=life.id, links={}):
        url = access.bare(SUBJECT.model, SUBJECT.provider.auth[0], known + heard.path)
        answer = right.get(call.operation)
        if call.is_meant(heard.verb, url, None) and isinstance(answer, Answer):
            return answer.status, answer.media_type, answer.content
    return 404, "text/plain", b"not documented"


@every_face
@once(data=st.data())
def test_a_paid_request_on_a_connection_that_breaks_is_sent_once_and_known_to_be_in_doubt(
    face: Face, data: st.DataObject
) -> None:
    for name, act in BREAKS.items():
        with desk(face, data) as here:
            here.server.acts = [act]
            error = failing.attempt(partial(here.line().submit, here.params))
            if error is None:
                # The connection broke before anything was sent, and another one was made.
                assert act.reads == 0, name
                assert (len(here.server.paid()), here.states()) == (1, ["accepted"]), name
                continue
            assert isinstance(error, errors.OutcomeUnknown | errors.UnexpectedReply), (name, error)
            assert len(here.server.begun) <= 1, name
            assert here.states() == ["unknown"], name


@every_face
@once(data=st.data())
def test_a_paid_request_that_is_answered_whole_is_accepted_however_the_connection_ends(
    face: Face, data: st.DataObject
) -> None:
    for name, act in WHOLE.items():
        with desk(face, data) as here:
            here.server.acts = [act]
            assert here.line().submit(here.params).id == here.life.id, name
            assert (len(here.server.begun), here.states()) == (1, ["accepted"]), name


@every_face
@once(data=st.data())
def test_a_poll_on_a_connection_that_breaks_is_asked_again(face: Face, data: st.DataObject) -> None:
    for name, act in BREAKS.items():
        with desk(face, data) as here:
            line = here.line()
            job = line.submit(here.params)
            here.server.acts = [act, act]
            assert line.wait(job, timeout=1e5).job_id == here.life.id, name
            assert (len(here.server.paid()), here.states()) == (1, ["succeeded"]), name


@every_face
@once(data=st.data())
def test_a_download_on_a_connection_that_breaks_is_no_result(face: Face, data: st.DataObject) -> None:
    for name, act in BREAKS.items():
        if act.framing == "closing":
            continue  # nobody can tell that it was cut
        with desk(face, data) as here:
            line = here.line()
            (result,) = line.results(line.generate(here.params), SUBJECT.model.output.kind)
            here.server.acts = [act]
            error = failing.attempt(partial(line.read, result))
            assert isinstance(error, errors.Unreachable | errors.UnexpectedReply), (name, error)
            assert line.read(result) == here.life.made[0].content, name


@every_face
@once(data=st.data())
def test_what_never_left_is_said_to_and_is_sent_again(face: Face, data: st.DataObject) -> None:
    with desk(face, data) as here:
        here.server.acts = [Act(reads=0, ends=end) for end in _ENDS] * 8
        for address in (f"http://{closed_port()}", f"https://{here.server.address}"):
            clock = Hasty()
            error = failing.attempt(partial(here.line(address=address, clock=clock).submit, here.params))
            assert type(error) is errors.Unreachable
            assert clock.slept
        assert here.states() == ["unsent", "unsent"]
        assert here.server.paid() == []


@every_face
@once(data=st.data())
def test_a_connection_that_was_closed_meanwhile_is_not_used(face: Face, data: st.DataObject) -> None:
    for end in _ENDS:
        with desk(face, data) as here:
            line = here.line()
            for _ in range(3):
                assert line.submit(here.params).id == here.life.id
                here.server.close_idle(end)
            assert len(here.server.paid()) == len(here.server.begun) == 3
            assert here.states() == ["accepted"] * 3


@every_face
@once(data=st.data())
def test_a_connection_that_breaks_when_it_is_used_again_leaves_a_paid_request_in_doubt(
    face: Face, data: st.DataObject
) -> None:
    for end in _ENDS:
        for reads in (0, 20):
            with desk(face, data) as here:
                here.server.acts = [Act(), Act(reads=reads, ends=end)]
                line = here.line()
                line.submit(here.params)
                error = failing.attempt(partial(line.submit, here.params))
                assert type(error) is errors.OutcomeUnknown
                assert len(here.server.paid()) == 1
                assert here.states() == ["accepted", "unknown"]


@every_face
@once(data=st.data())
def test_what_comes_after_a_reply_pays_for_nothing_again(face: Face, data: st.DataObject) -> None:
    for more in (b"\x00\x01", b"\r\n", b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"):
        with desk(face, data) as here:
            here.server.acts = [Act(more=more)]
            line = here.line()
            assert line.submit(here.params).id == here.life.id
            error = failing.attempt(partial(line.submit, here.params))
            assert error is None or type(error) is errors.OutcomeUnknown
            assert len(here.server.paid()) <= 2
            assert here.states() == ["accepted", "accepted" if error is None else "unknown"]
