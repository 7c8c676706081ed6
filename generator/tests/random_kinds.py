"""Strategies of kinds of values that are made of others or have a form, right by construction, and of their values.

They are the kinds of parameters of their own, of which rules, tables and prices do not speak.
"""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from . import random_texts, random_values
from .building import Spec

NAMES = ("lambda", "negative-prompt", "16:9", "timeout", "frame", "negative_prompt", "__deep", "é")
MEMBERS = ("kind", "x", "a-b", "from", "é", "Members", "at", "found", "given")
PATTERNS = {
    "^[a-z]{2}-[0-9]+$": ("ab-1", "zz-007"),
    "^#?([0-9A-F]{3}|[0-9A-F]{6})$": ("#FFF", "012ABC"),
    "[é\\d]": ("é", "a1\n", "\n0"),
    "^[a-z]+(,[a-z]+)*$": ("a", "ab,c,d"),
    "^.*\\.png$": (".png", "\u0085é.png"),
    "^\\w": ("_", "a b\n"),
    "^[^\\n\\r'\"]$": ("\u2028", "😀"),
}
PLAIN = ("^#?([0-9A-F]{3}|[0-9A-F]{6})$",)
"""Patterns of texts that a header can carry."""
FORMS = {
    "data-uri": ("data:image/png;base64,AAAA", "DATA:a/b;c=d;base64,AA=="),
    "base64": ("AAAA", "AAA=", "+/A="),
    "uuid": ("123e4567-e89b-12d3-a456-426614174000", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"),
    "date-time": ("2024-02-29T00:00:00Z", "1999-12-31t23:59:59.5+23:59"),
}
FILES = ("data:image/png;base64,AAAA", "DATA:IMAGE/PNG;c=d;base64,AA==")
ADDRESS = "http-url"
CONTENTS = ("data-uri", "base64")
maybe = st.booleans()


@st.composite
def parameters(draw: st.DrawFn) -> Spec:
    """Draw a few parameters whose names or values are out of the ordinary."""
    names = draw(st.lists(st.sampled_from(NAMES), max_size=3, unique=True))
    return {name: draw(_members(draw(kinds()), top=True)) for name in names}


@st.composite
def files(draw: st.DrawFn) -> Spec:
    """Draw a parameter that is a file, or some."""
    limits = random_texts.some(draw, media_types=["image/webp", "image/png"], max_bytes=draw(st.integers(3, 9)))
    one = {"type": "string", "format": "binary", **limits}
    kind = {"type": "array", "items": one, "maxItems": 3} if draw(maybe) else one
    return {**kind, "description": draw(random_texts.prose), **random_texts.some(draw, required=True)}


def is_field(kind: Spec) -> bool:
    """Tell whether a form can carry the values of a kind."""
    match kind.get("type"):
        case "array":
            return kind["items"].get("type") != "array" and is_field(kind["items"])
        case "string" | "integer" | "number" | "boolean":
            return True
        case _:
            return False


@st.composite
def _members(draw: st.DrawFn, kind: Spec, *, top: bool = False) -> Spec:
    spec: dict[str, Any] = {**kind, "description": draw(random_texts.prose)}
    if draw(maybe):
        spec["required"] = True
    if isinstance(kind.get("type"), str) and kind["type"] not in ("array", "object") and draw(maybe):
        spec["default"] = draw(values(kind))
        if top and "required" not in spec and draw(maybe):
            spec["default_on_wire"] = draw(st.sampled_from(["always", "never"]))
    advice = _advice(kind)
    if draw(maybe) and advice:
        spec["advice"] = {**advice, "because": draw(random_texts.prose)}
    return spec


def _advice(kind: Spec) -> Spec:
    match kind:
        case {"type": "array", "maxItems": int(most)} if most > kind.get("minItems", 0):
            return {"maxItems": most - 1}
        case {"type": "string", "maxLength": int(most)} if most > kind.get("minLength", 0) + 30:
            return {"maxLength": most - 1}
        case {"type": "string", "pattern": _}:
            return {"minLength": 3}
        case _:
            return {}


@st.composite
def kinds(draw: st.DrawFn, *, objects: int = 2, lists: int = 2) -> Spec:
    """Draw a kind; objects, lists: how many of them may stand one in the other."""
    forms = ["plain", "form", "number", *(["array"] if lists else []), *(["object", "union"] if objects else [])]
    which = draw(st.sampled_from(forms))
    if which == "union":
        return draw(_unions(objects, lists))
    match which:
        case "plain":
            found = draw(random_values.kinds(items=False))
        case "form":
            found = draw(_texts())
        case "number":
            found = draw(_numbers)
        case "array":
            found = draw(_arrays(objects, lists))
        case _:
            found = draw(_objects(objects, lists))
    if "const" in found or draw(st.integers(0, 3)):
        return found
    more = {"enum": [*found["enum"], None]} if "enum" in found else {}
    return {**found, "type": [found["type"], "null"], **more}


@st.composite
def _texts(draw: st.DrawFn) -> Spec:
    which = draw(st.sampled_from(["pattern", "format", "content", "quantity", "const", "address", "formats"]))
    match which:
        case "pattern":
            return {"type": "string", "pattern": draw(st.sampled_from(list(PATTERNS)))}
        case "format":
            return {
                "type": "string",
                "format": draw(st.sampled_from(list(FORMS))),
                "maxLength": draw(st.sampled_from([80, 90])),
            }
        case "content":
            types = (
                {"media_types": ["image/png", "a/b"]} if (form := draw(st.sampled_from(CONTENTS))) == "data-uri" else {}
            )
            return {"type": "string", "format": form, **types, "max_bytes": draw(st.sampled_from([3, 5]))}
        case "formats":
            forms = draw(st.lists(st.sampled_from([*FORMS, ADDRESS]), min_size=2, unique=True))
            types = {"media_types": ["image/png", "a/b"]} if "data-uri" in forms else {}
            sized = {"max_bytes": 3} if {*CONTENTS} & {*forms} else {}
            return {"type": "string", "format": forms, **random_texts.some(draw, **types, **sized)}
        case "const":
            return {"type": "string", "const": draw(random_texts.texts)}
        case "address":
            return {"type": "string", "format": "http-url", "maxLength": draw(st.sampled_from([30, 40]))}
        case _:
            least, step = draw(st.integers(0, 1200)), draw(st.sampled_from([1, 5]))
            unit = draw(st.sampled_from(["s", "P", "$", " px".strip(), "é", "\\"]))
            bounds = {"minimum": least, "maximum": least + draw(st.integers(5, 300))} if step > 1 or draw(maybe) else {}
            return {
                "type": "string",
                "quantity": {"unit": unit, **bounds, **({"multipleOf": step} if step > 1 else {})},
            }


_decimals = st.decimals(min_value=-9, max_value=9, places=2)
_numbers: st.SearchStrategy[Spec] = st.one_of(
    st.builds(lambda few: {"type": "number", "enum": few}, st.lists(_decimals, min_size=1, max_size=4, unique=True)),
    st.builds(lambda one: {"type": "number", "const": one}, _decimals),
    st.builds(lambda one: {"type": "integer", "const": one}, st.integers()),
    st.builds(lambda one: {"type": "boolean", "const": one}, maybe),
    st.builds(
        lambda low, step: {"type": "number", "minimum": low, "maximum": low + 2, "multipleOf": step},
        _decimals,
        st.sampled_from([Decimal("0.1"), Decimal("0.05"), Decimal("0.5"), 1]),
    ),
)


@st.composite
def _arrays(draw: st.DrawFn, objects: int, lists: int) -> Spec:
    items = draw(kinds(objects=objects, lists=lists - 1))
    least = draw(st.integers(0, 2))
    counts = random_texts.some(draw, minItems=least, maxItems=least + draw(st.integers(0, 3)))
    return {"type": "array", "items": items, **counts}


@st.composite
def _objects(draw: st.DrawFn, objects: int, lists: int) -> Spec:
    names = draw(st.lists(st.sampled_from(MEMBERS), min_size=1, max_size=3, unique=True))
    drawn = {name: draw(_members(draw(kinds(objects=objects - 1, lists=2)))) for name in names}
    return {"type": "object", "properties": drawn}


@st.composite
def _unions(draw: st.DrawFn, objects: int, lists: int) -> Spec:
    forms: list[Any] = [
        [draw(_texts())],
        [draw(_numbers)],
        _tagged(draw, objects, lists) if draw(maybe) else [draw(_objects(objects, lists))],
        *([[draw(_arrays(objects, lists))]] if lists else []),
    ]
    chosen = draw(st.lists(st.sampled_from(range(len(forms))), min_size=2, max_size=len(forms), unique=True))
    null = [{"type": "null"}] if draw(maybe) else []
    return {"anyOf": [*(arm for at in chosen for arm in forms[at]), *null]}


def _tagged(draw: st.DrawFn, objects: int, lists: int) -> list[Spec]:
    arms = []
    for tag in draw(st.lists(st.sampled_from(["a", "b", "1", "", "a b"]), min_size=2, max_size=3, unique=True)):
        kind = {"type": "string", "const": tag, "required": True, "description": draw(random_texts.prose)}
        rest = draw(_objects(objects, lists))["properties"]
        arms.append({"type": "object", "properties": {**rest, "kind": kind}})
    return arms


@st.composite
def values(draw: st.DrawFn, kind: Spec) -> Any:
    """Draw a value that keeps the limits of a kind."""
    match kind:
        case {"anyOf": arms}:
            return draw(values(draw(st.sampled_from(arms))))
        case {"type": "null"}:
            return None
        case {"type": [wanted, "null"]}:
            solid = {**kind, "type": wanted}
            if "enum" in kind:
                solid["enum"] = [one for one in kind["enum"] if one is not None]
            return draw(st.none() | values(solid))
        case {"const": value}:
            return value
        case {"pattern": pattern}:
            return draw(st.sampled_from(PATTERNS[pattern]))
        case {"format": "binary"}:
            return draw(st.sampled_from(FILES))
        case {"format": [*forms]}:
            return draw(values({"type": "string", "format": draw(st.sampled_from(forms))}))
        case {"format": str(form)} if form in FORMS:
            return draw(st.sampled_from(FORMS[form]))
        case {"quantity": limits}:
            step = limits.get("multipleOf", 1)
            low, high = limits.get("minimum", 0), limits.get("maximum", 10**6)
            return f"{draw(st.integers(-(-low // step), high // step)) * step}{limits['unit']}"
        case {"type": "number", "multipleOf": step}:
            low, high = (Fraction(kind[bound]) / Fraction(step) for bound in ("minimum", "maximum"))
            return draw(st.integers(math.ceil(low), math.floor(high))) * step
        case {"type": "object", "properties": members}:
            return {name: draw(values(one)) for name, one in members.items() if "required" in one or draw(maybe)}
        case {"type": "array", "items": items} if "uniqueItems" not in kind:
            least = kind.get("minItems", 0)
            return draw(st.lists(values(items), min_size=least, max_size=kind.get("maxItems", least + 2)))
        case _:
            return draw(random_values.values(kind))


near_misses: st.SearchStrategy[Any] = st.sampled_from([
    "data:image/gif;base64,AAAA", "data:A/B;base64,AAAAAAA=", "data:a/b;base64,AAAAAAAA", "AAAAAAA=", "AAAAAA==",
    "AAA", "A===", "data:,a", "data:a/b;base64,A", "2023-02-29T00:00:00Z", "2024-02-29T24:00:00Z", "5", "05s", "5s ", "-5s",
    "5.0s", "123e4567e89b12d3a456426614174000", "ab-1\n", "#FFFF", ".png\n", "a,", {"kind": "c"}, {"kind": 1}, {"kind": "a"},
    [[None]], [{}], {"x": {"x": 1}}, 0.15, 0.3, 1e300, None, [None, None],
])  # fmt: skip
