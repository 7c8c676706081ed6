"""What every call carries beside the key, and the settings that it may depend on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from proviso import ir, words
from proviso.exports.calls import Call
from proviso.kind_schemas import Schema

_PLACE = re.compile(r"\{([a-z0-9_]+)\}")


def parameters(provider: ir.Provider, call: Call) -> Iterator[Schema]:
    """Describe the fixed headers and members of the query of the models that use a call."""
    for place in ("header", "query"):
        held = [dict(_fixed(use.model, place)) for use in call.uses]
        for name in dict.fromkeys(name for members in held for name in members):
            values = list(dict.fromkeys(members[name] for members in held if name in members))
            required = all(name in members and not _may_be_missing(provider, members[name]) for members in held)
            yield {"name": name, "in": place, "required": required, **values_of(provider, values)}


def given(provider: ir.Provider, model: ir.Model) -> Iterator[Schema]:
    """Yield the same as the parameters of a step, which cannot leave out what may be missing."""
    for place in ("header", "query"):
        for name, text in _fixed(model, place):
            if not _may_be_missing(provider, text):
                yield {"name": name, "in": place, "value": written(text)}


def written(text: str) -> str:
    """Write a text that may hold settings as an expression over the inputs of a workflow."""
    if _PLACE.fullmatch(text):
        return f"$inputs.{text[1:-1]}"
    return _PLACE.sub(lambda place: f"{{$inputs.{place[1]}}}", text)


def inputs(provider: ir.Provider) -> Schema:
    """Describe the settings as inputs of a workflow."""
    return {one.name: {**setting(one), "description": one.description} for one in provider.settings if one.required}


def _may_be_missing(provider: ir.Provider, text: str) -> bool:
    return any(f"{{{one.name}}}" in text for one in provider.settings if not one.required)


def _fixed(model: ir.Model, place: str) -> Iterator[tuple[str, str]]:
    for one in model.headers if place == "header" else model.query:
        yield one.name, words.written(one.value)


def values_of(provider: ir.Provider, values: list[str]) -> Schema:
    """Describe a parameter that has one of some values, or a setting in its place."""
    settings = {f"{{{one.name}}}": one for one in provider.settings}
    if len(values) == 1 and values[0] in settings:
        one = settings[values[0]]
        return {"description": one.description, "schema": setting(one)}
    if any(map(_PLACE.search, values)):
        return {"description": f"Written as {' or '.join(values)}.", "schema": {"type": "string"}}
    # One of one: some tools know no `const` in a header.
    return {"schema": {"type": "string", "enum": values}}


def setting(one: ir.Setting) -> Schema:
    """Describe the values of a setting."""
    return {
        "type": "string",
        **({"enum": list(one.values)} if one.values else {}),
        **({"default": one.default} if one.default is not None else {}),
        **({"examples": [one.example]} if one.example is not None else {}),
    }
