"""Requests as they are documented: what stands in their path, query and headers, and their body."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from proviso_runtime import bodies, writing

Encoding: TypeAlias = Literal["json", "form", "multipart"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A paid call.

    path: what stands in its places. files: the members of the body that are sent as files.
    id: the UUID of this call, where it carries one. ids: those of the requests in its body, where it carries several.
    """

    body: object = field(repr=False)
    path: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    query: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    encoding: Encoding = "json"
    files: frozenset[str] = frozenset()
    id: str = ""
    ids: tuple[str, ...] = ()


def request(
    table: bodies.Table | bodies.Chosen,
    params: Mapping[str, object],
    /,
    *,
    beside: tuple[bodies.Beside, ...] = (),
    encoding: Encoding = "json",
    files: tuple[str, ...] = (),
) -> Outgoing:
    """Make the request of valid params, with a UUID of its own. files: the members of the body that are sent as files."""
    chosen = fresh()
    carried = _carrying(beside, params, chosen)
    return replace(carried, body=_body(table, params, chosen), encoding=encoding, files=frozenset(files))


def several(
    table: Mapping[str, bodies.Member],
    requests: Sequence[Mapping[str, object]],
    /,
    *,
    beside: tuple[bodies.Beside, ...] = (),
) -> Outgoing:
    """Make the one call that carries some valid requests, each with a UUID of its own. table: that of each object."""
    ids = tuple(fresh() for _ in requests)
    body = [writing.write(table, params, one) for params, one in zip(requests, ids, strict=True)]
    return replace(_carrying(beside, {}, fresh()), body=body, ids=ids)


def fresh() -> str:
    """Choose a UUID that no other request has."""
    return str(uuid.uuid4())


def _carrying(beside: tuple[bodies.Beside, ...], params: Mapping[str, object], chosen: str) -> Outgoing:
    """Make a request that has no body yet. chosen: its UUID."""
    carried: dict[str, dict[str, str]] = {"path": {}, "query": {}, "header": {}}
    for one in beside:
        if (value := _text(one.value, params, chosen)) is not None:
            carried[one.carrier][one.name] = value
    return Outgoing(body=None, path=carried["path"], query=carried["query"], headers=carried["header"], id=chosen)


def _body(table: bodies.Table | bodies.Chosen, params: Mapping[str, object], fresh: str) -> object:
    if isinstance(table, bodies.Chosen):
        table = writing.chosen(table, params)
    if isinstance(table, list):
        return writing.write_list(table, params, fresh)
    return writing.write(table, params, fresh)


def _text(value: bodies.Value | bodies.Constant | bodies.Fresh, params: Mapping[str, object], fresh: str) -> str | None:
    """Write a value as text; None for a parameter that was not given."""
    match value:
        case bodies.Fresh():
            return fresh
        case bodies.Constant(value=constant):
            given: object = constant
        case bodies.Value():
            if not writing.is_sent(value, params):
                return None
            given = writing.written(value, params)
    return given if isinstance(given, str) else json.dumps(given)
