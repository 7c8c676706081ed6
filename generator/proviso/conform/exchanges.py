"""What went to a provider and what came back, as it is judged and kept: without keys, and without anybody's pictures."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

_LONG = 4096  # characters of a text in a reply
_DEEPEST = 100  # lists and objects in one another; what is read walks them by recursion
_KEPT_DEEPEST = _DEEPEST + 10

Step = Literal["ask", "poll", "collect", "resolve", "file"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A result that came: how many bytes were read, their SHA-256, and what their beginning tells."""

    bytes_read: int
    sha256: str
    media_type: str | None = None
    pixels: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back. headers: names in small letters. body: JSON, or None. content: a result. text: what is neither."""

    status: int
    media_type: str = ""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: object = None
    content: Content | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its reply. target: where it went, without what is secret. broken: why there is no reply."""

    step: Step
    verb: str
    target: str
    sent: object = None
    reply: Reply | None = None
    broken: str | None = None
    after: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Everything that one probe brought about, in its order. late: whether the deadline ended it."""

    exchanges: tuple[Exchange, ...]
    late: bool = False

    @property
    def first(self) -> Exchange:
        """The request that the probe is about."""
        return self.exchanges[0]

    def of(self, *steps: Step) -> tuple[Reply, ...]:
        """Return the replies to some steps."""
        return tuple(one.reply for one in self.exchanges if one.step in steps and one.reply is not None)


def as_json(course: Course) -> dict[str, object]:
    """Return a course as JSON has it."""
    return {"late": course.late, "exchanges": [_exchange(one) for one in course.exchanges]}


def from_json(document: object) -> Course:
    """Read a course; raise ValueError, KeyError or TypeError where the document is none."""
    match document:
        case {"late": bool(late), "exchanges": [_, *_] as listed}:
            return Course(late=late, exchanges=tuple(map(_read_exchange, listed)))
        case _:
            raise ValueError("no course of a probe")


def _exchange(one: Exchange) -> dict[str, object]:
    found: dict[str, object] = {"step": one.step, "verb": one.verb, "target": one.target, "after": round(one.after, 3)}
    if one.sent is not None:
        found["sent"] = one.sent
    if one.broken is not None:
        found["broken"] = one.broken
    if one.reply is not None:
        found["reply"] = _reply(one.reply)
    return found


def _reply(one: Reply) -> dict[str, object]:
    found: dict[str, object] = {"status": one.status, "media_type": one.media_type, "headers": dict(one.headers)}
    if one.content is not None:
        pixels = None if one.content.pixels is None else list(one.content.pixels)
        found["content"] = {
            "bytes": one.content.bytes_read,
            "sha256": one.content.sha256,
            "media_type": one.content.media_type,
            "pixels": pixels,
        }
    elif one.text is not None:
        found["text"] = one.text
    else:
        found["body"] = _brief(one.body)
    return found


def _brief(value: object) -> object:
    """Return JSON without pictures in it: a long text becomes its length and its SHA-256, unless it is JSON itself."""
    match value:
        case str() if len(value) > _LONG and value[:1] not in ("{", "["):
            return f"({len(value)} characters, SHA-256 {hashlib.sha256(value.encode(errors='replace')).hexdigest()})"
        case dict():
            return {name: _brief(one) for name, one in value.items()}
        case list():
            return [_brief(one) for one in value]
        case _:
            return value


def _read_exchange(document: object) -> Exchange:
    match document:
        case {
            "step": "ask" | "poll" | "collect" | "resolve" | "file" as step,
            "verb": str(verb),
            "target": str(target),
            **more,
        }:
            reply, after, broken = more.get("reply"), more.get("after", 0.0), more.get("broken")
            return Exchange(
                step=step,
                verb=verb,
                target=target,
                sent=more.get("sent"),
                broken=None if broken is None else str(broken),
                reply=None if reply is None else _read_reply(reply),
                after=float(after) if isinstance(after, int | float) else 0.0,
            )
        case _:
            raise ValueError("no exchange of a probe")


def _read_reply(document: object) -> Reply:
    match document:
        case {"status": int(status), "media_type": str(media_type), "headers": dict(headers), **more}:
            content, text = more.get("content"), more.get("text")
            return Reply(
                status=status,
                media_type=media_type,
                headers={str(name).lower(): str(value) for name, value in headers.items()},
                body=more.get("body"),
                content=None if content is None else _read_content(content),
                text=text if isinstance(text, str) else None,
            )
        case _:
            raise ValueError("no reply of a probe")


def _read_content(document: object) -> Content:
    match document:
        case {"bytes": int(size), "sha256": str(digest), "media_type": str() | None as media_type, "pixels": pixels}:
            match pixels:
                case [int(width), int(height)]:
                    sides: tuple[int, int] | None = (width, height)
                case None:
                    sides = None
                case _:
                    raise ValueError("no pixels")
            return Content(bytes_read=size, sha256=digest, media_type=media_type, pixels=sides)
        case _:
            raise ValueError("no result")


def parsed(content: bytes, *, kept: bool = False) -> object:
    """Return JSON as Python has it; raise ValueError for what is none, or nests too deeply.

    kept: whether it is a file of a recording, which holds replies some levels down.
    """
    try:
        document: object = json.loads(content)
    except RecursionError as error:
        raise ValueError("nests too deeply") from error
    level = [document]
    for _ in range(_KEPT_DEEPEST if kept else _DEEPEST):
        level = [one for each in level for one in _members(each)]
        if not level:
            return document
    raise ValueError("nests too deeply")


def _members(value: object) -> Iterable[object]:
    match value:
        case dict():
            return value.values()
        case list():
            return value
        case _:
            return ()
