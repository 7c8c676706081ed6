"""The addresses that a provider gives for the calls about one job."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from proviso_runtime import jsontext, paths, protocol, redaction
from proviso_runtime.jsontext import Json
from proviso_runtime.target import web_address

What = Literal["poll", "collect", "cancel"]


def calls(job: protocol.Job) -> dict[What, protocol.Fetch]:
    """Return the calls about a job that there are."""
    named: dict[What, protocol.Fetch | None] = {"poll": job.poll, "collect": job.collect, "cancel": job.cancel}
    return {what: call for what, call in named.items() if call is not None}


def told(job: protocol.Job, document: Json) -> dict[str, str]:
    """Return the addresses that a reply gives; what is no address is left out."""
    found = {what: _address(call.address, document) for what, call in calls(job).items()}
    return {what: address for what, address in found.items() if address is not None}


def checked(job: protocol.Job, given: Mapping[str, str] | None) -> dict[str, str]:
    """Return the addresses with which a job is taken up.

    Raises ValueError where one is missing without which it cannot be asked about, and for what is no address.
    """
    known = {what for what, call in calls(job).items() if call.address is not None}
    for what, address in (given or {}).items():
        if what not in known:
            listed = " and ".join(sorted(known)) or "no calls"
            raise ValueError(f"addresses: the provider gives addresses for {listed}, not for {what!r}")
        if web_address(address) is None:
            raise ValueError(f"addresses: that for {what!r} is no http address")
    if job.poll.call is None and "poll" not in (given or {}):
        raise ValueError("the job is asked about at an address of its own: give addresses=job.addresses")
    return dict(given or {})


def taken_up(links: Mapping[str, str], job_id: str) -> str:
    """Say how a job is taken up again. Addresses are shown without what may be secret in them."""
    if not links:
        return f"resume({job_id!r})"
    shown = {what: redaction.without_query(address) for what, address in links.items()}
    return f"resume({job_id!r}, addresses={shown})"


def _address(place: str | None, document: Json) -> str | None:
    if place is None:
        return None
    try:
        return next((address for one in paths.find(place, document) if (address := web_address(one))), None)
    except jsontext.BrokenJson:
        return None
