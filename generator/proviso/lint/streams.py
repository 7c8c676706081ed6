"""Lint of answers that come as events: a documented stream shows them, and a request can ask for them."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir, reply_paths
from proviso.diagnostics import Diagnostic, did_you_mean, quoted


def stream(model: ir.Model, one: ir.Stream) -> Iterator[Diagnostic]:
    """Check how an answer comes as events."""
    events = [event for reply in model.replies if reply.of == "immediate" for event in reply.events]
    if not events:
        yield Diagnostic(one.place, "no documented reply is such a stream; add one with its events", "stream")
        return
    named = [(name_of(one, event), event) for event in events]
    for names, place in ((one.completed.names, one.completed), (one.partial.names if one.partial else (), one.partial)):
        for name in names:
            yield from _shown(name, named, one if place is None else place)
    for name in one.failed:
        yield from _shown(name, named, one)
    for events_ in filter(None, (one.completed, one.partial)):
        yield from _results(events_, named)
    if one.end is not None and not any(event.data == one.end for event in events):
        message = f"no documented event has the data {quoted(one.end)} that ends the stream"
        yield Diagnostic(one.place, message, "stream")
    for condition in one.when:
        if not isinstance(condition, ir.Among) or len(condition.values) != 1:
            message = "a call that streams sends one value of a parameter, such as {stream: true}"
            yield Diagnostic(one.place, message, "stream")


def name_of(one: ir.Stream, event: ir.EventWitness) -> str:
    """Give the name of a documented event."""
    if one.event == ir.EVENT:
        return event.name
    return next((str(name) for name in reply_paths.find(one.event, event.data)), "")


def _shown(name: str, named: list[tuple[str, ir.EventWitness]], place: ir.Events | ir.Stream) -> Iterator[Diagnostic]:
    names = tuple(dict.fromkeys(one for one, _ in named))
    if name not in names:
        message = f"no documented event is named {quoted(name)}{did_you_mean(name, names)}"
        yield Diagnostic(place.place, message, "stream")


def _results(one: ir.Events, named: list[tuple[str, ir.EventWitness]]) -> Iterator[Diagnostic]:
    shown = [event.data for name, event in named if name in one.names]
    for place in one.results:
        if (
            shown
            and reply_paths.is_path(place.whole)
            and not any(reply_paths.find(place.whole, data) for data in shown)
        ):
            message = f"results {place.whole} stand in no documented event named {' or '.join(one.names)}"
            yield Diagnostic(one.place, message, "reply-path")
