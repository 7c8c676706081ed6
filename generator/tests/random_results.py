"""Strategies of what a provider hands over and how it says no, with the replies that show it."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from .building import Spec

TYPES = {"image": "image/png", "video": "video/mp4", "audio": "audio/wav", "text": "text/plain"}
_PNG = base64.b64encode(b"\x89PNG").decode()
_WRITTEN = {
    "url": "https://acme.example/1",
    "base64": _PNG,
    "data-uri": f"data:image/png;base64,{_PNG}",
    "text": "A bay.",
    "file": "f-1",
}
SEVERAL = ("url", "base64", "data-uri")
_LETTERS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="'\\\"")
words = st.text(_LETTERS, min_size=1, max_size=5).map(lambda text: f"k{text}")
maybe = st.booleans()


@dataclass(frozen=True, kw_only=True)
class Handed:
    """What is drawn: the kind of output, where results stand, and what the final reply shows of them.

    replies: those that show the rest. errors: how refusals look. more: other keys of the provider's.
    """

    kind: str
    results: Any
    shown: Spec
    empty: Any
    replies: list[Spec]
    errors: Spec
    more: Spec


@st.composite
def handed(draw: st.DrawFn, *, kinds: tuple[str, ...] = tuple(TYPES), keyed: bool = False) -> Handed:
    """Draw what comes out of a job, of one of some kinds, and how requests are refused.

    keyed: whether downloads can show the key.
    """
    kind = draw(st.sampled_from(kinds))
    shown: Spec = {}
    replies: list[Spec] = []
    places = [_place(draw, kind, shown, replies)]
    if keyed and places[0]["as"] in ("url", "file") and draw(maybe):
        places[0]["with_key"] = True
    others = [one for one in TYPES if one != kind]
    if draw(maybe):
        places.append(_place(draw, draw(st.sampled_from(others)), shown, replies, beside=True))
    empty, hidden = _empty(draw)
    replies += [_polled(hidden, name="hidden")] if hidden else []
    errors = _errors(draw, replies)
    more = {"reply_headers": _headers(draw)} if draw(maybe) else {}
    results = places[0] if len(places) == 1 and draw(maybe) else places
    return Handed(kind=kind, results=results, shown=shown, empty=empty, replies=replies, errors=errors, more=more)


def _place(draw: st.DrawFn, kind: str, shown: Spec, replies: list[Spec], *, beside: bool = False) -> Any:
    form = "text" if kind == "text" else draw(st.sampled_from(["url", "base64", "data-uri", "file"]))
    name, member = f"{kind}:{draw(words)}", f"v{draw(words)}"
    at, value = f"$['{name}'][*]", f"$['{member}']"
    told: Any = form
    if form in SEVERAL and draw(maybe):
        told = draw(
            st.permutations(
                [
                    form,
                    *draw(st.lists(st.sampled_from([one for one in SEVERAL if one != form]), min_size=1, unique=True)),
                ]
            )
        )
    place: Spec = {"at": at, "value": value, "as": told, **({"kind": kind} if beside else {})}
    item: Spec = {member: _WRITTEN[form]}
    shown[name] = [item]
    if form == "file":
        place["resolve"] = {"call": "GET /files/{file}", "at": "$.where"}
        replies.append({"name": "file", "of": "resolve", "status": 200, "body": {"where": _WRITTEN["url"]}})
    match draw(st.sampled_from(["", "fixed", "beside"])):
        case "fixed":
            place["type"] = TYPES[kind]
        case "beside":
            place["type"] = "$.type"
            item["type"] = TYPES[kind]
        case _:
            pass
    if draw(maybe):
        lost = draw(st.sampled_from([True, "lost", 7]))
        place["failed"] = {"when": {"$.lost": lost}, "code": "$.code", "message": ["$.text", "$.code"]}
        shown[name] = [item, {"lost": lost, "code": 7, "text": draw(words)}]
    return place


def _empty(draw: st.DrawFn) -> tuple[Any, Spec]:
    reason = draw(words)
    hidden = {"when": {"$.hidden": {"given": True}}, "says": f"Hidden: {reason}", "message": "$.hidden"}
    match draw(st.sampled_from(["none", "always", "hidden", "both"])):
        case "none":
            return None, {}
        case "always":
            return {"says": reason, "billed": draw(maybe)}, {}
        case "hidden":
            return hidden, {"hidden": reason}
        case _:
            return [hidden, {"says": reason}], {"hidden": reason}


def _errors(draw: st.DrawFn, replies: list[Spec]) -> Spec:
    code = draw(st.sampled_from(["busy", 17, "a b"]))
    errors: Spec = {"message": "$.why", "code": "$.code", "statuses": {"429": {"means": "rate-limited", "retry": True}}}
    refused: Spec = {"code": code, "why": draw(words)}
    if draw(maybe):
        means = draw(st.sampled_from(["invalid", "unavailable", "expired"]))
        errors["codes"] = {str(code): {"means": means, "billed": draw(maybe)}, draw(words): {"means": "conflict"}}
        errors |= {"open": draw(words)} if draw(maybe) else {}
    if draw(maybe):
        errors["details"] = {"at": "$.list[*]", "place": "$.at", "message": "$.text"}
        refused["list"] = [{"at": ["body", 0], "text": draw(words)}]
    replies.append({"name": "refused", "of": "submit", "status": 429, "body": refused})
    if draw(maybe):
        errors["in_success"] = {"$.fine": False}
        body = {**refused, "fine": False}
        replies.append({"name": "refused all the same", "of": "submit", "status": 200, "body": body})
    return errors


def _headers(draw: st.DrawFn) -> Spec:
    unit = st.sampled_from(["s", "ms", "unix", "date"])
    return {
        "retry_after": {"header": "X-Again", "in": draw(unit)},
        "rate_limit_reset": {"header": "X-Reset", "in": draw(unit)},
    }


def _polled(body: Spec, *, name: str) -> Spec:
    return {"name": name, "of": "poll", "status": 200, "body": {"state": "done", "urls": ["x"], **body}}
