"""Expressions and words about what a provider sends by itself."""

from __future__ import annotations

from typing import assert_never

from proviso import ir, words


def python(one: ir.Callback) -> str | None:
    """Spell a callback that can be read and checked; None for every other one."""
    if one.proof is None:
        return None
    return f"protocol.Callback(body={one.body!r}, id={one.id!r}, proof={_proof(one.proof)})"


def spoken(one: ir.Proof) -> str:
    """Say how a callback shows who sent it."""
    match one:
        case ir.SharedSecret():
            return f"{one.header} holds {one.prefix}{one.variable}"
        case ir.SignedBody():
            old = "" if one.within is None else f", at most {words.number(one.within)} s old"
            before = f"{one.part}=" if one.part is not None else one.prefix
            return f"{one.header} holds {before}HMAC-{one.algorithm.upper()} of {one.signs} in {one.encode}{old}"
        case _:
            assert_never(one)


def _proof(one: ir.Proof) -> str:
    facts = [f"header={one.header!r}", f"variable={one.variable!r}"]
    if isinstance(one, ir.SignedBody):
        facts += [f"algorithm={one.algorithm!r}", f"signs={one.signs!r}", f"encode={one.encode!r}"]
    facts += [f"prefix={one.prefix!r}"] if one.prefix else []
    if isinstance(one, ir.SharedSecret):
        return f"protocol.SharedSecret({', '.join(facts)})"
    if one.timestamp is not None:
        facts += [f"timestamp={one.timestamp!r}"]
    facts += [f"unit={one.unit!r}"] if one.timestamp or one.timestamp_part else []
    facts += [] if one.within is None else [f"within={float(one.within)!r}"]
    facts += [] if one.id is None else [f"id={one.id!r}"]
    facts += [f"key_encoding={one.key_encoding!r}"] if one.key_encoding != "text" else []
    named = {"key_prefix": one.key_prefix, "part": one.part, "timestamp_part": one.timestamp_part}
    facts += [f"{name}={text!r}" for name, text in named.items() if text]
    return f"protocol.SignedBody({', '.join(facts)})"
