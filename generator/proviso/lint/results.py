"""Lint of results: they stand where the spec says, in the form that it says, in a documented reply."""

from __future__ import annotations

import re
from collections.abc import Iterator

from proviso import ir, reply_matches, reply_paths
from proviso.diagnostics import Diagnostic, Place, quoted
from proviso.lint import streams

_BASE64 = re.compile(r"[A-Za-z0-9+/_\s-]+={0,2}\s*", re.ASCII)
_DATA_URI = re.compile(r"data:[^,\s]{0,300},.+", re.IGNORECASE | re.DOTALL)
_ADDRESS = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
_SAID: dict[ir.Form, str] = {
    "url": "an http address",
    "base64": "base64",
    "data-uri": "a data URI",
    "text": "a text",
    "file": "the id of a file",
    "bytes": "a body",
}


def result(model: ir.Model) -> Iterator[Diagnostic]:
    """Check the places of results of a model: those of its jobs, and those that come at once."""
    if (job := model.job) is not None:
        yield from _places(model, job.results, job.empty, job.place, "poll" if job.collect is None else "collect")
    if (at_once := model.immediate) is not None and at_once.results:
        yield from _places(model, at_once.results, at_once.empty, at_once.place, "immediate")
    if at_once is not None:
        yield from _in_headers(model, at_once)
    if at_once is not None and at_once.stream is not None:
        yield from streams.stream(model, at_once.stream)


def _places(
    model: ir.Model, places: tuple[ir.ResultsAt, ...], empty: tuple[ir.Empty, ...], place: Place, operation: str
) -> Iterator[Diagnostic]:
    for one in places:
        yield from _documented(model, one, operation)
        yield from _failed(model, one, operation)
        yield from _typed(model, one)
    yield from _empty(model, empty, operation)
    yield from _complete(model, places, place)


def _documented(model: ir.Model, place: ir.ResultsAt, operation: str) -> Iterator[Diagnostic]:
    if place.forms == ("bytes",):
        yield from _body(model, place, operation)
        return
    if place.resolve is not None:
        yield from _resolved(model, place.resolve)
    shown = _shown(model, operation)
    paths = [place.whole]
    if isinstance(place.media_type, ir.TypeAt):
        paths.append(place.at + place.media_type.path.removeprefix("$"))
    for path in filter(reply_paths.is_path, paths):
        if not any(reply_paths.find(path, reply.body) for reply in shown):
            message = f"results {path} stands in no documented reply of {operation}; add one under replies"
            yield Diagnostic(place.place, message, "reply-path")
    good = False
    for reply in shown:
        blank = [leaf for path in reply.blanked for one in reply_paths.find(path, reply.body) for leaf in _leaves(one)]
        for value in _values(place, reply.body):
            good = good or value in blank or _fits(place.forms, value)
            if isinstance(value, str) and value not in blank and not _fits(place.forms, value):
                message = (
                    f"{place.whole} of reply {reply.name!r} is {quoted(value)}, which is not {_said(place)}; "
                    "say what it is with `as`, or list it under blanked where the page cuts it short"
                )
                yield Diagnostic(reply.place, message, "result-form")
                good = True
    if not good and any(reply_paths.find(place.whole, reply.body) for reply in shown):
        message = f"results {place.whole} finds nothing in a documented reply that is {_said(place)}"
        yield Diagnostic(place.place, message, "result-form")


def _body(model: ir.Model, place: ir.ResultsAt, operation: str) -> Iterator[Diagnostic]:
    replies = [reply for reply in model.replies if reply.of == operation and reply.status < 300]
    if not any(reply.body is None for reply in replies):
        message = f"no documented reply of {operation} is a result itself; add one with a type such as image/png"
        yield Diagnostic(place.place, message, "reply-path")


def _resolved(model: ir.Model, resolve: ir.Resolve) -> Iterator[Diagnostic]:
    found = [value for reply in _shown(model, "resolve") for value in reply_paths.find(resolve.at, reply.body)]
    if not found and reply_paths.is_path(resolve.at):
        message = f"the address {resolve.at} stands in no documented reply of resolve; add one under replies"
        yield Diagnostic(resolve.place, message, "reply-path")
    elif found and not any(_fits(("url",), value) for value in found):
        message = f"the address {resolve.at} is no http address in a documented reply of resolve"
        yield Diagnostic(resolve.place, message, "result-form")


def _values(place: ir.ResultsAt, body: object) -> Iterator[object]:
    for item in reply_paths.find(place.at, body):
        if place.failed is None or not reply_matches.hold(place.failed.when, item):
            yield from reply_paths.find(place.value, item)


def _failed(model: ir.Model, place: ir.ResultsAt, operation: str) -> Iterator[Diagnostic]:
    if place.failed is None:
        return
    items = [item for reply in _shown(model, operation) for item in reply_paths.find(place.at, reply.body)]
    failed = [item for item in items if reply_matches.hold(place.failed.when, item)]
    if not failed:
        told = reply_matches.spoken(place.failed.when)
        message = f"no result of a documented reply of {operation} failed, where {told}; add one under replies"
        yield Diagnostic(place.failed.place, message, "reply-path")
        return
    for what, paths in (("code", place.failed.code), ("message", place.failed.message)):
        for path in filter(reply_paths.is_path, paths):
            if not any(reply_paths.find(path, item) for item in failed):
                message = f"{what} {path} stands in no failed result of a documented reply of {operation}"
                yield Diagnostic(place.failed.place, message, "reply-path")


def _in_headers(model: ir.Model, at_once: ir.Immediate) -> Iterator[Diagnostic]:
    """Check that what the headers of an answer at once tell stands in those of a documented one."""
    shown = [
        {name.lower(): text for name, text in reply.headers}
        for reply in model.replies
        if reply.of == "immediate" and not reply.refuses
    ]
    call = at_once.operation
    costs = () if call.told_cost is None else (("cost", call.told_cost.at),)
    for what, header in (*call.told, *costs):
        found = [headers[header.lower()] for headers in shown if header.lower() in headers]
        if not found:
            message = f"{what}: the header {header} is in no documented reply of immediate; add one under replies"
            yield Diagnostic(at_once.place, message, "reply-header")
        for text in found:
            if re.fullmatch(r"\s*-?[0-9]+(\.[0-9]+)?\s*", text) is None:
                message = f"{what}: the header {header} is {quoted(text)} in a documented reply, which is no number"
                yield Diagnostic(at_once.place, message, "reply-header")
    for one in at_once.empty:
        if one.headers and not any(
            all(headers.get(name.lower(), "").strip() in known for name, known in one.headers) for headers in shown
        ):
            message = "no documented reply of immediate has these headers; add one under replies"
            yield Diagnostic(one.place, message, "reply-header")


def _empty(model: ir.Model, empty: tuple[ir.Empty, ...], operation: str) -> Iterator[Diagnostic]:
    shown = _shown(model, operation)
    for one in empty:
        fitting = [reply for reply in shown if reply_matches.hold(one.when, reply.body)]
        if one.when and not fitting:
            told = reply_matches.spoken(one.when)
            message = f"no documented reply of {operation} is empty, where {told}; add one under replies"
            yield Diagnostic(one.place, message, "reply-path")
            continue
        for what, paths in (("code", one.code), ("message", one.message)):
            for path in filter(reply_paths.is_path, paths):
                if not any(reply_paths.find(path, reply.body) for reply in fitting):
                    message = f"{what} {path} stands in no documented reply of {operation} that is empty"
                    yield Diagnostic(one.place, message, "reply-path")


def _shown(model: ir.Model, operation: str) -> list[ir.ReplyWitness]:
    return [reply for reply in model.replies if reply.of == operation and reply.body is not None and not reply.refuses]


def _leaves(value: object) -> Iterator[object]:
    if isinstance(value, list | dict):
        for member in value.values() if isinstance(value, dict) else value:
            yield from _leaves(member)
    else:
        yield value


def _said(place: ir.ResultsAt) -> str:
    return " or ".join(_SAID[form] for form in place.forms)


def _fits(forms: tuple[ir.Form, ...], value: object) -> bool:
    return any(_is(form, value) for form in forms)


def _is(form: ir.Form, value: object) -> bool:
    if form == "file" and isinstance(value, int) and not isinstance(value, bool):
        return True
    if not isinstance(value, str):
        return False
    match form:
        case "url":
            return _ADDRESS.fullmatch(value) is not None
        case "base64":
            return _BASE64.fullmatch(value) is not None
        case "data-uri":
            return _DATA_URI.fullmatch(value) is not None
        case "text" | "file" | "bytes":
            return bool(value)


def _typed(model: ir.Model, place: ir.ResultsAt) -> Iterator[Diagnostic]:
    kind = place.kind or model.output.kind
    if (kind == "text") != (place.forms == ("text",)):
        message = (
            "a text stands in the reply itself: write `as: text`"
            if kind == "text"
            else f"`as: text` is for texts, and this is {'an' if kind[0] in 'aeiou' else 'a'} {kind}; "
            "the kind stands under output, or beside the place"
        )
        yield Diagnostic(place.place, message, "result-form")
    if isinstance(place.media_type, ir.TypeBy):
        yield from type_by(model, place.media_type)


def type_by(model: ir.Model, chosen: ir.TypeBy, *, complete: bool = True) -> Iterator[Diagnostic]:
    """Check the media types that a parameter chooses from. complete: each of its values has one."""
    parameter = model.parameter(chosen.parameter)
    if parameter is None:
        return  # it has a complaint already
    kind = ir.bare(parameter.kind)
    values = kind.values if isinstance(kind, ir.Choice) else ()
    known = [name for name, _ in chosen.types]
    for value in values if complete else ():
        if value not in known:
            yield Diagnostic(chosen.place, f"types has no media type for {chosen.parameter} {value}", "result-type")
    for name in known:
        if name not in values:
            message = f"{quoted(name)} is no value of {chosen.parameter}, so it can have no media type"
            yield Diagnostic(chosen.place, message, "result-type")


def _complete(model: ir.Model, places: tuple[ir.ResultsAt, ...], place: Place) -> Iterator[Diagnostic]:
    kinds = [one.kind or model.output.kind for one in places]
    if model.output.kind not in kinds:
        yield Diagnostic(place, f"the model makes {model.output.kind}, and no results are of that kind", "result-form")
    for number, one in enumerate(places):
        if one.when and kinds[number] not in kinds[number + 1 :]:
            message = "the last place of a kind must have no `when`: it is for the requests that none before it fits"
            yield Diagnostic(one.place, message, "results")
