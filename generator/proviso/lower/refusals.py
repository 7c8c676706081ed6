"""How replies say no: envelope, headers worth keeping, and what statuses mean."""

from __future__ import annotations

from typing import get_args

from proviso import ir, reply_matches, reply_paths
from proviso.lower import matches, texts
from proviso.lower.node import Node

_UNITS: tuple[ir.TimeUnit, ...] = get_args(ir.TimeUnit)


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
        unit = member.get("in")
        found.append(
            ir.ReplyHeader(
                meaning=meaning,
                header=member["header"].text(),
                unit=None if unit is None else next(one for one in _UNITS if one == unit.text()),
            )
        )
    return tuple(found)


def errors(node: Node | None) -> ir.Errors | ir.Unknown:
    """Read how refusals look and what they mean."""
    if node is None:
        return ir.Unknown(why="The spec says nothing about refusals.")
    if (unknown := node.unknown()) is not None:
        return unknown
    statuses, codes, billed = node.get("statuses"), node.get("codes"), node.get("billed")
    stated: bool | ir.Unknown
    if billed is None:
        stated = ir.Unknown(why="The spec does not say whether a refusal is billed.")
    else:
        stated = billed.unknown() or billed.value is True
    return ir.Errors(
        message=texts.paths(node.get("message")),
        code=texts.paths(node.get("code")),
        statuses=() if statuses is None else tuple(_status(status, member) for status, member in statuses.unordered()),
        codes=() if codes is None else tuple(_code(code, member) for code, member in codes.unordered()),
        open=node.optional_text("open"),
        in_success=matches.matches(node.get("in_success")),
        details=_details(node.get("details")),
        billed=stated,
        place=node.key_place,
    )


def inside(reply: ir.ReplyWitness, envelope: ir.Envelope | None, errors: ir.Errors | ir.Unknown) -> bool:
    """Tell whether a documented reply says no although its status is one of success."""
    if reply.body is None or not 200 <= reply.status < 300:
        return False
    if isinstance(errors, ir.Errors) and errors.in_success and reply_matches.hold(errors.in_success, reply.body):
        return True
    verdicts = [] if envelope is None else reply_paths.find(envelope.at, reply.body)
    return bool(verdicts) and envelope is not None and not any(ir.same(verdicts[0], one) for one in envelope.ok)


def _details(node: Node | None) -> ir.Details | None:
    if node is None:
        return None
    where = node.get("place")
    return ir.Details(
        at=texts.path(node["at"]),
        where=None if where is None else texts.path(where),
        message=texts.paths(node.get("message")),
        code=texts.paths(node.get("code")),
        place=node.key_place,
    )


def _code(code: str, node: Node) -> ir.CodeMeaning:
    retry, billed = node.get("retry"), node.get("billed")
    return ir.CodeMeaning(
        code=code,
        means=node["means"].text(),
        says=node.optional_text("says"),
        retry=None if retry is None else retry.flag(),
        billed=None if billed is None else billed.flag(),
        sources=node.sources(),
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
