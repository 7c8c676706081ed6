"""The calls that ask about a job and fetch its result: those that the user names, or the only one that is linked."""

from __future__ import annotations

from dataclasses import dataclass

from proviso.drafting import answers, operations
from proviso.drafting.operations import Link, Operation
from proviso.drafting.parts import Part
from proviso.placeholders import PLACEHOLDER

_SAME_NAME = "The field has the name that the address of the poll asks for."


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What is known of the call: where the id comes from, why that was assumed, and the operation in the document."""

    call: str
    job_id: str | None
    assumed: str | None
    operation: Operation | None


def poll(replies: Part, listed: list[Operation], *, wanted: str | None, version: str) -> Poll | None:
    """Find the call; None where neither the user nor the document says which it is.

    Args:
        replies: the replies to the call that starts a job.
        listed: the operations of the document.
        wanted: what the user said.
        version: the version of OpenAPI.
    """
    linked = [link for link in operations.links(replies, listed) if link.to.verb == "get"]
    if wanted is not None:
        return _said(wanted, linked, listed, [path for path, _, _ in answers.fields_of(replies, version=version)])
    if len({link.to.call for link in linked}) != 1:
        return None
    link = linked[0]
    named = f"{{{link.parameter}}}"
    call = link.to.call.replace(named, "{id}") if named in link.to.path else f"{link.to.call}?{link.parameter}={{id}}"
    return Poll(call=call, job_id=link.at, assumed=None, operation=link.to)


def collect(listed: list[Operation], *, wanted: str | None) -> Poll | None:
    """Find the call that fetches the result of a job, where the user says that it is another one.

    Args:
        listed: the operations of the document.
        wanted: what the user said.
    """
    return None if wanted is None else _said(wanted, [], listed, [])


def _said(wanted: str, linked: list[Link], listed: list[Operation], fields: list[str]) -> Poll:
    operation = next((one for one in listed if wanted in (one.call, one.id)), None)
    call = wanted if operation is None else operation.call
    names = PLACEHOLDER.findall(call)
    job_id = next((link.at for link in linked if link.to == operation), None)
    assumed = None
    if len(names) == 1:
        same = [path for path in fields if path.endswith(f".{names[0]}") and "*" not in path]
        if job_id is None and len(same) == 1:
            job_id, assumed = same[0], _SAME_NAME
        call = call.replace(f"{{{names[0]}}}", "{id}")
    return Poll(call=call, job_id=job_id, assumed=assumed, operation=operation)
