"""Strategies of requests: how bodies are laid out, and what travels beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from . import random_access, random_kinds
from .building import Spec
from .random_texts import HOSTILE, constants, maybe, prose, some, texts

MEMBERS = ("q", "p[]", "$filter", "x.y", "in")
HEADERS = ("X-Quality", "idempotency-key", "'q'", "A~B")
PATH_NAMES = ("shape", "16:9", "path", "while", "é", "url", "page_id")
CHOOSERS = ("task", "def", "arm", "found")


@dataclass(kw_only=True)
class Asked:
    """What a model asks for beside its parameters.

    declared: all of its parameters. more: those of it that no rule speaks of. form: whether its body is a form.
    beside: the parameters that travel beside the body. unruled: those that rules cannot speak of, or that
    JSON Schema could not follow there. call: the path of a paid call. objects: whether every body is made of objects. callback: the parameter that takes an address.
    """

    declared: Spec
    more: Spec
    form: str
    beside: list[str] = field(default_factory=list[str])
    unruled: list[str] = field(default_factory=list[str])
    chooser: str = ""
    call: str = ""
    request: Spec = field(default_factory=dict[str, Any])
    body: Any = None
    objects: bool = True
    callback: str = ""

    @property
    def is_fresh(self) -> bool:
        """Whether every request carries a UUID."""
        carried = [one for key in ("query", "headers") for one in self.request.get(key, {}).values()]
        return "{uuid}" in carried or all("{uuid}" in str(body) for body in _each(self.body))

    def __post_init__(self) -> None:
        self.declared = {**self.declared, **self.more}


def is_one_text(kind: Spec) -> bool:
    """Tell whether every value of a kind can be written as one text."""
    single = isinstance(kind.get("type"), str) and kind["type"] not in ("array", "object")
    return single and kind.get("format") != "binary"


def is_short(kind: Spec) -> bool:
    """Tell whether a header can carry every value of a kind."""
    if "const" in kind or kind.get("type") not in ("integer", "number", "boolean", "string"):
        return False
    if {*_listed(kind.get("format"))} & {"uuid", "date-time"}:
        return {*_listed(kind["format"])} <= {"uuid", "date-time"}
    if "quantity" in kind:
        return str(kind["quantity"]["unit"]).isascii()
    if kind.get("pattern") in random_kinds.PLAIN:
        return True
    plain = all(
        str(one).isascii() and str(one).isprintable() and str(one).strip() == str(one) != ""
        for one in kind.get("enum", [])
    )
    return plain and (kind["type"] != "string" or "enum" in kind)


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


@st.composite
def requests(draw: st.DrawFn, declared: Spec, more: Spec) -> Asked:
    """Draw the layout of a request that carries some parameters, and a few of its own."""
    form = draw(st.sampled_from(["", "", "", "json", "form", "multipart"]))
    if form in ("form", "multipart"):
        more = {name: one for name, one in more.items() if random_kinds.is_field(one)}
    if form == "multipart" and draw(maybe):
        more["file"] = draw(random_kinds.files())
    asked = Asked(declared=declared, more=more, form=form)
    if form:
        asked.request["encoding"] = form
    if draw(st.integers(0, 2)) == 0:
        asked.callback = draw(st.sampled_from(["hook", "call-back", "None"]))
        kind = {
            "type": "string",
            "format": draw(st.sampled_from(["http-url", "https-url"])),
            "description": draw(prose),
        }
        asked.declared[asked.callback] = kind
    _in_path(draw, asked)
    _carried(draw, asked)
    siblings = _numbered(draw, asked) if draw(st.integers(0, 2)) == 0 else {}
    names = [name for name in asked.declared if name not in asked.beside]
    keys = _keys(draw)
    if form not in ("form", "multipart") and draw(st.integers(0, 3)) == 0:
        asked.body = _chosen(draw, asked, names, siblings, keys)
    else:
        asked.body = draw(bodies(asked, names, siblings, keys))
    asked.objects = _is_objects(asked.body)
    return asked


def _in_path(draw: st.DrawFn, asked: Asked) -> None:
    """Give the path of the paid call a parameter or two of its own."""
    steps: list[str] = []
    for name in (
        draw(st.lists(st.sampled_from(PATH_NAMES), max_size=2, unique=True)) if draw(st.integers(0, 2)) == 0 else []
    ):
        if name in asked.declared:
            continue
        few = st.lists(st.sampled_from([one for one in HOSTILE if one]), min_size=1, max_size=3, unique=True)
        kind: Spec = draw(
            st.sampled_from([
                {"type": "string", "enum": draw(few)}, {"type": "integer", "minimum": 0}, {"type": "boolean"},
                {"type": "string", "minLength": 3}, {"type": "string", "format": "uuid"},
            ])
        )  # fmt: skip
        asked.declared[name] = {**kind, "required": True, "description": draw(prose)}
        asked.beside.append(name)
        steps.append(f"/{draw(st.sampled_from(['', 'a-', '%20']))}{{{name}}}")
    asked.unruled += asked.beside
    asked.call = "".join(steps)


def _carried(draw: st.DrawFn, asked: Asked) -> None:
    """Let some parameters travel in the query and the headers, with constants and a UUID beside them."""
    for key, names, fits in (("query", MEMBERS, is_one_text), ("headers", HEADERS, is_short)):
        if draw(maybe):
            continue
        members: Spec = {}
        free = [name for name, one in asked.declared.items() if name not in asked.beside and fits(one)]
        for name in draw(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True)):
            what = draw(st.sampled_from(["parameter", "constant", "uuid"]))
            if what == "parameter" and free:
                taken = free.pop(draw(st.integers(0, len(free) - 1)))
                members[name] = f"{{{taken}}}"
                asked.beside.append(taken)
                asked.unruled.append(taken)
            elif what == "uuid":
                members[name] = "{uuid}"
            else:
                members[name] = draw(
                    constants if key == "query" else random_access.plain | st.booleans() | st.integers()
                )
        asked.request[key] = members


def _numbered(draw: st.DrawFn, asked: Asked) -> Spec:
    """Add a list whose items stand in numbered siblings."""
    least = draw(st.integers(1, 2))
    items = draw(st.sampled_from([
        {"type": "string", "maxLength": 3}, {"type": "integer", "minimum": -1}, {"type": "string", "format": "https-url"}, {"type": "number"}, {"type": "boolean"},
        {"type": "object", "properties": {"x": {"type": "integer", "description": draw(prose), "required": True}}},
    ][: 5 if asked.form in ("form", "multipart") else 6]))  # fmt: skip
    kind: Spec = {"type": "array", "items": items, "minItems": least, "maxItems": least + draw(st.integers(0, 2))}
    asked.declared["siblings"] = {**kind, "description": draw(prose), **some(draw, required=True)}
    asked.unruled.append("siblings")
    return {f"{draw(st.sampled_from(HOSTILE))}{draw(st.sampled_from(['{n}', '{n0}']))}#": "{siblings}"}


def _keys(draw: st.DrawFn) -> Iterator[str]:
    # Keys that are no parameter's name, so that spreading the others among them makes no double; nor numbered.
    keys = texts.map(lambda text: f"{text}:".replace("{n", "(n"))
    return iter(draw(st.lists(keys, min_size=20, max_size=20, unique=True)))


@st.composite
def bodies(draw: st.DrawFn, asked: Asked, names: list[str], siblings: Spec, keys: Iterator[str]) -> Any:
    """Draw a body in which every parameter has one place."""
    placed = draw(st.lists(st.sampled_from(names), max_size=3, unique=True)) if names else []
    members: Spec = {next(keys): f"{{{name}}}" for name in placed if name != "siblings"} | siblings
    members |= some(draw, **{next(keys): draw(constants), next(keys): "{uuid}"})
    if asked.form in ("form", "multipart"):
        return draw(st.sampled_from(["{*}", {**members, "*": "{*}"}])) if not siblings else {**members, "*": "{*}"}
    members |= some(draw, **{next(keys): {next(keys): draw(constants), next(keys): "{model}"}})
    first, second = next(keys), next(keys)
    match draw(st.sampled_from(["whole", "nested", "spread", "inner", "list", "lists"])):
        case "whole" if not siblings:
            return "{*}"
        case "nested":
            return {**members, "rest:": "{*}"}
        case "inner":
            return {"outer:": {**members, "inner:": {"deep:": 1, "*": "{*}"}}}
        case "list":
            return [{**members, "*": "{*}"}, *_items(draw, asked, names, placed, keys)]
        case "lists":
            return {first: [[draw(constants), "{uuid}"], {**members, second: ["{*}"]}], "known:": 0}
        case _:
            return {**members, "*": "{*}"}


def _items(draw: st.DrawFn, asked: Asked, names: list[str], placed: list[str], keys: Iterator[str]) -> list[Any]:
    """Draw further items of a body that is a list."""
    free = [name for name in names if name not in (*placed, "siblings") and "required" in asked.declared[name]]
    items: list[Any] = [{next(keys): draw(constants)}]
    if draw(maybe):
        items += [draw(constants), *([f"{{{free[0]}}}"] if free else []), ["{model}"]]
    return items[draw(st.integers(0, 1)) :]


def _chosen(draw: st.DrawFn, asked: Asked, names: list[str], siblings: Spec, keys: Iterator[str]) -> Any:
    """Draw bodies for the values of a parameter of its own; some have no place for parameters that no rule needs."""
    chooser = draw(st.sampled_from(CHOOSERS))
    values: list[Any] = draw(
        st.lists(st.sampled_from(HOSTILE), min_size=2, max_size=3, unique=True)
        | st.lists(st.integers(), min_size=2, max_size=3, unique=True)
    )
    kind = "string" if isinstance(values[0], str) else "integer"
    asked.chooser = chooser
    asked.declared[chooser] = {"type": kind, "enum": values, "required": True, "description": draw(prose)}
    asked.unruled.append(chooser)
    free = [name for name in names if name in asked.more and "required" not in asked.declared[name]]
    told = draw(
        st.lists(st.sampled_from([one for one in HOSTILE if "{" not in one]), min_size=3, max_size=3, unique=True)
    )
    telling, outer = next(keys), next(keys)
    how = draw(st.sampled_from(["constant", "member", "spread", "nested"]))
    arms: list[Spec] = []
    for at, value in enumerate(values):
        missing = [name for name in free if at and draw(maybe)]
        if how == "spread":
            body: Any = {**some(draw, **{next(keys): "{uuid}"}), **siblings, "*": "{*}"}
        else:
            body = {
                telling: f"{{{chooser}}}" if how == "member" else told[at],
                **{f"{name};": f"{{{name}}}" for name in names if name not in (*missing, "siblings")},
                **siblings,
            }
        arms.append({"when": {chooser: value}, "body": {outer: body} if how == "nested" else body})
    if draw(st.integers(0, 2)) == 0:
        arms = [{**arm, "body": [arm["body"], *_items(draw, asked, [], [], keys)]} for arm in arms]
    return {"choose": arms}


def _is_objects(body: Any) -> bool:
    """Tell whether a body, or every item of one that is a list, is an object."""
    return all(isinstance(item, dict) for one in _each(body) for item in (one if isinstance(one, list) else []))


def _each(body: Any) -> list[Any]:
    """Give the bodies that a parameter chooses from, or the only one."""
    chosen = isinstance(body, dict) and isinstance(body.get("choose"), list)
    return [arm["body"] for arm in body["choose"]] if chosen else [body]
