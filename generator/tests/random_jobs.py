"""Strategies of operations: jobs, answers at once, streams and callbacks, with the replies that show them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from . import building
from .building import Spec
from .random_results import Handed
from .random_texts import HOSTILE, constants, maybe, prose, some, some_amounts, states, texts

ID = "j1"
PATIENCE = ("Prefer", "x-wait")
_UNITS = ("EUR", "credits", "USD")


@st.composite
def jobs(draw: st.DrawFn, handed: Handed, shared: Spec, *, call: str, chosen_id: bool) -> Spec:
    """Draw a course of jobs that the replies of the provider are examples of, and add those that show more.

    call: the path of the paid call. chosen_id: whether the request carries a UUID.
    """
    accepted, _, done = (one["body"] for one in shared["replies"][:3])
    done["id"] = ID
    submit: Spec = {"call": f"{draw(st.sampled_from(['POST', 'PUT']))} /jobs{call}", "id": "$.id"}
    if chosen_id and draw(maybe):
        submit["id"] = "{uuid}"
    about: Spec = {"id": "{id}", f"{draw(texts)}:": [draw(constants), {"of": "{model}"}]}
    poll = draw(
        st.sampled_from(
            [{"call": "GET /jobs/{id}"}, {"call": "POST /jobs", "body": about}, {"call": "GET /q?a=b&id={id}"}]
        )
    )
    stop = draw(
        st.sampled_from([{"call": "DELETE /jobs?id={id}", "reads": [202, 409]}, {"call": "PUT /stop", "body": about}])
    )
    calls = {"poll": poll, **some(draw, cancel=stop)}
    if draw(maybe):
        shared["replies"].append(_named("result", "collect", {**done, **handed.shown}))
        calls["collect"] = draw(
            st.sampled_from([{"call": "GET /jobs/{id}/result"}, {"call": "POST /r", "body": about}])
        )
    else:
        done |= handed.shown
    last = "collect" if "collect" in calls else "poll"
    shared["replies"] += [{**one, "of": last} if one["of"] == "poll" else one for one in handed.replies]
    for name, spec in calls.items():
        if draw(st.integers(0, 2)) == 0:
            accepted.setdefault("links", {})[name] = (
                f"https://{draw(st.sampled_from(['api.acme', 'other']))}.example/j1/{name}"
            )
            calls[name] = {"address": f"$.links.{name}", **(spec if "body" in spec or draw(maybe) else {})}
    _costs(draw, submit, accepted)
    _costs(draw, calls["poll"], done)
    if draw(st.integers(0, 2)) == 0:
        submit["like"] = "poll"
        at_once = {**accepted, **done, "id": ID}
        shared["replies"].append(_named("done at once", "submit", at_once))
        if draw(maybe):
            submit["wait"] = _wait(draw)
    empty = {"empty": handed.empty} if handed.empty else {}
    return building.job(submit=submit, state=_state(draw), results=handed.results, **calls, **empty)


def _state(draw: st.DrawFn) -> Spec:
    # Other words for states than those of the replies, which differ from all of them in more than case.
    words = iter(draw(st.lists(states, min_size=6, max_size=6, unique_by=lambda word: str(word).casefold())))
    state: Spec = {"at": "$.state", "running": ["busy", next(words)], "succeeded": ["done"], "failed": [next(words)]}
    state |= some(draw, moderated=[next(words)], absent="queued", ignore_case=True, partial=draw(prose))
    done = {"$.state": ["done", next(words)], "$.urls": {"given": True}}
    cases = [{"when": done, "means": "succeeded"}, {"when": {"$.state": "busy"}, "means": "queued"}]
    return state | some(draw, cases=cases[: draw(st.integers(1, 2))])


def _wait(draw: st.DrawFn) -> Spec:
    where = draw(
        st.sampled_from(
            [{"header": draw(st.sampled_from(PATIENCE))}, {"query": draw(st.sampled_from(["wait", "é w", "'"]))}]
        )
    )
    value = some(draw, value=draw(st.sampled_from(["wait={seconds}", "{seconds}s", '"{seconds}"', "'\\{seconds}%"])))
    return {**where, **value, "most": draw(st.sampled_from(["60s", "1.5m"]))}


def _costs(draw: st.DrawFn, operation: Spec, shown: Spec) -> None:
    """Let a reply tell what the request costs, and report something."""
    if draw(maybe):
        operation["cost"] = {"at": "$.cost", "in": draw(st.sampled_from(_UNITS))}
        shown["cost"] = draw(st.sampled_from(["0.10", 3])) if draw(maybe) else draw(some_amounts)
    if draw(maybe):
        operation["reports"] = {draw(st.sampled_from(["seed", "class", "cost_2", "reported"])): "$.cost"}
        shown.setdefault("cost", 1)


@st.composite
def immediates(draw: st.DrawFn, handed: Handed, shared: Spec, *, call: str, declared: Spec) -> Spec:
    """Draw an operation that answers at once with bytes, JSON or events, and add the replies that show it."""
    found: Spec = {"call": f"{draw(st.sampled_from(['POST', 'PUT']))} /now{call}"}
    replies, with_jobs = shared["replies"], "job" in shared
    form = draw(st.sampled_from(["bytes", "json", "both"]))
    if form != "json" and handed.kind != "text":
        found["returns"] = draw(st.sampled_from([["image/png"], ["image/png", "video/mp4"]]))
        replies.append({"name": "bytes", "of": "immediate", "status": 200, "type": "image/png"})
        if draw(maybe):
            # What the headers say.
            end = draw(st.sampled_from(["FILTERED", "'", "no \\"]))
            replies[-1]["headers"] = {"X-Seed": "17", "x-'cost'": "0.5", "X-End": end}
            found["reports"] = {"seed": {"header": "x-seed"}}
            found["cost"] = {"header": "x-'cost'", "in": "credits"}
            found["empty"] = {"headers": {"x-end": [end, "other"]}, "says": draw(prose)}
    if form != "bytes" or handed.kind == "text":
        body = {"fine": True, **handed.shown}
        replies.append(_named("made", "immediate", body))
        found["results"] = handed.results
        if handed.empty:
            found["empty"] = handed.empty
        _costs(draw, found, body)
    for one in handed.replies:
        if one["of"] == "resolve" and not with_jobs and "results" in found:
            replies.append(one)
        elif one["of"] == "poll" or (one["of"] == "submit" and not with_jobs):
            replies.append({**one, "of": "immediate"})
    if draw(maybe):
        found["stream"] = _stream(draw, handed, replies, declared)
    return found


def _stream(draw: st.DrawFn, handed: Handed, replies: list[Spec], declared: Spec) -> Spec:
    names = draw(
        st.lists(st.sampled_from([one for one in HOSTILE if one.strip()]), min_size=3, max_size=3, unique=True)
    )
    named = draw(st.sampled_from([{}, {"event": "event"}, {"event": "$['the name']"}]))
    as_text = {"kind": "text", "as": "text"} if handed.kind == "text" else {"as": "base64"}
    written = "iVBORw=="
    place = {"at": "$", "value": "$.v", "as": as_text["as"]}
    events = [_event(name, {"v": written}, named) for name in names[:2]] + [_event(names[2], {"text": "No."}, named)]
    stream: Spec = {**named, "completed": {"events": [names[0]], "results": place}}
    stream |= some(draw, partial={"events": [names[1]], **some(draw, results=place)}, failed=[names[2]])
    if draw(maybe):
        end = draw(st.sampled_from(["[DONE]", '"""', "\\", "é"]))
        stream["end"] = end
        events.append({"data": end})
    asking = [
        name
        for name, one in declared.items()
        if one.get("type") in ("boolean", "string")
        and ("enum" in one or one["type"] == "boolean")
        and "const" not in one
    ]
    if draw(maybe) and asking:
        name = draw(st.sampled_from(asking))
        allowed: list[Any] = declared[name].get("enum", [True, False])
        stream["when"] = {name: draw(st.sampled_from(allowed))}
    replies.append({"name": "events", "of": "immediate", "status": 200, "type": "text/event-stream", "events": events})
    return stream


def _event(name: str, data: Spec, named: Spec) -> Spec:
    return (
        {"data": {"the name": name, **data}}
        if named.get("event", "event") != "event"
        else {"event": name, "data": data}
    )


@st.composite
def callbacks(draw: st.DrawFn, job: Spec, parameter: str) -> Spec:
    """Draw what the provider sends to the address in a parameter, and how it shows who sent it."""
    body = draw(st.sampled_from(["poll", *(["collect"] if "collect" in job else []), {"unknown": draw(prose)}]))
    proof = draw(st.sampled_from(["none", "unknown", "secret", "hmac"]))
    found: Spec = {"parameter": parameter, "body": body}
    found |= some(draw, says=draw(prose), retries=3, acknowledge={"status": 204, **some(draw, within="5s")})
    if proof == "unknown":
        found["signature"] = {"unknown": draw(prose)}
    prefix = some(draw, prefix=draw(prose))
    if proof == "secret":
        found["signature"] = {"secret": {"header": "X-'Secret'", "variable": "ACME_HOOK", **prefix}}
    if proof == "hmac":
        signed = _signed(draw)
        found["signature"] = {"hmac": signed if "part" in signed else signed | prefix}
    if isinstance(body, str) and (proof in ("secret", "hmac") or draw(maybe)):
        found["id"] = "$.id"
    return found


def _signed(draw: st.DrawFn) -> Spec:
    between = st.sampled_from([one for one in HOSTILE if "{" not in one])
    parts = draw(st.sampled_from([[], ["timestamp"], ["id"], ["id", "timestamp"]]))
    signs = "".join(f"{{{part}}}{draw(between)}" for part in draw(st.permutations([*parts, "body"])))
    more = some(
        draw,
        algorithm=draw(st.sampled_from(["sha1", "sha256", "sha512"])),
        encode=draw(st.sampled_from(["hex", "base64", "base64url"])),
    )
    if "timestamp" in parts:
        more["timestamp"] = {
            "header": "X-Time",
            **some(draw, **{"in": draw(st.sampled_from(["s", "ms"])), "within": "5m"}),
        }
        if draw(maybe):
            # Time and signature are parts of one header.
            more["part"], more["timestamp"] = "v_1", {"part": "t", **some(draw, within="5m")}
    if draw(maybe):
        more |= {"secret_encoding": "base64", **some(draw, secret_prefix=draw(between).strip() or "whsec_")}
    if "id" in parts:
        more["id"] = "x-id"
    return {"header": "`sign`", "secret": "ACME_HOOK", "signs": signs, **more}


def _named(name: str, of: str, body: Spec) -> Spec:
    return {"name": name, "of": of, "status": 200, "body": body}
