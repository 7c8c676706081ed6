"""Expressions and words about where results stand and what they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from proviso import condition_words, ir, reply_matches, words

_CLASSES: dict[ir.OutputKind, str] = {"image": "Image", "video": "Video", "audio": "Audio", "text": "Text"}
MEMBERS: dict[ir.OutputKind, str] = {"image": "images", "video": "videos", "audio": "audio", "text": "texts"}
"""The member of a finished job that holds what is of a kind."""


def kinds(model: ir.Model, *, awaited: bool) -> str:
    """Spell the type of what a model makes, such as `media.Video | media.Audio`."""
    return " | ".join(f"media.{'Async' if awaited else ''}{_CLASSES[kind]}" for kind in model.makes)


def members(model: ir.Model) -> tuple[str, ...]:
    """Name the members of a finished job that hold what a model makes."""
    return tuple(MEMBERS[kind] for kind in model.makes)


def python(places: tuple[ir.ResultsAt, ...]) -> str:
    """Spell the places of results."""
    return f"({''.join(map(_python, places))})"


def empty(found: tuple[ir.Empty, ...]) -> str:
    """Spell what it means that a success has no result; nothing where nobody says it."""
    return f"empty=({''.join(map(_empty, found))}), " if found else ""


def spoken_empty(one: ir.Empty) -> str:
    """Say what it means that a success has no result."""
    told = [f"the header {name} is {' or '.join(known)}" for name, known in one.headers]
    told += [reply_matches.spoken(one.when)] if one.when else []
    when = f"when {' and '.join(told)}: " if told else ""
    billed = {True: " It is billed.", False: " It is not billed.", None: ""}[one.billed]
    return f"{when}{one.says}{billed}"


def _empty(one: ir.Empty) -> str:
    facts = [f"says={one.says!r}"]
    facts += [f"when={reply_matches.python(one.when)}"] if one.when else []
    facts += [f"headers={dict(one.headers)!r}"] if one.headers else []
    facts += [f"{name}={paths!r}" for name, paths in (("code", one.code), ("message", one.message)) if paths]
    facts += [] if one.billed is None else [f"billed={one.billed!r}"]
    return f"protocol.Empty({', '.join(facts)}), "


def stream(one: ir.Stream) -> str:
    """Spell an answer that comes as events."""
    facts = [f"event={one.event!r}"] if one.event != ir.EVENT else []
    facts += [f"completed={_events(one.completed)}"]
    facts += [] if one.partial is None else [f"partial={_events(one.partial)}"]
    facts += [f"failed={one.failed!r}"] if one.failed else []
    facts += [] if one.end is None else [f"end={one.end!r}"]
    facts += [f"when={condition_words.function(one.when)}"] if one.when else []
    return f"protocol.Stream({', '.join(facts)})"


def _events(one: ir.Events) -> str:
    return f"protocol.Events(names={one.names!r}, results={python(one.results)})"


def spoken(places: tuple[ir.ResultsAt, ...]) -> Iterator[tuple[str, str]]:
    """Yield the path of each place, and what there is to say of it."""
    for one in places:
        remarks = (
            "" if one.forms in (("url",), ("bytes",)) else f"as {' or '.join(one.forms)}",
            one.kind or "",
            _typed(one.media_type),
            "" if one.resolve is None else f"turned into addresses by {one.resolve.operation.call}",
            "fetched with the key" if one.with_key else "",
            "" if one.failed is None else f"failed when {reply_matches.spoken(one.failed.when)}",
            f"when {words.conditions(one.when)}" if one.when else "",
        )
        yield "the body" if one.forms == ("bytes",) else one.whole, ", ".join(filter(None, remarks))


def _python(one: ir.ResultsAt) -> str:
    return f"protocol.ResultsAt({', '.join(_facts(one))}), "


def _facts(one: ir.ResultsAt) -> Iterator[str]:
    yield f"at={one.at!r}"
    if one.value != "$":
        yield f"value={one.value!r}"
    if one.forms != ("url",):
        yield f"forms={one.forms!r}"
    if one.kind is not None:
        yield f"kind={one.kind!r}"
    match one.media_type:
        case None:
            pass
        case ir.TypeIs(name=name):
            yield f"media_type={name!r}"
        case ir.TypeAt(path=path):
            yield f"type_at={path!r}"
        case ir.TypeBy(parameter=parameter, types=types, default=default):
            told = "" if default is None else f", default={default!r}"
            yield f"type_by=protocol.TypeBy(parameter={parameter!r}, types={dict(types)!r}{told})"
        case _:
            assert_never(one.media_type)
    if one.failed is not None:
        paths = (("code", one.failed.code), ("message", one.failed.message))
        reasons = "".join(f", {name}={found!r}" for name, found in paths if found)
        yield f"failed=protocol.Failed(when={reply_matches.python(one.failed.when)}{reasons})"
    if one.resolve is not None:
        call = one.resolve.operation.call
        yield f"resolve=protocol.Resolve(call={call!r}, at={one.resolve.at!r})"
    if one.with_key:
        yield "with_key=True"
    if one.when:
        yield f"when={condition_words.function(one.when)}"


def _typed(media_type: ir.MediaType | None) -> str:
    match media_type:
        case None:
            return ""
        case ir.TypeIs(name=name):
            return name
        case ir.TypeAt(path=path):
            return f"type at {path}"
        case ir.TypeBy(parameter=parameter):
            return f"type by {parameter}"
        case _:
            assert_never(media_type)
