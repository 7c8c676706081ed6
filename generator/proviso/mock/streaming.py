"""Answers at once that come as server-sent events: what is finished, and what is not yet."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir
from proviso.answers import events, immediate, made
from proviso.answers.documented import Answer
from proviso.answers.made import Made
from proviso.mock import adapting, handing
from proviso.mock.adapting import Stage
from proviso.mock.handing import Delivery
from proviso.oracle.exact import plain
from proviso.oracle.subject import Params, Subject

_PARTIAL = 2  # events about each result before it is finished


def place(subject: Subject, params: Params) -> ir.ResultsAt | None:
    """Return where the results of a request stand in the events that it asks for; None where it asks for none."""
    documented = events.stream(subject)
    if documented is None or not events.asked(subject, params):
        return None
    shown = events.shown(subject, documented)
    known = all(name in shown for name in documented.completed.names[:1])
    return next(iter(made.fitting(documented.completed.results, params)), None) if known else None


def answer(delivery: Delivery, stage: Stage) -> Answer:
    """Return the events of a stream, one a chunk; results fail where documents show such an event."""
    chunks = (*_chunks(delivery, stage), events.end(delivery.subject))
    return Answer(content=b"".join(chunks), chunks=chunks, media_type=events.MEDIA_TYPE)


def _chunks(delivery: Delivery, stage: Stage) -> Iterator[bytes]:
    subject, params, works = delivery.subject, delivery.params, delivery.works
    documented, call = events.stream(subject), immediate.call(subject)
    assert documented is not None
    shown = events.shown(subject, documented)

    def event(name: str, place: ir.ResultsAt, result: Made, *, last: bool = False) -> bytes:
        data = made.planted(place, shown[name].data, [result])
        data = adapting.numbered(data, call.operation, stage.told) if last else data
        return events.text(documented, shown[name], name, plain(data))

    for work in works:
        for name, where in _partial(documented, params) if documented.partial is not None else ():
            if name in shown:
                for _ in range(_PARTIAL):
                    yield event(name, where, handing.handed(where, [work], stage, token=delivery.token)[0])
        name = documented.completed.names[0]
        where = made.fitting(documented.completed.results, params)[0]
        result = handing.handed(where, [work], stage, token=delivery.token)[0]
        yield event(name, where, result, last=work is works[-1])
    for name in documented.failed[:1] * delivery.failing:
        if name in shown:
            yield events.text(documented, shown[name], name, plain(shown[name].data))


def _partial(documented: ir.Stream, params: Params) -> Iterator[tuple[str, ir.ResultsAt]]:
    assert documented.partial is not None
    for place in made.fitting(documented.partial.results, params)[:1]:
        yield documented.partial.names[0], place
