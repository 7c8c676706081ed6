"""Parameters that travel beside the body: in the path, the query and the headers of the paid call."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from proviso.drafting import fields, marks
from proviso.drafting.bodies import Form
from proviso.drafting.parts import Part
from proviso.drafting.simple import simple
from proviso.yaml_text import Block, Tree

# What goes into a path, a query or a header is a single text.
_SINGLE = frozenset({"string", "integer", "number", "boolean"})
_HOMES = {"query": "query", "header": "headers"}
_NAMES = {
    "query": re.compile(r"[A-Za-z0-9._~\[\]$-]{1,80}"),
    "header": re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,80}"),
    "path": re.compile(r"[^\s/~{}]{1,80}"),
}
# Of these OpenAPI itself says that such a parameter means nothing.
_NOT_SAID = frozenset({"accept", "content-type", "authorization"})
# In calls these words mean the model and the job.
_TAKEN = frozenset({"id", "model", "uuid"})


@dataclass(slots=True, kw_only=True)
class Beside:
    """What is said beside the body: the parameters, with remarks, their places, and what is left out."""

    parameters: Block = field(default_factory=Block)
    request: Block = field(default_factory=Block)
    also: list[str] = field(default_factory=list)


def beside(listed: list[Part], form: Form, *, encoding: str, version: str) -> Beside:
    """Draft the parameters of an operation.

    Args:
        listed: its parameters, and those of its path.
        form: the form of its body, whose parameters have their names already.
        encoding: how the body is written: json, form or multipart.
        version: the version of OpenAPI.
    """
    found = Beside(request=Block() if encoding == "json" else Block({"encoding": encoding}))
    places: dict[str, dict[str, Tree]] = {}
    for one in listed:
        name, home = one["name"].text, one["in"].text
        if home == "header" and name.lower() in _NOT_SAID:
            continue
        if home == "path" and name == "model":
            form.ids.extend(
                f"{word} {marks.shown(one['schema'][word].value)}"
                for word in ("enum", "default", "example")
                if one["schema"].has(word)
            )
            continue
        kind = simple(one["schema"], version=version).keywords.get("type")
        free = name not in _TAKEN and name not in form.parameters.members and name not in found.parameters.members
        if home not in _NAMES or not _NAMES[home].fullmatch(name) or kind not in _SINGLE or not free:
            required = "the required " if one["required"].flag else ""
            found.also.append(f"the {home} has {required}{marks.shown(name)}")
            continue
        inside = fields.Inside(version=version)
        block, remarks = fields.parameter(name, one["schema"], required=one["required"].flag, inside=inside)
        found.parameters.put(name, block, *remarks)
        if home in _HOMES:
            places.setdefault(_HOMES[home], {})[name] = f"{{{name}}}"
    for home, members in places.items():
        found.request.put(home, members)
    return found
