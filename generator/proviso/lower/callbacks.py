"""What a provider sends by itself, and how it shows that it did."""

from __future__ import annotations

from typing import get_args

from proviso import ir
from proviso.lower import references, texts
from proviso.lower.node import Node

_ALGORITHMS: tuple[ir.HmacAlgorithm, ...] = get_args(ir.HmacAlgorithm)
_ENCODINGS: tuple[ir.HmacEncoding, ...] = get_args(ir.HmacEncoding)


def callback(node: Node | None, declared: tuple[ir.Parameter, ...]) -> ir.Callback | None:
    """Read the reply that the provider sends by itself."""
    if node is None:
        return None
    acknowledge, retries, identity = node.get("acknowledge"), node.get("retries"), node.get("id")
    within = None if acknowledge is None else acknowledge.get("within")
    return ir.Callback(
        parameter=references.parameter(node["parameter"], declared),
        body=node["body"].unknown() or node["body"].text(),
        id=None if identity is None else texts.path(identity),
        acknowledge=None if acknowledge is None else acknowledge["status"].integer(),
        within=None if within is None else texts.seconds(within),
        retries=None if retries is None else retries.integer(),
        signature=_signature(node.get("signature")),
        says=node.optional_text("says"),
        place=node.key_place,
    )


def _signature(node: Node | None) -> ir.Proof | ir.Unknown | None:
    if node is None:
        return None
    if (unknown := node.unknown()) is not None:
        return unknown
    if (secret := node.get("secret")) is not None:
        return ir.SharedSecret(
            header=secret["header"].text(),
            variable=secret["variable"].text(),
            prefix=secret.optional_text("prefix") or "",
            place=secret.key_place,
        )
    return _hmac(node["hmac"])


def _hmac(node: Node) -> ir.SignedBody:
    algorithm, encode, timestamp = node.get("algorithm"), node.get("encode"), node.get("timestamp")
    within = None if timestamp is None else timestamp.get("within")
    signs = node.get("signs")
    if signs is not None:
        texts.placeholders(signs, ("body", "timestamp", "id"))
    secret_prefix, part = node.get("secret_prefix"), node.get("part")
    if secret_prefix is not None and node.get("secret_encoding") is None:
        secret_prefix.complain(
            "a prefix stands before an encoded secret: say `secret_encoding`", "callback", at_key=True
        )
    if part is not None and node.get("prefix") is not None:
        node["prefix"].complain("a part of the header has its name before it, and no prefix", "callback", at_key=True)
    time_header, time_part = _time(timestamp, parted=part is not None)
    return ir.SignedBody(
        header=node["header"].text(),
        variable=node["secret"].text(),
        algorithm="sha256" if algorithm is None else next(one for one in _ALGORITHMS if one == algorithm.text()),
        signs="{body}" if signs is None else signs.text(),
        encode="hex" if encode is None else next(one for one in _ENCODINGS if one == encode.text()),
        prefix=node.optional_text("prefix") or "",
        timestamp=time_header,
        unit="ms" if timestamp is not None and timestamp.optional_text("in") == "ms" else "s",
        within=None if within is None else texts.seconds(within),
        id=node.optional_text("id"),
        key_encoding="text" if node.get("secret_encoding") is None else "base64",
        key_prefix=node.optional_text("secret_prefix") or "",
        part=None if part is None else part.text(),
        timestamp_part=time_part,
        place=node.key_place,
    )


def _time(node: Node | None, *, parted: bool) -> tuple[str | None, str | None]:
    """Read where the time of sending stands: in a header of its own, or in a part of that with the signature."""
    if node is None:
        return None, None
    header, part = node.optional_text("header"), node.optional_text("part")
    if (header is None) == (part is None):
        node.complain("the time stands in a `header` of its own, or in a `part`; name one of the two", "callback")
    if part is not None and not parted:
        node["part"].complain("the signature has a part of its own then: say `part` beside header", "callback")
    return header, part
