"""The calls that a provider documents, as they look on the wire for one job."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, unquote

from proviso import ir
from proviso.oracle import access
from proviso.oracle.exact import plain, same
from proviso.oracle.subject import Subject

Operation = Literal["submit", "poll", "collect", "cancel", "immediate", "resolve", "file"]
_PLACE = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, kw_only=True)
class Call:
    """A documented call. body: the JSON that it sends, None for nothing; more: members that the query may have.

    paid: its body is that of a request, whatever it is, and so is what stands in the places of its path.
    """

    operation: Operation
    verb: str
    url: str
    body: object = None
    more: tuple[str, ...] = ()
    paid: bool = False

    def is_meant(self, verb: str, url: str, document: object) -> bool:
        """Say whether a request is this call."""
        start, _, raw = url.partition("?")
        kept = [one for one in raw.split("&") if one and unquote(one.partition("=")[0]) not in self.more]
        asked = f"{start}?{'&'.join(kept)}" if kept else start
        parts = _PLACE.split(self.url)
        pattern = "".join("[^/?#]+" if at % 2 else re.escape(part) for at, part in enumerate(parts))
        return verb == self.verb and bool(re.fullmatch(pattern, asked)) and (self.paid or same(self.body, document))


def calls(subject: Subject, *, job_id: str, links: Mapping[str, str], files: Sequence[str] = ()) -> list[Call]:
    """Return the documented calls for a job.

    links: the addresses that the provider gives for calls about it. files: the ids of its files.
    """
    resolving = (_resolve(subject, file, job_id) for file in files)
    return [*_calls(subject, job_id=job_id, links=links), *(one for one in resolving if one is not None)]


def _resolve(subject: Subject, file: str, job_id: str) -> Call | None:
    model = subject.model
    places = (*(model.job.results if model.job else ()), *(model.immediate.results if model.immediate else ()))
    for place in places:
        if place.resolve is not None:
            path = place.resolve.operation.call.replace("{file}", quote(file, safe="")).replace("{+file}", quote(file))
            verb, url = _located(subject, path, job_id)
            return Call(operation="resolve", verb=verb, url=url)
    return None


def _calls(subject: Subject, *, job_id: str, links: Mapping[str, str]) -> Iterator[Call]:
    model, job = subject.model, subject.model.job
    beside = tuple(one.name for one in model.beside if one.carrier == "query")
    if job is not None:
        yield from _fetches(subject, "poll", "GET", job.poll, job_id=job_id, link=links.get("poll"))
        yield from _fetches(subject, "collect", "GET", job.collect, job_id=job_id, link=links.get("collect"))
        yield from _fetches(subject, "cancel", "POST", job.cancel, job_id=job_id, link=links.get("cancel"))
        wait = (job.wait.name,) if job.wait is not None and job.wait.where == "query" else ()
        verb, url = _located(subject, job.submit.call, job_id)
        yield Call(operation="submit", verb=verb, url=url, more=(*wait, *beside), paid=True)
    if model.immediate is not None:
        verb, url = _located(subject, model.immediate.operation.call, job_id)
        yield Call(operation="immediate", verb=verb, url=url, more=beside, paid=True)


def _fetches(
    subject: Subject, operation: Operation, verb: str, call: ir.Fetch | None, *, job_id: str, link: str | None
) -> Iterator[Call]:
    if call is None:
        return
    body = None if call.body is None else _filled(subject, call.body, job_id)
    if call.call is not None:
        verb, url = _located(subject, call.call, job_id)
        yield Call(operation=operation, verb=verb, url=url, body=body)
    if link is not None:
        yield Call(operation=operation, verb=verb, url=link, body=body)


def _located(subject: Subject, call: str, job_id: str) -> tuple[str, str]:
    verb, path = call.split(" ", 1)
    path = path.replace("{model}", quote(subject.model.id)).replace("{id}", quote(job_id, safe=""))
    path = path.replace("{+id}", quote(job_id))
    return verb, access.base_url(subject.provider) + access.filled(subject.provider, path)


def _filled(subject: Subject, template: ir.Template, job_id: str) -> object:
    match template:
        case str():
            return template.replace("{model}", subject.model.id).replace("{id}", job_id)
        case tuple():
            return [_filled(subject, one, job_id) for one in template]
        case Mapping():
            return {name: _filled(subject, one, job_id) for name, one in template.items()}
        case _:
            return plain(template)
