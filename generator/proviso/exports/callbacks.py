"""Replies that a provider sends to an address of the caller's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from proviso import callback_words, ir, layouts, words
from proviso.exports import expressions, replies
from proviso.exports.calls import Call, Role, find
from proviso.kind_schemas import Schema

_ROLES: dict[str, Role] = {"submit": "submit", "poll": "poll", "collect": "collect"}


def callbacks(known: tuple[Call, ...], call: Call) -> Schema:
    """Describe the callbacks of the models behind a call.

    known: every call, those at given addresses too.
    """
    at: dict[str, list[tuple[ir.Model, ir.Callback]]] = {}
    for use in call.uses:
        one = use.model.callback
        if one is not None and use.role in ("submit", "immediate"):
            for address in _addresses(use.model, one):
                at.setdefault(address, []).append((use.model, one))
    found = {f"{{{address}}}": {"post": _post(known, posted)} for address, posted in at.items()}
    return {"result": found} if found else {}


def schemes(provider: ir.Provider) -> Schema:
    """Describe the secrets that callbacks show."""
    found: Schema = {}
    for model in provider.models:
        one = None if model.callback is None else model.callback.signature
        if isinstance(one, ir.SharedSecret):
            told = f"What the provider shows in a callback; {callback_words.spoken(one)}."
            place: Schema = {"type": "apiKey", "in": "header", "name": one.header}
            if one.header.lower() == "authorization" and one.prefix.strip():
                place = {"type": "http", "scheme": one.prefix.strip().lower()}
            found[_name(one)] = {**place, "description": told}
    return found


def _addresses(model: ir.Model, one: ir.Callback) -> list[str]:
    """Say where a request carries the address: in its body, which may have several forms, or beside it."""
    spots = [layouts.spots(arm.body).get(one.parameter) for arm in layouts.arms(model.body)]
    found = [f"$request.body#{expressions.pointer(spot)}" for spot in spots if spot is not None]
    value = ir.Value(parameter=one.parameter)
    found += [f"$request.{each.carrier}.{each.name}" for each in model.beside if each.value == value]
    return list(dict.fromkeys(found))


def _post(known: tuple[Call, ...], posted: list[tuple[ir.Model, ir.Callback]]) -> Schema:
    """Describe what comes to one address. Models that share a call may be proved in different ways."""
    model, one = posted[0]
    proofs = list(dict.fromkeys(each.signature for _, each in posted))
    said = [one.says] if one.says is not None else []
    if one.retries is not None:
        said.append(
            f"It is tried {one.retries} more {'time' if one.retries == 1 else 'times'} where it is not acknowledged."
        )
    headers = _headers(proofs)
    return {
        "summary": "The result is posted to the address of the caller's",
        **({"description": " ".join(said)} if said else {}),
        "security": [{_name(proof): []} for proof in proofs if isinstance(proof, ir.SharedSecret)],
        **({"parameters": headers} if headers else {}),
        "requestBody": _posted(known, model, one.body),
        "responses": _acknowledged(one),
    }


def _headers(proofs: list[ir.Proof | ir.Unknown | None]) -> list[Schema]:
    """Describe the headers of a callback; required is what all the proofs take."""
    shown = [dict(_shown(proof)) for proof in proofs]
    told = {name: said for each in reversed(shown) for name, said in each.items()}
    return [
        {
            "name": name,
            "in": "header",
            "required": all(name in each for each in shown),
            **({} if told[name] is None else {"description": told[name]}),
            "schema": {"type": "string"},
        }
        for name in dict.fromkeys(name for each in shown for name in each)
    ]


def _shown(proof: ir.Proof | ir.Unknown | None) -> Iterator[tuple[str, str | None]]:
    """Yield the headers that prove who sent a callback, the first with how they do."""
    match proof:
        case ir.SignedBody():
            yield proof.header, f"A callback is genuine when {callback_words.spoken(proof)}."
            yield from ((name, None) for name in (proof.timestamp, proof.id) if name is not None)
        case ir.SharedSecret() | ir.Unknown() | None:
            pass
        case _:
            assert_never(proof)


def _name(one: ir.SharedSecret) -> str:
    return f"callback_{one.variable}"


def _posted(known: tuple[Call, ...], model: ir.Model, body: str | ir.Unknown) -> Schema:
    if isinstance(body, ir.Unknown):
        return {"description": f"Not documented: {body.why}", "content": {"*/*": {}}}
    found = find(known, model, _ROLES[body])
    if found is None:
        return {"content": {"application/json": {}}}
    call, _ = found
    names = [name for name in replies.schemas(call) if "_reply_2" in name]
    refs: list[object] = [{"$ref": f"#/components/schemas/{name}"} for name in names]
    schema: Schema = {"$ref": f"#/components/schemas/{names[0]}"} if len(names) == 1 else {"anyOf": refs}
    content = {"schema": schema} if names else {}
    return {"description": f"The same as the reply to {call.id}.", "content": {"application/json": content}}


def _acknowledged(one: ir.Callback) -> Schema:
    if one.acknowledge is None:
        return {"default": {"description": "What to answer is not documented."}}
    within = "" if one.within is None else f" within {words.number(one.within)} seconds"
    return {str(one.acknowledge): {"description": f"Received; answer{within}."}}
