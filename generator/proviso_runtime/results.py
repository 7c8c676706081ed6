"""Read the results out of a reply, wherever they stand in it and however they are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import assert_never

from proviso_runtime import endings, errors, inline, matching, protocol, quotes, refusals, replies
from proviso_runtime import target as targets
from proviso_runtime.jsontext import Json
from proviso_runtime.replies import Reply
from proviso_runtime.steps import JSON_LIMIT
from proviso_runtime.target import Target, web_address

LIMIT = 2**30  # bytes of a reply that may hold results itself
_ANYTHING = ("application/octet-stream", "binary/octet-stream")  # types that say nothing


def limit(places: tuple[protocol.ResultsAt, ...]) -> int:
    """Return how many bytes of a reply are read, so that the results in it are read whole."""
    return LIMIT if any(form not in ("url", "file") for place in places for form in place.forms) else JSON_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A result as a reply hands it over: by its address, or with its content.

    media_type: what the reply or the documents say that it is. file: its id where its address is still to
    be asked for, by `resolve`. with_key: the address wants to be shown the key, where it is the provider's own.
    job_id: the job that it comes from.
    """

    kind: protocol.Kind
    address: str | None = field(default=None, repr=False)
    content: bytes = field(default=b"", repr=False)
    text: str = field(default="", repr=False)
    media_type: str | None = None
    file: str | None = field(default=None, repr=False)
    resolve: protocol.Resolve | None = None
    with_key: bool = False
    job_id: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFailure:
    """A result that was asked for and is not there, although others are.

    index: its place among the results of the reply, from 0. code, message: the provider's; the
    message is ours where something stands there that cannot be read.
    """

    index: int
    code: str | int | None = None
    message: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a reply hands over. unread: whether something stands there that could not be read."""

    items: tuple[Item, ...] = ()
    failures: tuple[ItemFailure, ...] = ()
    unread: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What a request or a job that succeeded hands over. document: the reply as JSON; None where it is the result.

    quote, charge: what it was to cost and what it has cost, where that is known.
    """

    reply: Reply = field(repr=False)
    document: Json = field(repr=False)
    found: Found = field(repr=False)
    reported: Mapping[str, Decimal]
    cost: replies.Cost | None
    headers: Mapping[str, str] = field(repr=False)
    quote: quotes.Quote | None = None
    charge: quotes.Charge | None = None


def read(
    places: tuple[protocol.ResultsAt, ...],
    empty: tuple[protocol.Empty, ...],
    document: Json,
    reply: Reply,
    *,
    target: Target,
    job_id: str | None = None,
) -> Found:
    """Return the results of a reply: of every kind those at the first place that has some.

    Raises NoResult where the documents say what it means that there is none of what the model
    makes, and UnexpectedReply where they do not.
    """
    check_headers(empty, document, reply, target=target, job_id=job_id)
    found = _by_kind(places, document, reply, target=target, job_id=job_id)
    made = found[target.model.kind]
    if not made.items:
        why = None if made.unread else next((one for one in empty if _holds(one, document, reply)), None)
        if why is None and made.failures and not made.unread:
            why = protocol.Empty(says="every single one of the results failed")
        if why is None:
            raise refusals.unexpected(reply, _expected(places, made, target), target=target, job_id=job_id)
        raise _no_result(why, made.failures, document, reply, target=target, job_id=job_id)
    return _together(found)


def check_headers(
    empty: tuple[protocol.Empty, ...], document: Json, reply: Reply, *, target: Target, job_id: str | None = None
) -> None:
    """Raise NoResult where the headers of a reply say that it has no result, whatever its body is."""
    why = next((one for one in empty if one.headers and _holds(one, document, reply)), None)
    if why is not None:
        raise _no_result(why, (), document, reply, target=target, job_id=job_id)


def _holds(one: protocol.Empty, document: Json, reply: Reply) -> bool:
    told = (reply.headers.get(name.lower(), "").strip() in known for name, known in one.headers.items())
    return all(told) and matching.hold(one.when, document)


def gathered(places: tuple[protocol.ResultsAt, ...], document: Json, reply: Reply, *, target: Target) -> Found:
    """Return what a reply, or a part of one, hands over, be it nothing."""
    return _together(_by_kind(places, document, reply, target=target, job_id=None))


def _together(found: Mapping[protocol.Kind, Found]) -> Found:
    return Found(
        items=tuple(item for one in found.values() for item in one.items),
        failures=tuple(failure for one in found.values() for failure in one.failures),
        unread=any(one.unread for one in found.values()),
    )


def _by_kind(
    places: tuple[protocol.ResultsAt, ...], document: Json, reply: Reply, *, target: Target, job_id: str | None
) -> dict[protocol.Kind, Found]:
    fitting = [place for place in places if _fits(place, target.params)]
    kinds: dict[protocol.Kind, None] = dict.fromkeys((target.model.kind, *(_kind(place, target) for place in fitting)))
    return {
        kind: _first(
            _look(place, document, reply, target=target, job_id=job_id)
            for place in fitting
            if _kind(place, target) == kind
        )
        for kind in kinds
    }


def _no_result(
    why: protocol.Empty,
    failures: tuple[ItemFailure, ...],
    document: Json,
    reply: Reply,
    *,
    target: Target,
    job_id: str | None,
) -> errors.NoResult:
    """Return the exception for a success of which nothing came, with the first reason that is given."""
    told = next((one for one in failures if one.code is not None or one.message), ItemFailure(index=0))
    code, message = replies.first_code(why.code, document), replies.first_text(why.message, document)
    return endings.no_result(
        job_id,
        reply,
        target=target,
        why=why,
        code=told.code if code is None else code,
        message=told.message if message is None else message,
        failures=failures,
    )


def _first(looked: Iterable[Found]) -> Found:
    """Return the first that has results; without one, the first that says what is missing."""
    failed = Found()
    for one in looked:
        if one.items:
            return one
        failed = failed if failed.failures else one
    return failed


def _look(place: protocol.ResultsAt, document: Json, reply: Reply, *, target: Target, job_id: str | None) -> Found:
    if place.forms == ("bytes",):
        return _whole(place, reply, target)
    items: list[Item] = []
    failures: list[ItemFailure] = []
    unread = False
    for index, one in enumerate(refusals.look(place.at, document, reply, target=target, job_id=job_id)):
        if place.failed is not None and matching.hold(place.failed.when, one):
            failures.append(_failed(place.failed, index, one, target))
            continue
        value = next(iter(refusals.look(place.value, one, reply, target=target, job_id=job_id)), None)
        if value is None:
            continue
        try:
            items.append(_item(place, one, value, target))
        except inline.Broken as broken:
            unread = True
            failures.append(ItemFailure(index=index, message=f"it cannot be read: {broken}"))
    return Found(items=tuple(items), failures=tuple(failures), unread=unread)


def _whole(place: protocol.ResultsAt, reply: Reply, target: Target) -> Found:
    """Return the body itself as the result, unless it is JSON."""
    kind, said = _kind(place, target), reply.media_type
    if not reply.content or reply.cut or reply.is_json or not (said.startswith(f"{kind}/") or said in _ANYTHING):
        return Found()
    media_type = _media_type(place, None, target.params) if said in _ANYTHING else said
    return Found(items=(Item(kind=kind, content=reply.content, media_type=media_type),))


def _failed(failed: protocol.Failed, index: int, one: Json, target: Target) -> ItemFailure:
    message = replies.first_text(failed.message, one)
    return ItemFailure(
        index=index,
        code=replies.first_code(failed.code, one),
        message=None if message is None else target.discretion.without_key(message),
    )


def _item(place: protocol.ResultsAt, one: Json, value: Json, target: Target) -> Item:
    kind, media_type = _kind(place, target), _media_type(place, one, target.params)
    form = _form(place, value)
    match form:
        case "url":
            if (address := web_address(value)) is None:
                raise inline.Broken("no http address")
            return Item(kind=kind, address=address, media_type=media_type, with_key=place.with_key)
        case "base64" | "data-uri":
            if not isinstance(value, str):
                raise inline.Broken("no text")
            content, named = inline.read(value)
            return Item(kind=kind, content=content, media_type=named or media_type)
        case "text":
            if not isinstance(value, str) or not value:
                raise inline.Broken("no text")
            content = value.encode(errors="replace")
            return Item(kind=kind, content=content, text=value, media_type=media_type or "text/plain; charset=utf-8")
        case "file":
            if (file := targets.job_id(value)) is None:
                raise inline.Broken("no id of a file")
            return Item(kind=kind, file=file, resolve=place.resolve, media_type=media_type, with_key=place.with_key)
        case "bytes":
            raise inline.Broken("no body")
        case _:
            assert_never(form)


def _form(place: protocol.ResultsAt, value: Json) -> protocol.Form:
    """Return how a result is written: of several ways, the text itself tells an address from what holds the content."""
    if len(place.forms) == 1 or not isinstance(value, str):
        return place.forms[0]
    start = value[:8].lower()
    if "url" in place.forms and start.startswith(("http://", "https://")):
        return "url"
    # A path without a host would pass for base64.
    if "base64" not in place.forms and not start.startswith("data:"):
        raise inline.Broken("neither an http address nor a data URI")
    return "base64"


def _media_type(place: protocol.ResultsAt, one: Json, params: Mapping[str, object] | None) -> str | None:
    if place.type_at is not None:
        return next(filter(None, map(inline.media_type, replies.values(place.type_at, one))), place.media_type)
    if place.type_by is not None and params is not None:
        chosen = params.get(place.type_by.parameter, place.type_by.default)
        return place.type_by.types.get(chosen) if isinstance(chosen, str) else None
    return place.media_type


def _fits(place: protocol.ResultsAt, params: Mapping[str, object] | None) -> bool:
    # Of a job that another process submitted the params are not known: every place may be the one.
    return place.when is None or params is None or place.when(params)


def _kind(place: protocol.ResultsAt, target: Target) -> protocol.Kind:
    return place.kind or target.model.kind


def _expected(places: tuple[protocol.ResultsAt, ...], made: Found, target: Target) -> str:
    fitting = (place for place in places if _fits(place, target.params))
    mine = [place for place in fitting if _kind(place, target) == target.model.kind]
    whole = ["the body" if place.forms == ("bytes",) else place.at + place.value[1:] for place in mine]
    reasons = "; ".join(dict.fromkeys(failure.message for failure in made.failures if failure.message))
    told = f" ({reasons})" if reasons else ""
    return f"a result at {' or '.join(whole)}, as the request has succeeded{told}"
