"""How a provider is spoken to: key, envelope, jobs, schedules, refusals."""

from __future__ import annotations

from typing import get_args

from proviso import ir, words
from proviso.lower import parameters, texts
from proviso.lower.node import Node


def auth(node: Node) -> ir.HeaderKey:
    """Read how the key is sent."""
    if (bearer := node.get("bearer")) is not None:
        return ir.HeaderKey(header="Authorization", prefix="Bearer ", variable=bearer.text())
    ((header, variable),) = node["header"].items()
    return ir.HeaderKey(header=header, prefix="", variable=variable.text())


def envelope(node: Node | None) -> ir.Envelope | None:
    """Read the wrapper of the replies."""
    if node is None:
        return None
    message = node.get("message")
    return ir.Envelope(
        at=texts.path(node["at"]),
        ok=tuple(one.scalar() for one in node["ok"].each()),
        message=None if message is None else texts.path(message),
    )


def reply_headers(node: Node | None) -> tuple[ir.ReplyHeader, ...]:
    """Read the headers worth keeping."""
    found: list[ir.ReplyHeader] = []
    for meaning, member in () if node is None else node.unordered():
        found.append(ir.ReplyHeader(meaning=meaning, header=member["header"].text()))
    return tuple(found)


def job(node: Node | None) -> ir.Job | None:
    """Read the course of a job."""
    if node is None:
        return None
    collect = node.get("collect")
    return ir.Job(
        submit=_operation(node["submit"], job=False),
        id=texts.path(node["submit"]["id"]),
        poll=_operation(node["poll"], job=True),
        collect=None if collect is None else _operation(collect, job=True),
        state=_state(node["state"]),
        failure=_failure(node.get("failure")),
        results=texts.paths(node["results"]),
        retention=_retention(node.get("retention")),
        place=node.key_place,
    )


def immediate(node: Node | None) -> ir.Immediate | None:
    """Read the operation that answers at once."""
    if node is None:
        return None
    return ir.Immediate(
        operation=_operation(node, job=False),
        returns=node["returns"].texts(),
    )


def _operation(node: Node, *, job: bool) -> ir.Operation:
    reads, expired, reports = node.get("reads"), node.get("expired"), node.get("reports")
    return ir.Operation(
        call=texts.call(node["call"], job=job),
        reads=(200,) if reads is None else tuple(one.integer() for one in reads.each()),
        expired=() if expired is None else tuple(one.integer() for one in expired.each()),
        reports=() if reports is None else tuple((name, texts.path(one)) for name, one in reports.unordered()),
        place=node.key_place,
    )


def _state(node: Node) -> ir.State:
    # Python takes 1 for equal to true, and so would every table of states.
    seen: set[ir.Scalar] = set()
    phases: list[tuple[ir.Scalar, ir.Phase]] = []
    for phase in get_args(ir.Phase):
        for value in () if (listed := node.get(phase)) is None else listed.each():
            word = value.scalar()
            if word in seen:
                value.complain(f"state {words.spoken(word)} has a phase already", "state")
            seen.add(word)
            phases.append((word, phase))
    if not any(phase == "succeeded" for _, phase in phases):
        node.complain("no state means succeeded, so no job could ever end well", "state", at_key=True)
    return ir.State(
        at=texts.path(node["at"]),
        phases=tuple(phases),
        partial=node.optional_text("partial"),
        place=node.key_place,
    )


def _failure(node: Node | None) -> ir.Failure | ir.Unknown:
    if node is None:
        return ir.Unknown(why="The spec says nothing about failed jobs.")
    if (unknown := node.unknown()) is not None:
        return unknown
    codes = node.get("codes")
    return ir.Failure(
        code=texts.paths(node.get("code")),
        message=texts.paths(node.get("message")),
        codes=() if codes is None else codes.texts(),
        open=node.optional_text("open"),
        place=node.key_place,
    )


def _retention(node: Node | None) -> ir.Retention | ir.Unknown:
    if node is None:
        return ir.Unknown(why="The spec says nothing about the lifetime of results.")
    if (unknown := node.unknown()) is not None:
        return unknown
    return ir.Retention(
        seconds=texts.seconds(node["lasts"]),
        since="completion" if node["from"].text() == "completion" else "submission",
    )


def schedule(node: Node | None, declared: tuple[ir.Parameter, ...]) -> tuple[ir.Pace, ...] | ir.Unknown:
    """Read when to poll: paces, the first whose conditions hold counts, the last has none."""
    if node is None:
        return ir.Unknown(why="The spec says nothing about when to poll.")
    if (unknown := node.unknown()) is not None:
        return unknown
    paces: list[ir.Pace] = []
    for pace in node.each():
        spans = {key: pace.get(key) for key in ("first", "every", "limit")}
        typical = pace.get("typical")
        paces.append(
            ir.Pace(
                when=parameters.conditions(pace.get("when"), declared),
                **{key: None if span is None else texts.seconds(span) for key, span in spans.items()},
                typical=None if typical is None else texts.seconds_range(typical),
                assumed=pace.optional_text("assumed"),
                place=pace.place,
            )
        )
    if paces and paces[-1].when:
        node.complain(
            "the last pace must have no `when`: it is for the requests that none before it fits",
            "schedule",
            at_key=True,
        )
    for pace_ in paces[:-1]:
        if not pace_.when:
            message = "a pace without `when` comes last; the ones behind it could never hold"
            node.complain(message, "schedule", at_key=True)
    return tuple(paces)


def errors(node: Node | None) -> ir.Errors | ir.Unknown:
    """Read how refusals look and what they mean."""
    if node is None:
        return ir.Unknown(why="The spec says nothing about refusals.")
    if (unknown := node.unknown()) is not None:
        return unknown
    statuses, billed = node.get("statuses"), node.get("billed")
    stated: bool | ir.Unknown
    if billed is None:
        stated = ir.Unknown(why="The spec does not say whether a refusal is billed.")
    else:
        stated = billed.unknown() or billed.value is True
    return ir.Errors(
        message=texts.paths(node.get("message")),
        code=texts.paths(node.get("code")),
        statuses=() if statuses is None else tuple(_status(status, member) for status, member in statuses.unordered()),
        billed=stated,
        place=node.key_place,
    )


def _status(status: str, node: Node) -> ir.StatusMeaning:
    retry, billed = node.get("retry"), node.get("billed")
    return ir.StatusMeaning(
        status=int(status),
        means=node["means"].text(),
        says=node.optional_text("says"),
        retry=None if retry is None else retry.flag(),
        billed=None if billed is None else billed.flag(),
        sources=node.sources(),
    )


def callback(node: Node | None, declared: tuple[ir.Parameter, ...]) -> ir.Callback | None:
    """Read the reply that the provider sends by itself."""
    if node is None:
        return None
    texts.member(node["parameter"], tuple(one.name for one in declared), "parameter")
    acknowledge, retries, signature = node.get("acknowledge"), node.get("retries"), node.get("signature")
    within = None if acknowledge is None else acknowledge.get("within")
    return ir.Callback(
        parameter=node["parameter"].text(),
        body=node["body"].unknown() or node["body"].text(),
        acknowledge=None if acknowledge is None else acknowledge["status"].integer(),
        within=None if within is None else texts.seconds(within),
        retries=None if retries is None else retries.integer(),
        signature=None if signature is None else signature.unknown(),
        says=node.optional_text("says"),
    )
