"""Documented streams with other results in them, whole and broken, cut into pieces as networks cut them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from proviso import ir
from proviso.answers import events, made
from proviso.answers.documented import Answer
from proviso.answers.made import Made
from proviso.drawing import drawing, handed
from proviso.drawing.drawing import Draw, Picks
from proviso.oracle.exact import plain
from proviso.oracle.subject import Params, Subject

_ALIVE = (b": keep-alive\n\n", b":\n\n", b"event: ping\ndata: {}\n\n", b"\n", b"id: 3\n\n")
MEDIA_TYPE = events.MEDIA_TYPE
stream, asked, end = events.stream, events.asked, events.end


@dataclass(frozen=True, kw_only=True)
class Piece:
    """An event on its way. finished, partial: the results that it brings; failed: the data of a failure."""

    text: bytes
    finished: tuple[Made, ...] = ()
    partial: tuple[Made, ...] = ()
    failed: object = None


def asking(subject: Subject, params: Params) -> Params:
    """Return the request that the call for streams makes of one."""
    documented = stream(subject)
    sets = () if documented is None else documented.when
    return {**params, **{one.parameter: plain(one.values[0]) for one in sets if isinstance(one, ir.Among)}}


def pieces(subject: Subject, params: Params) -> st.SearchStrategy[list[Piece]]:
    """Return a strategy of the events of a stream, without its end; at least one brings a result."""
    documented = stream(subject)
    assert documented is not None
    shown = events.shown(subject, documented)

    def drawn(draw: Draw) -> list[Piece]:
        pick = Picks(draw)

        def results(given: ir.Events) -> tuple[ir.ResultsAt, tuple[Made, ...]]:
            place = made.fitting(given.results, params)[0]
            return place, handed.some(pick, subject, place, params, many=1)

        def piece(kind: str) -> Piece:
            if kind == "partial" and documented.partial is not None:
                place, one = results(documented.partial)
                name = pick.of(documented.partial.names)
                return Piece(
                    text=events.text(documented, shown[name], name, made.planted(place, shown[name].data, one)),
                    partial=one,
                )
            if kind == "failed" and documented.failed:
                name = pick.of(documented.failed)
                return Piece(
                    text=events.text(documented, shown[name], name, plain(shown[name].data)), failed=shown[name].data
                )
            if kind == "alive":
                return Piece(text=pick.of(_ALIVE))
            place, one = results(documented.completed)
            name = pick.of(documented.completed.names)
            return Piece(
                text=events.text(documented, shown[name], name, made.planted(place, shown[name].data, one)),
                finished=one,
            )

        kinds = pick.some(["partial", "failed", "alive", "finished"], most=5)
        return [piece(kind) for kind in (*kinds, "finished")]

    return drawing.by(drawn)


def shown(subject: Subject) -> Iterator[tuple[Answer, list[object]]]:
    """Yield every documented stream that brings results, as the page has it, and the data of the events with them."""
    documented = stream(subject)
    if documented is None:
        return
    for reply in subject.model.replies:
        texts = [events.text(documented, one, events.name(documented, one), plain(one.data)) for one in reply.events]
        data = [plain(one.data) for one in reply.events if events.name(documented, one) in documented.completed.names]
        if data:
            yield Answer(status=reply.status, content=b"".join(texts), media_type=MEDIA_TYPE), data


def answer(draw: Draw, subject: Subject, events: Sequence[Piece], *, whole: bool = True) -> Answer:
    """Send events, cut into pieces anywhere. whole: they come to their end."""
    content = b"".join(one.text for one in events) + (end(subject) if whole else b"")
    cuts = sorted(draw(st.lists(st.integers(0, len(content)), max_size=4)))
    ends = [0, *cuts, len(content)]
    chunks = tuple(content[one:other] for one, other in itertools.pairwise(ends))
    headers = {one.header: "12.5" for one in subject.provider.reply_headers}
    return Answer(content=content, media_type=MEDIA_TYPE, headers=headers, chunks=chunks)


def broken(reply: Answer, error: str | None) -> Answer:
    """Return the same answer over a connection that breaks after it; None: that just ends."""
    return replace(reply, breaks=error)


def finished(events: Sequence[Piece]) -> tuple[Made, ...]:
    """Return the finished results of some events."""
    return tuple(one for event in events for one in event.finished)


def partial(events: Sequence[Piece]) -> tuple[Made, ...]:
    """Return the partial results of some events."""
    return tuple(one for event in events for one in event.partial)


def heard(events: Sequence[Piece]) -> tuple[Made, ...]:
    """Return all that a client keeps of a stream that broke: what is finished, and what was partial after that."""
    last = max((at for at, one in enumerate(events) if one.finished), default=-1)
    return (*finished(events), *partial(events[last + 1 :]))
