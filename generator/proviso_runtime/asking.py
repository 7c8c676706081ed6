"""Ask about a job once: a free call, whose trouble on the way is worth asking again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from proviso_runtime import (
    encoding,
    endings,
    errors,
    jsontext,
    links,
    protocol,
    refusals,
    results,
    states,
    telling,
    turns,
)
from proviso_runtime.jsontext import Json
from proviso_runtime.replies import Reply
from proviso_runtime.states import Seen
from proviso_runtime.steps import Answer, Flow, Lost, Request
from proviso_runtime.target import Target

_PLACE = re.compile(r"\{(id|model)\}")
_PATIENCE = 60.0  # seconds that one question may take
_VERBS: dict[links.What, str] = {"poll": "GET", "collect": "GET", "cancel": "POST"}  # where only an address is known


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A question without a usable reply, worth asking again. retry_after: in seconds, as the provider says."""

    cause: Exception
    retry_after: float | None = None


def look(target: Target, what: links.What, job_id: str, *, remaining: float) -> Flow[Seen | Trouble]:
    """Ask once. Refusals are raised; trouble that passes is returned, and so are replies that nobody can read.

    remaining: seconds until the deadline.
    """
    call = links.calls(target.job)[what]
    # A question that is asked near the deadline still gets a moment to be answered.
    answer = yield from send(target, what, job_id, patience=min(_PATIENCE, max(remaining, 10.0)))
    if isinstance(answer, Lost):
        return Trouble(cause=answer.error)
    if answer.status in call.expired:
        raise endings.expired(job_id, answer, target=target)
    if answer.status not in call.reads and not answer.succeeded:
        return troubled(refusals.refusal(answer, target=target, job_id=job_id))
    try:
        document = _document(answer, target, job_id)
        seen = Seen(reply=answer, document=document)
        whole = document is None and _may_be_no_json(target)
        refused = states.refused(target, job_id, seen) if answer.succeeded and not whole else None
    except errors.UnexpectedReply as error:
        return Trouble(cause=error)  # half of a reply, or the page of somebody on the way
    return seen if refused is None else troubled(refused)


def troubled(error: errors.ProviderError) -> Trouble:
    """Return the trouble that a refusal is if it passes, and raise it otherwise."""
    if not refusals.passes(error):
        raise error
    return Trouble(cause=error, retry_after=error.retry_after if isinstance(error, errors.Refused) else None)


def send(target: Target, what: links.What, job_id: str, *, patience: float) -> Flow[Answer]:
    """Send a call about a job and return its answer.

    Raises ValueError where neither its address is known nor how it is made.
    """
    call, link = links.calls(target.job)[what], target.links.get(what)
    if call.call is not None:
        verb, url = target.address(call.call, job_id=job_id)
    elif link is None:
        raise ValueError(f"{what} has an address of its own for every job, and that of {job_id!r} is not known")
    else:
        verb, url = _VERBS[what], link
    url = link or url
    places = target.job.results
    accept = "application/json, */*;q=0.5" if any(one.forms == ("bytes",) for one in places) else "application/json"
    headers, content = target.headers(url, accept=accept), None
    if call.body is not None:
        headers = target.headers(url, accept=accept, content_type="application/json")
        body = _filled(call.body, {"id": job_id, "model": target.model.id})
        content = encoding.json_body(body, target.members if target.owns(url) else {})
    limit = results.limit(places)
    with telling.about(target.provider.name, job_id):
        return (
            yield from turns.asked(
                target, Request(verb=verb, url=url, headers=headers, body=content, patience=patience, limit=limit)
            )
        )


def _document(reply: Reply, target: Target, job_id: str) -> Json:
    try:
        return reply.json()
    except jsontext.BrokenJson:
        if _may_be_no_json(target):
            return None  # the status says enough; the body may be the result
        return refusals.document(reply, "a JSON reply about the job", target=target, job_id=job_id)


def _may_be_no_json(target: Target) -> bool:
    whole = any(place.forms == ("bytes",) for place in target.job.results)
    return whole or target.job.state.at == protocol.HTTP_STATUS


def _filled(template: protocol.Template, values: dict[str, str]) -> protocol.Template:
    match template:
        case dict():
            return {name: _filled(member, values) for name, member in template.items()}
        case list():
            return [_filled(item, values) for item in template]
        case str():
            return _PLACE.sub(lambda place: values[place[1]], template)
        case _:
            return template
