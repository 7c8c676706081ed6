"""Where a way of showing the key puts it beside the body."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from proviso import ir


def key_places(way: ir.Way) -> Iterator[tuple[ir.Carrier, str]]:
    """Yield the headers and the members of the query that show a key, as the documents write them."""
    match way:
        case ir.HeaderKey(header=header):
            yield "header", header
        case ir.Jwt():
            yield "header", "Authorization"
        case ir.QueryKey(name=name):
            yield "query", name
        case ir.Signature(headers=headers, query=query):
            yield from (("header", name) for name, _ in headers)
            yield from (("query", name) for name, _ in query)
        case ir.BodyKey():
            pass
        case _:
            assert_never(way)
