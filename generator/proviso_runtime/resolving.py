"""Ask for the addresses of results that a reply names by the ids of their files. It is free."""

from __future__ import annotations

from dataclasses import replace

from proviso_runtime import asking, errors, protocol, refusals, telling, turns
from proviso_runtime.asking import Trouble
from proviso_runtime.results import Found, Item, ItemFailure
from proviso_runtime.schedule import Schedule
from proviso_runtime.steps import Flow, Lost, Pause, Request
from proviso_runtime.target import Target, web_address

_PATIENCE = 60.0  # seconds that one question may take


def resolved(target: Target, found: Found, schedule: Schedule, *, job_id: str | None = None) -> Flow[Found]:
    """Return what was found with the address of every file. Trouble on the way is asked again until the deadline.

    A file without an address is a failure among the others, which are paid as well.
    Raises Unreachable, Refused, or UnexpectedReply where not one has an address.
    """
    items: list[Item] = []
    failures: list[ItemFailure] = []
    first: errors.ProviderError | None = None
    for index, item in enumerate(found.items):
        if item.file is None or item.resolve is None:
            items.append(item)
            continue
        try:
            address = yield from _address(target, item.resolve, item.file, schedule, job_id)
        except errors.ProviderError as error:
            first = first or error
            failures.append(ItemFailure(index=index, code=error.code, message=error.message))
        else:
            items.append(replace(item, address=address))
    if first is not None and not items:
        raise first
    return replace(found, items=tuple(items), failures=(*found.failures, *failures))


def _address(target: Target, resolve: protocol.Resolve, file: str, schedule: Schedule, job_id: str | None) -> Flow[str]:
    while True:
        patience = min(_PATIENCE, max(schedule.remaining, 10.0))
        seen = yield from _look(target, resolve, file, job_id, patience=patience)
        if not isinstance(seen, Trouble):
            return seen
        if schedule.over:
            raise _given_up(target, seen.cause, job_id)
        schedule.step_back(seen.retry_after)
        yield Pause(seconds=schedule.pause())


def _look(
    target: Target, resolve: protocol.Resolve, file: str, job_id: str | None, *, patience: float
) -> Flow[str | Trouble]:
    verb, url = target.address(resolve.call, job_id=job_id or "", values={"file": file})
    headers = target.headers(url, accept="application/json")
    with telling.about(target.provider.name, job_id):
        answer = yield from turns.asked(target, Request(verb=verb, url=url, headers=headers, patience=patience))
    if isinstance(answer, Lost):
        return Trouble(cause=answer.error)
    # What is refused here is an answer about something paid, not the payment.
    about = job_id or file
    if not answer.succeeded:
        return asking.troubled(refusals.refusal(answer, target=target, job_id=about))
    expected = f"the address of a result at {resolve.at}"
    try:
        document = refusals.document(answer, expected, target=target, job_id=about)
        inside = refusals.inside(document, answer, target=target, job_id=about)
    except errors.UnexpectedReply as error:
        return Trouble(cause=error)  # half of a reply, or the page of somebody on the way
    if inside is not None:
        return asking.troubled(inside)
    found = refusals.look(resolve.at, document, answer, target=target, job_id=about)
    address = web_address(found[0]) if found else None
    if address is None:
        raise refusals.unexpected(answer, expected, target=target, job_id=about)
    return address


def _given_up(target: Target, cause: Exception, job_id: str | None) -> errors.ProviderError:
    if isinstance(cause, errors.ProviderError):
        return cause
    error = errors.UnexpectedReply(
        f"{target.provider.name}: the address of a result could not be asked for ({type(cause).__name__}); "
        "trying again is free",
        provider=target.provider.name,
        job_id=job_id,
        billed=False,
        worth_retry=True,
    )
    error.expected = "the address of a result"
    error.__cause__ = cause
    return error
