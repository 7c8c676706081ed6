"""Listen to an answer that comes as server-sent events: results as they are finished, and partial ones before.

What was heard is kept whatever happens to the stream, for it is paid.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from proviso_runtime import errors, jsontext, news, outcomes, paths, protocol, replies, results
from proviso_runtime.clock import Clock
from proviso_runtime.events import Event, Events
from proviso_runtime.jsontext import Json
from proviso_runtime.replies import Reply
from proviso_runtime.results import Found, Item, ItemFailure
from proviso_runtime.target import Target

_LONGEST = 3600.0  # seconds of a stream, however it is kept alive
_KEPT = Reply(status=200, headers={"content-type": "text/event-stream"}, content=b"")

OnItem = Callable[[Item], object]


class Listener:
    """Takes the bytes of a stream as they come.

    content: all of them. documents: the data of events that brought finished results. refusal: that of
    the first event that told of a failure. ended: whether the documented end was heard.
    """

    def __init__(self, target: Target, stream: protocol.Stream, *, on_partial: OnItem | None, clock: Clock) -> None:
        self.content = bytearray()
        self.documents: list[Json] = []
        self.refusal: Json = None
        self.ended = False
        self.unread = False
        self._items: list[Item] = []
        self._unfinished: list[Item] = []
        self._failures: list[ItemFailure] = []
        self._events = Events()
        self._target = target
        self._stream = stream
        self._on_partial = on_partial
        self._clock = clock
        self._until = clock.monotonic() + _LONGEST

    @property
    def found(self) -> Found:
        """What is finished, and what failed."""
        return Found(items=tuple(self._items), failures=tuple(self._failures), unread=self.unread)

    @property
    def heard(self) -> Sequence[Item]:
        """All that came: what is finished, and what was partial after that."""
        return (*self._items, *self._unfinished)

    @property
    def complete(self) -> bool:
        """Whether the stream ended as it should."""
        return self.ended or self._stream.end is None

    def take(self, chunk: bytes) -> None:
        """Take in some bytes. Raises TimeoutError for a stream that has no end."""
        self.content += chunk
        for event in self._events.take(chunk):
            self._hear(event)
        if self._clock.monotonic() > self._until:
            raise TimeoutError("the stream has no end")

    def _hear(self, event: Event) -> None:
        if self._stream.end is not None and event.data.strip() == self._stream.end:
            self.ended = True
            return
        try:
            document = jsontext.read(event.data)
        except jsontext.BrokenJson:
            self.unread = self.unread or event.name in self._stream.completed.names
            return
        name = _name(self._stream, event, document)
        if name in self._stream.completed.names:
            self._finish(document)
        elif self._stream.partial is not None and name in self._stream.partial.names:
            self._show(self._gathered(self._stream.partial, document))
        elif name in self._stream.failed:
            self._fail(document)

    def _finish(self, document: Json) -> None:
        found = self._gathered(self._stream.completed, document)
        first = len(self._items) + len(self._failures)
        self._items += found.items
        self._unfinished.clear()
        self._failures += (_moved(one, first) for one in found.failures)
        self.unread = self.unread or found.unread
        self.documents.append(document)

    def _show(self, found: Found) -> None:
        self._unfinished += found.items
        for item in found.items:
            if self._on_partial is None:
                continue
            try:
                self._on_partial(item)
            except Exception as error:
                # What is being paid for must not be lost with what was only to be looked at.
                self._on_partial = None
                news.unheard(error)

    def _fail(self, document: Json) -> None:
        stated = self._target.errors
        message = replies.first_text(stated.message, document)
        self._failures.append(
            ItemFailure(
                index=len(self._items) + len(self._failures),
                code=replies.first_code(stated.code, document),
                message=None if message is None else self._target.discretion.without_key(message),
            )
        )
        self.refusal = self.refusal or document

    def _gathered(self, events: protocol.Events, document: Json) -> Found:
        try:
            return results.gathered(events.results, document, _KEPT, target=self._target)
        except errors.UnexpectedReply:
            return Found(unread=True)


def wanted(call: protocol.Immediate, target: Target) -> protocol.Stream | None:
    """Return how the answer comes as events; None where the request does not ask for that."""
    stream = call.stream
    if stream is None or (stream.when is not None and not stream.when(target.params or {})):
        return None
    return stream


def _name(stream: protocol.Stream, event: Event, document: Json) -> str:
    if stream.event == outcomes.EVENT:
        return event.name
    try:
        return next((one for one in paths.find(stream.event, document) if isinstance(one, str)), "")
    except jsontext.BrokenJson:
        return ""


def _moved(failure: ItemFailure, first: int) -> ItemFailure:
    return ItemFailure(index=first + failure.index, code=failure.code, message=failure.message)
