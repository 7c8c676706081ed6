"""Results as documented replies carry them, made up and read back without the help of any client."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from proviso import ir, reply_matches, reply_paths
from proviso.answers import planting
from proviso.oracle import access, meaning
from proviso.oracle.subject import Params, Subject


@dataclass(frozen=True, kw_only=True)
class Made:
    """A result. wire: what stands in the reply. url: its address, where it has one. type_: what the reply says it is."""

    wire: str
    content: bytes
    url: str | None = None
    type_: str | None = None
    media_type: str | None = None

    @property
    def shown(self) -> tuple[str | bytes, str | None]:
        """What a client hands over: the address or the content, and the media type."""
        return self.content if self.url is None else self.url, self.media_type


def homes(subject: Subject) -> tuple[str, ...]:
    """Return beginnings of addresses that results may have, the provider's own and others."""
    return (
        "https://files.test/a",
        "https://cdn.test:8080/b?signature=s3cret&n=",
        f"{access.base_url(subject.provider)}/made/",
    )


def one(
    subject: Subject,
    place: ir.ResultsAt,
    params: Params | None,
    *,
    content: bytes,
    address: str,
    named: str,
    form: ir.Form | None = None,
) -> Made:
    """Write a result in a form that a place documents. named: its type, where the reply names one."""
    stated, type_ = _stated(subject, place, params, named)
    form = place.forms[0] if form is None else form
    match form:
        case "url":
            return Made(wire=address, content=content, url=address, type_=type_, media_type=stated)
        case "base64":
            return Made(wire=base64.b64encode(content).decode(), content=content, type_=type_, media_type=stated)
        case "data-uri":
            wire = f"data:{named};base64,{base64.b64encode(content).decode()}"
            return Made(wire=wire, content=content, type_=type_, media_type=named)
        case "text":
            told = stated or "text/plain; charset=utf-8"
            return Made(wire=content.decode(), content=content, type_=type_, media_type=told)
        case "file":
            name = address.rpartition("/")[2].replace("signature=s3cret", "v=2")
            return Made(wire=f"f/{name} ä", content=content, url=address, type_=type_, media_type=stated)
        case "bytes":
            return Made(wire="", content=content, media_type=stated)
        case _:
            assert_never(form)


def planted(place: ir.ResultsAt, body: object, made: Sequence[Made], *, before: Sequence[object] = ()) -> object:
    """Return a documented reply with other results at a place, each like the one that the document shows.

    before: items that come before them as they are.
    """
    items = list(before)
    for result in made:
        item = planting.planted(place.value, _shown(place, body), result.wire)
        if isinstance(place.media_type, ir.TypeAt) and result.type_ is not None:
            item = planting.planted(place.media_type.path, item, result.type_)
        items.append(item)
    return planting.planted(place.at, body, *items)


def with_values(place: ir.ResultsAt, body: object, *values: object) -> object:
    """Return a documented reply with anything where the addresses or contents of results stand."""
    return planting.planted(
        place.at, body, *(planting.planted(place.value, _shown(place, body), value) for value in values)
    )


def unreadable(place: ir.ResultsAt, body: object) -> bool:
    """Say whether something stands where a result should, of one that did not say that it failed."""
    items = (item for item in reply_paths.find(place.at, body) if not failed(place, item))
    return any(value is not None for item in items for value in reply_paths.find(place.value, item))


def documented(
    subject: Subject, places: Sequence[ir.ResultsAt], body: object, kind: ir.OutputKind
) -> list[str | bytes]:
    """Read what a documented reply hands over of a kind, to one that does not know the request."""
    for place in places:
        if (place.kind or subject.model.output.kind) != kind:
            continue
        items = [item for item in reply_paths.find(place.at, body) if not failed(place, item)]
        values = [one for item in items for one in reply_paths.find(place.value, item) if isinstance(one, str)]
        if values:
            return [_read(_told(place, value), value) for value in values]
    return []


def failed(place: ir.ResultsAt, item: object) -> bool:
    """Say whether a single result says that it failed."""
    return place.failed is not None and reply_matches.hold(place.failed.when, item)


def failures(subject: Subject, place: ir.ResultsAt) -> list[object]:
    """Return the failed results that documented replies show."""
    items = (item for reply in subject.model.replies for item in reply_paths.find(place.at, reply.body))
    return [item for item in items if failed(place, item)]


def reasons(place: ir.ResultsAt, item: object) -> tuple[object, object]:
    """Return the code and the message that a failed result gives."""
    assert place.failed is not None
    return _first(place.failed.code, item), _first(place.failed.message, item)


def filtered(empty: Sequence[ir.Empty], headers: Sequence[tuple[str, str]]) -> ir.Empty | None:
    """Return what the headers of an answer say of a result that is not there."""
    known = {name.lower(): text for name, text in headers}
    return next((one for one in empty if one.headers and all(known.get(n.lower()) in v for n, v in one.headers)), None)


def no_result(empty: Sequence[ir.Empty], places: Sequence[ir.ResultsAt], body: object) -> str | None:
    """Return why a success without results has none, as the documents say; None where they do not say it."""
    for one in empty:
        if not one.headers and reply_matches.hold(one.when, body):
            return one.says
    for place in places:
        items = reply_paths.find(place.at, body)
        if items and all(failed(place, item) for item in items):
            return "every single one of the results failed"
    return None


def fitting(places: Sequence[ir.ResultsAt], params: Params | None) -> list[ir.ResultsAt]:
    """Return the places that may hold the results of a request; all of them where it is not known."""
    return [place for place in places if params is None or meaning.hold(place.when, params)]


def _first(paths: Sequence[str], item: object) -> object:
    return next((value for path in paths for value in reply_paths.find(path, item)), None)


def _shown(place: ir.ResultsAt, body: object) -> object:
    items = (item for item in reply_paths.find(place.at, body) if not failed(place, item))
    return next(item for item in items if planting.has(place.value, item))


def _told(place: ir.ResultsAt, value: str) -> ir.Form:
    """Say how a text of a documented reply is written."""
    for form in place.forms:
        if (form == "url") == (value.partition("://")[0].lower() in ("http", "https")):
            return "data-uri" if value.startswith("data:") else form
    return place.forms[0]


def _read(form: ir.Form, value: str) -> str | bytes:
    match form:
        case "url" | "file" | "bytes":
            return value
        case "text":
            return value.encode()
        case "base64":
            return base64.b64decode(value)
        case "data-uri":
            return base64.b64decode(value.partition(",")[2])
        case _:
            assert_never(form)


def _stated(subject: Subject, place: ir.ResultsAt, params: Params | None, named: str) -> tuple[str | None, str | None]:
    """Return the media type that a client tells, and the one that is to stand in the reply."""
    match place.media_type:
        case None:
            return None, None
        case ir.TypeIs(name=name):
            return name, None
        case ir.TypeAt():
            return named, named
        case ir.TypeBy(parameter=name, types=types):
            parameter = subject.model.parameter(name)
            assert parameter is not None
            chosen = None if params is None else params.get(name, parameter.default)
            return dict(types).get(str(chosen)), None
        case _:
            assert_never(place.media_type)
