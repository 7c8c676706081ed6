"""The course of a probe: the request, and for a job its polls, its results and what their beginnings tell."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from urllib.parse import urlsplit

from proviso import ir, reply_paths
from proviso.conform import calls, exchanges, looking, showing, telling
from proviso.conform.calls import Call, Home
from proviso.conform.exchanges import Course, Exchange, Reply, Step
from proviso.conform.probes import WRONG_KEY, Probe
from proviso.conform.secrets_kept import address
from proviso.conform.sending import Door, NoReplyError, Raw, hindrance
from proviso.oracle import access, meaning
from proviso.oracle.proofs import Keys
from proviso.oracle.subject import Subject

_EVERY = Decimal(3)  # seconds between polls where no document says it
_MISSES = 4  # polls in a row that may not find the job, or not be answered
_MOST = 4000  # polls of one job
_RESULTS = 16  # results that are looked at
_SHORT = 2000  # characters of a reply that is no JSON, kept to be read by somebody


@dataclass(frozen=True, slots=True, kw_only=True)
class Follower:
    """Sends probes and follows what comes of them.

    every: seconds between polls in place of the documented ones. patience: seconds that a job may take.
    """

    door: Door
    home: Home
    way: ir.Way
    keys: Keys
    every: Decimal | None = None
    patience: float = 600

    def follow(self, probe: Probe) -> Course:
        """Send a probe once, and follow the job that it starts. A connection that breaks is part of the course."""
        return _Walk(self, probe).course()


class _Walk:
    def __init__(self, follower: Follower, probe: Probe) -> None:
        self._of = follower
        self._probe = probe
        self._subject = probe.subject
        self._start = follower.door.now()
        self._found: list[Exchange] = []
        self._fresh = ""

    def course(self) -> Course:
        late = False
        reply = self._ask()
        if reply is not None and self._probe.asking == "request":
            job = self._subject.model.job if self._probe.operation == "submit" else None
            if job is None:
                at_once = self._subject.model.immediate
                self._look(() if at_once is None else at_once.results, reply)
            elif (job_id := self._id(job, reply)) is not None:
                late = self._poll(job, job_id, reply)
        return Course(exchanges=tuple(self._found), late=late)

    def _id(self, job: ir.Job, reply: Reply) -> str | None:
        """Return the id of the job that was started, which the client may have chosen; None where none was."""
        if job.id == ir.CHOSEN_ID:
            accepted = reply.status < 300 and telling.refusal(self._subject, reply) is None
            return self._fresh if accepted else None
        return None if reply.status >= 400 else telling.job_id(job, reply)

    def _ask(self) -> Reply | None:
        probe, home = self._probe, self._of.home
        job = self._subject.model.job
        polled = (
            job is not None and job.poll.call is not None and probe.asking in ("unknown-job", "no-key", "wrong-key")
        )
        if polled and job is not None:
            call = calls.about(self._subject, job.poll, no_job(self._subject), home)
        else:
            call = calls.paid(probe, home)
            self._fresh = call.fresh
            if probe.asking in ("no-key", "wrong-key"):
                call = calls.with_body(self._subject, call, {})
        return self._exchange("ask", call)

    def _exchange(self, step: Step, call: Call, *, linked: bool = False) -> Reply | None:
        asking = self._probe.asking if step == "ask" else "request"
        keys = replace(self._of.keys, key=WRONG_KEY) if asking == "wrong-key" else self._of.keys
        trusted = not linked or _is_own(self._subject, self._of.home, call.url)
        shown = showing.shown(self._of.way, call, keys) if trusted and asking != "no-key" else call
        begun = Exchange(
            step=step,
            verb=call.verb,
            target=address(call.url) if linked else call.url.removeprefix(self._of.home.base),
            sent=call.sent,
            after=self._of.door.now() - self._start,
        )
        if (reason := hindrance(call.url)) is not None:
            self._found.append(replace(begun, broken=reason))
            return None
        try:
            reply = self._read(self._of.door.send(shown))
        except NoReplyError as error:
            self._found.append(replace(begun, broken=str(error)))
            return None
        self._found.append(replace(begun, reply=reply))
        return reply

    def _read(self, raw: Raw) -> Reply:
        stated = raw.headers.get("content-type", "")
        kept = {name: raw.headers[name] for name in _worth(self._subject) if name in raw.headers}
        reply = Reply(status=raw.status, media_type=stated.partition(";")[0].strip().lower(), headers=kept)
        if raw.status < 300 and reply.media_type.partition("/")[0] in ("image", "video", "audio"):
            return replace(reply, content=looking.content(raw.content[: looking.ENOUGH], stated))
        try:
            return replace(reply, body=exchanges.parsed(raw.content))
        except ValueError:
            return replace(reply, text=raw.content[:_SHORT].decode(errors="replace"))

    def _poll(self, job: ir.Job, job_id: str, accepted: Reply) -> bool:
        """Poll until the job is at its end; return whether the deadline came first."""
        door, pace = self._of.door, meaning.pace(self._subject.model, self._probe.params or {})
        links = _links(job, accepted)
        every = self._of.every
        wait = every if every is not None else pace.first or pace.every or _EVERY
        misses, strange = 0, set[str]()
        for _ in range(_MOST):
            if door.now() - self._start + float(wait) > self._of.patience:
                return True
            door.sleep(float(wait))
            age = door.now() - self._start
            wait = every or (Decimal(str(meaning.pause(pace, age))) if pace.every is not None else _EVERY)
            call = calls.about(self._subject, job.poll, job_id, self._of.home, link=links.get("poll"))
            reply = self._exchange("poll", call, linked=job.poll.call is None)
            if reply is None or (reply.status >= 400 and reply.status not in job.poll.reads):
                misses += 1
                if misses >= _MISSES:
                    return False
                continue
            misses, phase = 0, telling.phase(job, reply)
            links |= _links(job, reply)
            if phase in telling.ENDS or any(_values(job.results, reply)):
                self._collect(job, job_id, reply, links.get("collect"), phase)
                return False
            said = json.dumps(telling.word(job, reply))
            if phase is None and job.collect is not None and said not in strange:
                # Nobody documented this word: if there are results, it means the end.
                strange.add(said)
                if self._collected(job, job_id, links.get("collect")):
                    return False
        return True

    def _collect(self, job: ir.Job, job_id: str, reply: Reply, link: str | None, phase: ir.Phase | None) -> None:
        if job.collect is None:
            self._look(job.results, reply)
        elif phase in ("succeeded", None):
            self._collected(job, job_id, link)

    def _collected(self, job: ir.Job, job_id: str, link: str | None) -> bool:
        assert job.collect is not None
        call = calls.about(self._subject, job.collect, job_id, self._of.home, link=link)
        reply = self._exchange("collect", call, linked=job.collect.call is None)
        if reply is None or reply.status >= 400:
            return False
        self._look(job.results, reply)
        return reply.content is not None or any(_values(job.results, reply))

    def _look(self, places: tuple[ir.ResultsAt, ...], reply: Reply) -> None:
        for place, value in list(_values(places, reply))[:_RESULTS]:
            self._result(place, value)

    def _result(self, place: ir.ResultsAt, value: str) -> None:
        if place.resolve is not None:
            reply = self._exchange("resolve", calls.resolving(self._subject, place.resolve, value, self._of.home))
            known = [] if reply is None else reply_paths.find(place.resolve.at, reply.body)
            if not known or not isinstance(known[0], str):
                return
            value = known[0]
        if value.partition("://")[0].lower() in ("http", "https"):
            self._fetch(place, value)
        elif "text" not in place.forms:
            self._found.append(_inline(value))

    def _fetch(self, place: ir.ResultsAt, url: str) -> None:
        call, own = Call(verb="GET", url=url), _is_own(self._subject, self._of.home, url)
        if place.with_key and own:
            call = showing.shown(self._of.way, call, self._of.keys)
        begun = Exchange(step="file", verb="GET", target=address(url), after=self._of.door.now() - self._start)
        try:
            raw = self._of.door.fetch(call.url, call.headers)
        except NoReplyError as error:
            self._found.append(replace(begun, broken=str(error)))
            return
        stated = raw.headers.get("content-type", "")
        content = looking.content(raw.content, stated) if raw.status < 300 else None
        media_type = stated.partition(";")[0].strip().lower()
        self._found.append(replace(begun, reply=Reply(status=raw.status, media_type=media_type, content=content)))


def no_job(subject: Subject) -> str:
    """Return the id of no job, written like the documented ones."""
    job = subject.model.job
    found = (
        [] if job is None else [one for each in subject.model.replies for one in reply_paths.find(job.id, each.body)]
    )
    shown = next((one for one in found if isinstance(one, str) and one.strip(".")), "proviso-no-such-job-0")
    return "".join("7" if one.isdecimal() else one for one in shown)


def _values(places: tuple[ir.ResultsAt, ...], reply: Reply) -> Iterator[tuple[ir.ResultsAt, str]]:
    for place in places:
        found = [one for one in reply_paths.find(place.whole, reply.body) if isinstance(one, str) and one]
        if found:
            yield from ((place, one) for one in found)
            return


def _links(job: ir.Job, reply: Reply) -> dict[str, str]:
    """Return the addresses that a reply gives for the calls about its job."""
    found: dict[str, str] = {}
    for name, call in (("poll", job.poll), ("collect", job.collect)):
        if call is not None and call.address is not None:
            links = reply_paths.find(call.address, reply.body)
            if links and isinstance(links[0], str):
                found[name] = links[0]
    return found


def _inline(value: str) -> Exchange:
    head = value.partition(",")[2] if value.startswith("data:") else value
    stated = value[5:].partition(";")[0] if value.startswith("data:") else None
    try:
        content = base64.b64decode(head[: looking.ENOUGH // 3 * 4], validate=True)
    except (binascii.Error, ValueError):
        return Exchange(step="file", verb="", target="in the reply", broken="it is no base64")
    media_type = stated or ""
    reply = Reply(status=200, media_type=media_type, content=looking.content(content, stated))
    return Exchange(step="file", verb="", target="in the reply", reply=reply)


def _is_own(subject: Subject, home: Home, url: str) -> bool:
    base, asked = urlsplit(home.base), urlsplit(url)
    same = (base.scheme, base.netloc) == (asked.scheme, asked.netloc)
    return same or (asked.scheme == "https" and access.is_own(subject.provider, url))


def _worth(subject: Subject) -> list[str]:
    """Return the headers of replies that documents speak of, in small letters."""
    model = subject.model
    known = [one.header for one in subject.provider.reply_headers]
    for call in (
        None if model.job is None else model.job.submit,
        None if model.immediate is None else model.immediate.operation,
    ):
        if call is not None:
            known += [header for _, header in call.told]
            known += [] if call.told_cost is None else [call.told_cost.at]
    return [*dict.fromkeys(name.lower() for name in known), "retry-after", "allow"]
