"""What the documents are and what they show: sources, witnesses, doubts."""

from __future__ import annotations

from typing import cast

from proviso import ir
from proviso.document import Document
from proviso.evidence.coverage import covered
from proviso.lower import references, texts
from proviso.lower.node import Node

SECTIONS = (
    "auth", "base_url", "body", "callback", "collect", "envelope", "errors", "headers", "immediate", "output",
    "parameters", "poll", "price", "query", "rate", "reply_headers", "request", "results", "retention", "rules", "schedule",
    "settings", "sizes", "state", "submit",
)  # fmt: skip
"""What a doubt may touch beside a parameter."""


def coverage(document: Document) -> ir.Coverage:
    """Count the facts of a document by how they are known."""
    found = covered(document)
    return ir.Coverage(
        facts=found.facts,
        cited=len(found.cited),
        assumed=len(found.assumed),
        doubted=len(found.doubted),
        unknown=len(found.unknown),
    )


def sources(node: Node) -> tuple[ir.Source, ...]:
    """Read the pages that were read."""
    return tuple(
        ir.Source(
            name=name,
            title=page["title"].text(),
            address=page["address"].unknown() or page["address"].text(),
            read=page["read"].text(),
            sha256=page["sha256"].text(),
        )
        for name, page in node.unordered()
    )


def doubts(node: Node | None, declared: tuple[ir.Parameter, ...]) -> tuple[ir.Doubt, ...]:
    """Read the claims that disagree, and the rulings."""
    found: list[ir.Doubt] = []
    for doubt in () if node is None else node.each():
        spelled = references.names(declared)
        for touched in doubt["touches"].each():
            texts.member(touched, (*spelled, *SECTIONS), "parameter or section")
        if any(one.id == doubt["id"].text() for one in found):
            doubt["id"].complain(f"doubt {doubt['id'].text()!r} stands here twice", "doubt")
        found.append(
            ir.Doubt(
                id=doubt["id"].text(),
                touches=tuple(spelled.get(one, one) for one in doubt["touches"].texts()),
                claims=tuple(
                    ir.Claim(sources=claim.sources(), says=claim["says"].text()) for claim in doubt["claims"].each()
                ),
                ruling=doubt["ruling"].text(),
                because=doubt["because"].text(),
                settled_by=doubt["settled_by"].text(),
                place=doubt.place,
            )
        )
    return tuple(found)


def replies(node: Node | None) -> tuple[ir.ReplyWitness, ...]:
    """Read the documented replies."""
    return tuple(_reply(reply) for reply in (() if node is None else node.each()))


def _reply(node: Node) -> ir.ReplyWitness:
    body, headers, events = node.get("body"), node.get("headers"), node.get("events")
    return ir.ReplyWitness(
        name=node["name"].text(),
        of=node["of"].text(),
        status=node["status"].integer(),
        body=None if body is None else body.value,
        media_type=node.optional_text("type") or "application/json",
        headers=() if headers is None else tuple((name, one.text()) for name, one in headers.items()),
        blanked=texts.paths(node.get("blanked")),
        assembled=node.optional_text("assembled"),
        events=() if events is None else tuple(_event(one) for one in events.each()),
        sources=node.sources(),
        place=node.place,
    )


def _event(node: Node) -> ir.EventWitness:
    return ir.EventWitness(name=node.optional_text("event") or "message", data=node["data"].value)


def witnesses(node: Node | None) -> tuple[ir.RequestWitness, ...]:
    """Read the documented requests."""
    return tuple(_request(one) for one in (() if node is None else node.each()))


def _request(node: Node) -> ir.RequestWitness:
    pixels, hold, charge = node.get("pixels"), node.get("hold"), node.get("charge")
    beside = node.get("beside")
    return ir.RequestWitness(
        name=node["name"].text(),
        body=cast("dict[str, object] | list[object]", node["body"].value),
        beside={} if beside is None else beside.mapping(),
        pixels=None if pixels is None else texts.pixels(pixels),
        hold=None if hold is None else hold.number(),
        charge=None if charge is None else charge.number(),
        sources=node.sources(),
        place=node["body"].key_place,
    )
