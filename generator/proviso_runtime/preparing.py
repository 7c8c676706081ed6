"""Put paid requests together: the address, what travels beside the body, and the body as bytes."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from proviso_runtime import addresses, encoding, multipart
from proviso_runtime.jsontext import Json
from proviso_runtime.outgoing import Outgoing
from proviso_runtime.steps import JSON_LIMIT, Request
from proviso_runtime.target import Target


def outgoing(sent: object) -> Outgoing:
    """Return what a call is to send; a body alone is written as JSON."""
    return sent if isinstance(sent, Outgoing) else Outgoing(body=sent)


def prepared(
    target: Target, call: str, sent: Outgoing, *, accept: str, patience: float, limit: int = JSON_LIMIT
) -> tuple[Target, Request]:
    """Return the request of a paid call, and the target that knows what must not be quoted of it.

    patience: seconds to wait for the reply. limit: bytes of it to read.
    """
    verb, url = target.address(call, values=sent.path)
    url = addresses.with_query(url, sent.query)
    content, content_type = encoding.encoded(sent, target.members)
    headers = target.headers(url, accept=accept, content_type=content_type)
    request = Request(
        verb=verb,
        url=url,
        headers=addresses.with_headers(headers, sent.headers),
        body=content,
        paid=True,
        patience=patience,
        limit=limit,
        ids=sent.ids or ((sent.id,) if sent.id else ()),
    )
    inside = multipart.beginnings(sent.body, sent.files)
    said = cast("Json", [sent.body, *inside, *sent.path.values(), *sent.query.values(), *sent.headers.values()])
    return replace(target, discretion=target.discretion.about(said)), request
