"""Replies that a provider sends to an address of the caller's."""

from __future__ import annotations

from proviso import ir, words
from proviso.exports import layouts, replies
from proviso.exports.calls import Call, Role, find
from proviso.kind_schemas import Schema


def callbacks(known: tuple[Call, ...], call: Call) -> Schema:
    """Describe the callbacks of the models behind a call."""
    found: Schema = {}
    for use in call.uses:
        one = use.model.callback
        place = None if one is None else layouts.places(use.model.body).get(one.parameter)
        if one is not None and place is not None and use.role == "submit":
            found.setdefault(
                "result", {f"{{$request.body#{layouts.pointer(place)}}}": {"post": _post(known, use.model, one)}}
            )
    return found


def _post(known: tuple[Call, ...], model: ir.Model, one: ir.Callback) -> Schema:
    said = [one.says] if one.says is not None else []
    if one.retries is not None:
        said.append(f"It is tried {one.retries} more times where it is not acknowledged.")
    return {
        "summary": "The result is posted to the address of the caller's",
        **({"description": " ".join(said)} if said else {}),
        "requestBody": _posted(known, model, one.body),
        "responses": _acknowledged(one),
    }


def _posted(known: tuple[Call, ...], model: ir.Model, body: str | ir.Unknown) -> Schema:
    if isinstance(body, ir.Unknown):
        return {"description": f"Not documented: {body.why}", "content": {"*/*": {}}}
    role: Role = "collect" if body == "collect" else "submit" if body == "submit" else "poll"
    found = find(known, model, role)
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
