"""Random specs read once more, apart from the generator: the request that a spec lays out for some params."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from proviso import naming
from proviso_runtime import violation

from . import random_rules
from .building import Spec
from .random_params import plain

FRESH = "0b4f1c9e-6f0c-4d55-9a40-1c2d3e4f5a6b"
"""A UUID of version 4, in place of those that requests choose."""

UNSAID = (*random_rules.UNSAID, "max_bytes")
_OTHERS = object()


class Unsayable(Exception):
    """Params that no body can hold."""


def parts(shared: Spec, spec: Spec) -> Iterator[tuple[str, str, Any]]:
    """Yield what a paid call carries beside its body: the carrier, the name there, and what is said of it."""
    calls = [shared["job"]["submit"]["call"]] if "job" in shared else []
    calls += [spec["immediate"]["call"]] if "immediate" in spec else []
    for name in spec["parameters"]:
        if any(f"{{{name}}}" in call for call in calls):
            yield "path", name, f"{{{name}}}"
    for key in ("query", "headers"):
        for name, said in spec.get("request", {}).get(key, {}).items():
            yield key, name, said


def beside(shared: Spec, spec: Spec) -> list[str]:
    """Return the parameters that travel beside the body."""
    return [said[1:-1] for _, _, said in parts(shared, spec) if _is_place(said) and said[1:-1] in spec["parameters"]]


def carried(shared: Spec, spec: Spec, params: Spec, carrier: str) -> dict[str, str]:
    """Return the texts that travel in the path, the query or the headers."""
    found = {}
    for where, name, said in parts(shared, spec):
        if where == carrier and (not _is_place(said) or said == "{uuid}" or said[1:-1] in params):
            value = FRESH if said == "{uuid}" else params[said[1:-1]] if _is_place(said) else said
            found[name] = text(value)
    return found


def text(value: Any) -> str:
    """Write a value as a text; a number of a spec keeps its digits."""
    return str(value) if isinstance(value, str | Decimal) else json.dumps(value)


def settled(declared: Spec, params: Spec) -> Spec:
    """Give params as they are sent: with defaults that always are, without those that never are."""
    sent = dict(params)
    for name, one in declared.items():
        default = plain(one.get("default"))
        match one.get("default_on_wire"):
            case "always":
                sent.setdefault(name, default)
            case "never" if name in sent and sent[name] == default:
                del sent[name]
            case _:
                pass
    return sent


def layout(spec: Spec, params: Spec) -> Any:
    """Return the layout of the body that params have. Raises Unsayable."""
    body = spec["body"]
    if most(spec) > 1:
        return [body["many"]]
    if not _choosing(body):
        return body
    for arm in body["choose"]:
        ((name, value),) = arm["when"].items()
        if name in params and same(params[name], value):
            return arm["body"]
    raise Unsayable


def most(spec: Spec) -> int:
    """Return how many requests a body may carry."""
    body = spec["body"]
    return int(body["most"]) if isinstance(body, dict) and set(body) == {"many", "most"} else 1


def _choosing(body: Any) -> list[str]:
    """Give the parameter that a body is chosen by, which the body itself tells."""
    chosen = isinstance(body, dict) and isinstance(body.get("choose"), list)
    return list(body["choose"][0]["when"]) if chosen else []


def same(value: Any, other: Any) -> bool:
    """Compare as JSON does: true is not 1, and 1.0 is."""
    kinds = {isinstance(one, bool) for one in (value, other)}, {isinstance(one, str) for one in (value, other)}
    return all(len(kind) == 1 for kind in kinds) and value == other


def body_of(shared: Spec, spec: Spec, params: Spec) -> Any:
    """Lay params out as the body that goes over the wire, those included that no model has. Raises Unsayable."""
    said = layout(spec, params)
    named = set(placed(said))
    elsewhere = beside(shared, spec)
    rest = [name for name in spec["parameters"] if name not in (*named, *elsewhere)]
    known = [
        *elsewhere,
        *_choosing(spec["body"]),
        *(name for name in named if name != "*"),
        *(rest if "*" in named else ()),
    ]
    if any(name in spec["parameters"] and name not in known for name in params):
        raise Unsayable
    body = _written(said, params, rest, spec["model"])
    strange = {name: value for name, value in params.items() if name not in spec["parameters"]}
    (body if isinstance(body, dict) else body[0]).update(strange)
    return body


def placed(said: Any) -> Iterator[str]:
    """Yield the parameters that a layout names, and `*` where all others stand."""
    if isinstance(said, dict | list):
        for member in said.values() if isinstance(said, dict) else said:
            yield from placed(member)
    elif _is_place(said) and said not in ("{uuid}", "{model}"):
        yield said[1:-1]


def texts(said: Any) -> list[Any]:
    """Give every member of a layout that holds no others."""
    if isinstance(said, dict | list):
        return [one for member in (said.values() if isinstance(said, dict) else said) for one in texts(member)]
    return [said]


def pointers(said: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Yield the place of every parameter that a layout names, and that of all others as `*`."""
    if isinstance(said, dict | list):
        for key, member in said.items() if isinstance(said, dict) else enumerate(said):
            step = str(key).replace("~", "~0").replace("/", "~1")
            yield from pointers(member, at if (key, member) == ("*", "{*}") else f"{at}/{step}")
    elif _is_place(said):
        yield said[1:-1], at


def _is_place(said: Any) -> bool:
    return isinstance(said, str) and said.startswith("{") and said.endswith("}")


def _written(said: Any, params: Spec, rest: list[str], model: str) -> Any:
    match said:
        case dict():
            return dict(_members(said, params, rest, model))
        case list():
            return [_written(one, params, rest, model) for one in said]
        case "{*}":
            return {name: params[name] for name in rest if name in params}
        case "{model}":
            return model
        case "{uuid}":
            return FRESH
        case str() if _is_place(said):
            # An item of a list, which has a gap where it is left out.
            if said[1:-1] not in params:
                raise Unsayable
            return params[said[1:-1]]
        case _:
            return plain(said)


def _members(said: Spec, params: Spec, rest: list[str], model: str) -> Iterator[tuple[str, Any]]:
    for key, member in said.items():
        name = member[1:-1] if _is_place(member) else ""
        if (key, name) == ("*", "*"):
            yield from _written(member, params, rest, model).items()
        elif counter := next((one for one in ("{n}", "{n0}") if one in key), ""):
            items = params.get(name, _OTHERS)
            if items is not _OTHERS and not (isinstance(items, list) and items):
                raise Unsayable
            for number, item in enumerate(items if isinstance(items, list) else [], 1 if counter == "{n}" else 0):
                yield key.replace(counter, str(number)), item
        elif name in ("", "*", "model", "uuid") or name in params:
            yield key, _written(member, params, rest, model)


@dataclass(frozen=True)
class Reading:
    """What a spec says about the places of its parameters."""

    shared: Spec
    spec: Spec

    @property
    def elsewhere(self) -> list[str]:
        return beside(self.shared, self.spec)

    @property
    def is_more_than_a_body(self) -> bool:
        written = self.spec.get("request", {}).get("encoding", "json")
        fresh = "{uuid}" in texts(self.spec["body"])
        return fresh or written != "json" or any(parts(self.shared, self.spec))

    def spelled(self, params: Spec) -> Spec:
        names = naming.parameters(self.spec["parameters"])
        return {names.get(name, name): value for name, value in params.items()}

    def beside(self, params: Spec) -> Spec:
        return self.spelled({name: value for name, value in params.items() if name in self.elsewhere})

    def sent(self, params: Spec) -> Spec:
        """Give valid params as they are sent, with the defaults that always are."""
        found = settled(self.spec["parameters"], params)
        named = set(placed(layout(self.spec, found)))
        if "*" in named:
            return found
        # What has no place in one of several bodies is not sent with it, default or not.
        known = {*named, *self.elsewhere, *params}
        return {name: value for name, value in found.items() if name in known}

    def whole(self, sent: Spec) -> Spec:
        """Write the integers that stand alone without a fraction."""
        kinds = {name: one.get("type") for name, one in self.spec["parameters"].items()}
        return {name: int(value) if kinds.get(name) == "integer" else value for name, value in sent.items()}

    def is_no_member(self, one: Any) -> bool:
        """Tell whether a violation is that something beside the body is missing, of which a body says nothing."""
        return one.rule == "required" and one.at.split("/")[1:] in [[name] for name in self._names()]

    def is_said(self, one: Any, *, within: bool = False) -> bool:
        """Tell whether JSON Schema can say what a violation says. within: whether it stands at its place in a body."""
        if one.rule in UNSAID or (not within and one.at.split("/")[1:2] in [[name] for name in self._names()]):
            return False
        crossing = next(iter(self._crossing(within=within)), None)
        return (one.at, one.rule) != crossing

    def _names(self) -> list[str]:
        return [violation.escaped(name) for name in self.spelled(dict.fromkeys(self.elsewhere))]

    def _crossing(self, *, within: bool) -> Iterator[tuple[str, str]]:
        places = dict(pointers(self.spec["body"])) if within else {}
        for rule in self.spec.get("rules", []):
            for word in ("require", "forbid"):
                if set(rule.get("when", {})) & set(self.elsewhere) and word in rule:
                    (name,) = self.spelled(dict.fromkeys(rule[word])) if not within else rule[word]
                    yield places.get(name, f"{places.get('*', '')}/{violation.escaped(name)}"), word
