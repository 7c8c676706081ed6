"""The events of documented streams, with other data in them."""

from __future__ import annotations

import json

from proviso import ir, reply_paths
from proviso.answers import planting
from proviso.oracle import meaning
from proviso.oracle.subject import Params, Subject

MEDIA_TYPE = "text/event-stream"


def stream(subject: Subject) -> ir.Stream | None:
    """Return the documented stream."""
    return None if subject.model.immediate is None else subject.model.immediate.stream


def asked(subject: Subject, params: Params) -> bool:
    """Say whether a request asks for a stream."""
    documented = stream(subject)
    return documented is not None and meaning.hold(documented.when, params)


def shown(subject: Subject, documented: ir.Stream) -> dict[str, ir.EventWitness]:
    """Return the documented events by their names, the last of each."""
    return {name(documented, one): one for reply in subject.model.replies for one in reply.events}


def name(documented: ir.Stream, event: ir.EventWitness) -> str:
    """Return what an event is called, wherever that stands."""
    if documented.event == ir.EVENT:
        return event.name
    return next((str(found) for found in reply_paths.find(documented.event, event.data)), "")


def text(documented: ir.Stream, event: ir.EventWitness, called: str, data: object) -> bytes:
    """Write a documented event with another name and other data."""
    named = f"event: {event.name}\n" if event.name != "message" else ""
    if isinstance(data, str):
        return f"{named}data: {data}\n\n".encode()
    if documented.event != ir.EVENT:
        data = planting.planted(documented.event, data, called)
    return f"{named}data: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


def end(subject: Subject) -> bytes:
    """Return the documented end."""
    documented = stream(subject)
    return b"" if documented is None or documented.end is None else f"data: {documented.end}\n\n".encode()
