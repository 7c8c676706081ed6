"""The documented answers of calls that answer at once, with other results in them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st

from proviso import reply_paths
from proviso.answers import documented, immediate, made, planting
from proviso.answers.documented import Answer, Reaction, Shape
from proviso.answers.made import Made
from proviso.answers.scripts import Script
from proviso.drawing import drawing, handed, streams
from proviso.drawing.drawing import Draw, Picks
from proviso.oracle.subject import Params, Subject

_COST = "0.75"
_CENTS = st.integers(0, 10**6).map(lambda cents: Decimal(cents) / 1000)


@dataclass(frozen=True, kw_only=True)
class Answering:
    """An answer, and what a client makes of it. shape: None where the body is the result itself."""

    reply: Answer
    made: tuple[Made, ...]
    shape: Shape | None = None
    reports: Mapping[str, Decimal]
    failures: Sequence[object] = ()

    def cost(self, subject: Subject) -> tuple[Decimal, str] | None:
        """Return what the answer says that the request costs, and in what, where a header says it."""
        told = immediate.call(subject).operation.told_cost
        return None if told is None else (Decimal(_COST), told.unit)

    @property
    def handed(self) -> list[tuple[str | bytes, str | None]]:
        """What a client hands over."""
        return [one.shown for one in self.made]

    def script(self, subject: Subject) -> Script:
        """Return what the provider answers."""
        resolves = {} if self.shape is None else documented.resolves(subject, self.made, self.shape.place)
        keyed = self.shape is not None and self.shape.place.with_key
        return Script(immediate=self.reply, files=self.files, resolves=resolves, keyed=keyed)

    @property
    def files(self) -> dict[str, Reaction]:
        """What stands at the addresses of the results."""
        return {one.url: Answer(content=one.content, media_type="x/y") for one in self.made if one.url is not None}


def answers(
    subject: Subject,
    params: Params,
    *,
    failing: bool = False,
    in_json: bool = False,
    contents: Sequence[bytes] = (),
) -> st.SearchStrategy[Answering]:
    """Return a strategy of right answers to a request.

    failing: before the results some have failed. in_json: neither as a stream nor as a body that is the result.
    contents: those of the results, as many as fit; without them, any. Then it is no stream.
    """
    returns, ways = immediate.call(subject).returns, list(immediate.shapes(subject, params))

    def drawn(draw: Draw) -> Answering:
        pick = Picks(draw)
        if not (in_json or contents) and streams.asked(subject, params):
            return _streamed(subject, draw, draw(streams.pieces(subject, params)))
        operation = immediate.call(subject).operation
        in_headers = {name: draw(_CENTS) for name, _ in operation.told}
        headers = {one.header: "12.5" for one in subject.provider.reply_headers}
        headers |= {header: str(in_headers[name]) for name, header in operation.told}
        headers |= {} if operation.told_cost is None else {operation.told_cost.at: _COST}
        if not ways or (returns and not in_json and pick.of((False, True))):
            content, media_type = pick.of(contents[:1] or handed.CONTENTS), pick.of(returns)
            reply = Answer(content=content, media_type=media_type, headers=headers)
            return Answering(
                reply=reply, made=(Made(wire="", content=content, media_type=media_type),), reports=in_headers
            )
        shape = pick.of(ways)
        many = 1 if not shape.plural else len(contents) or pick.of(range(1, 5))
        results = handed.some(pick, subject, shape.place, params, many=many, contents=contents)
        failed = made.failures(subject, shape.place) if failing and reply_paths.is_plural(shape.place.at) else []
        broken = pick.some(failed, most=3) if failed else []
        body = made.planted(shape.place, shape.reply.body, results, before=broken)
        told = documented.reported(immediate.call(subject).operation, body)
        reports = {name: draw(_CENTS) for name in told}
        for name, path in immediate.call(subject).operation.reports:
            if name in reports:
                body = planting.planted(path, body, str(reports[name]))
        answer = documented.answer(shape.reply, body)
        reply = Answer(status=answer.status, content=answer.content, media_type=answer.media_type, headers=headers)
        return Answering(reply=reply, made=results, shape=shape, reports=reports | in_headers, failures=broken)

    return drawing.by(drawn)


def _streamed(subject: Subject, draw: Draw, events: list[streams.Piece]) -> Answering:
    body = [planting for event in events for planting in _documents(event)]
    told = [documented.reported(immediate.call(subject).operation, one) for one in body]
    reports = {name: number for one in told for name, number in one.items()}
    reply = streams.answer(draw, subject, events)
    return Answering(reply=reply, made=streams.finished(events), reports=reports)


def _documents(event: streams.Piece) -> Iterator[object]:
    if event.finished:
        yield json.loads(event.text.partition(b"data: ")[2])
