"""HTTP calls: verb, path, and what is read of the reply."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir
from proviso.lower import texts
from proviso.lower.node import Node


def operation(node: Node, *, at_once: bool) -> ir.Operation:
    """Read one HTTP call. at_once: it is answered with the result, so that headers may report something."""
    reads, expired = node.get("reads"), node.get("expired")
    if not at_once:
        _no_headers(node)
    return ir.Operation(
        call=texts.call(node["call"], job=False),
        reads=_statuses(reads) or (200,),
        expired=_statuses(expired),
        reports=_reports(node),
        cost=_cost(node),
        told=tuple((name, one["header"].text()) for name, one in _reported(node, header=True)),
        told_cost=_told_cost(node),
        place=node.key_place,
        call_place=node["call"].place,
    )


def fetch(node: Node | None, *, reads: tuple[int, ...] = (200,)) -> ir.Fetch | None:
    """Read one call about a job.

    Args:
        node: the call, or None where there is none.
        reads: the statuses that are read where the spec names none.
    """
    if node is None:
        return None
    call, address, body = node.get("call"), node.get("address"), node.get("body")
    _no_headers(node)
    if call is None and address is None:
        node.complain(f"{node.name} needs a call, or the path of its address in the reply to submit", "operations")
    if body is not None and (call is None or call.text().startswith("GET ")):
        body.complain("a body goes with a call that is no GET", "operations")
    told = body is not None and any("{id}" in one.text() for one in _texts(body))
    return ir.Fetch(
        call=None if call is None else texts.call(call, job=True, told=told or address is not None),
        address=None if address is None else texts.singular(address, advice="write an index such as [0]"),
        body=None if body is None else _template(body),
        reads=_statuses(node.get("reads")) or reads,
        expired=_statuses(node.get("expired")),
        reports=_reports(node),
        cost=_cost(node),
        place=node.key_place,
        call_place=node.place if call is None else call.place,
    )


def wait(node: Node | None) -> ir.Patience | None:
    """Read the mode in which the reply to submit waits for the result."""
    if node is None:
        return None
    header, query = node.get("header"), node.get("query")
    name = header or query
    if name is None or (header is not None and query is not None):
        node.complain(
            "the wait is asked for in a header or in the query; name one of the two", "operations", at_key=True
        )
    return ir.Patience(
        where="query" if header is None else "header",
        name="" if name is None else name.text(),
        value=node.optional_text("value") or "{seconds}",
        most=texts.seconds(node["most"]),
        place=node.key_place,
    )


def resolving(node: Node) -> ir.Operation:
    """Read the call that turns the id of a file into an address."""
    if "{file}" not in node["call"].text():
        node["call"].complain("the call does not say which file: it must hold {file}", "placeholder")
    return ir.Operation(
        call=texts.call(node["call"], job=False),
        place=node.key_place,
        call_place=node["call"].place,
    )


def _cost(node: Node) -> ir.CostAt | None:
    cost = node.get("cost")
    if cost is None:
        return None
    at, header = cost.get("at"), cost.get("header")
    if (at is None) == (header is None):
        cost.complain("say where the cost stands: `at` a path, or in a `header`; one of the two", "operations")
    return None if at is None else ir.CostAt(at=texts.path(at), unit=cost["in"].text())


def _told_cost(node: Node) -> ir.CostAt | None:
    cost = node.get("cost")
    header = None if cost is None else cost.get("header")
    return None if cost is None or header is None else ir.CostAt(at=header.text(), unit=cost["in"].text())


def _no_headers(node: Node) -> None:
    """Complain about headers that report something, of a call about a job."""
    told = [one for _, one in _reported(node, header=True)]
    cost = node.get("cost")
    for one in [*told, *([] if cost is None or cost.get("header") is None else [cost])]:
        one.complain(
            "headers are read of an answer at once alone; give a path into the reply, or leave it out", "operations"
        )


def _statuses(node: Node | None) -> tuple[int, ...]:
    return () if node is None else tuple(one.integer() for one in node.each())


def _reports(node: Node) -> tuple[tuple[str, str], ...]:
    return tuple((name, texts.path(one)) for name, one in _reported(node, header=False))


def _reported(node: Node, *, header: bool) -> list[tuple[str, Node]]:
    """List what a call reports in its headers, or by paths."""
    reports = node.get("reports")
    known = [] if reports is None else list(reports.unordered())
    return [(name, one) for name, one in known if isinstance(one.value, dict) is header]


def _template(node: Node) -> ir.Template:
    match node.value:
        case dict():
            return {name: _template(member) for name, member in node.items()}
        case list():
            return tuple(map(_template, node.each()))
        case str():
            texts.placeholders(node, ("id", "model"))
            return node.text()
        case None:
            return None
        case _:
            return node.scalar()


def _texts(node: Node) -> Iterator[Node]:
    match node.value:
        case dict():
            for name in node.mapping():
                yield from _texts(node[name])
        case list():
            for item in node.each():
                yield from _texts(item)
        case str():
            yield node
        case _:
            pass
