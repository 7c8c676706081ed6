"""Strategies of specs that are accepted, right by construction, and of requests to their models."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from . import building, random_kinds, random_results, random_rules
from .building import Spec

NAMES = ("prompt", "mode", "n", "size", "list", "str", "Mode", "_x", "seed", "image_urls", "strength", "style_2")
HOSTILE = (
    '"""', "\\", "a\nb", "{{ 7 }}", "{% raw %}", "#", "'", '\\"', "Required[", "shared.", "dataclasses.", "\u202e", "\u2028", "\0",
    "a long text " * 12, "x" * 120, "é", "😀", "16:9", "no", "0x1F", "~", " a", "a ", "1_000", "-->", "|",
)  # fmt: skip
SEPARATORS = ("x", "X", "*", "\u00d7", "-", "]", "\\", "^", ":", "[", "&", "'", ".")

some_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
texts = st.sampled_from(HOSTILE) | some_text
# What the language calls a text holds something to see; a constant of a body holds no placeholder.
prose = st.sampled_from([one for one in HOSTILE if one.strip()]) | some_text.map(lambda text: f"a{text}")
constants: st.SearchStrategy[Any] = (
    st.sampled_from([one for one in HOSTILE if "{" not in one]) | st.booleans() | st.integers()
)
constants |= st.decimals(min_value=-9, max_value=9, places=2)
states = (st.sampled_from(HOSTILE) | some_text).map(lambda word: f"{word}~") | st.integers(3)
small = st.integers(0, 4)
maybe = st.booleans()
some_amounts = st.decimals(min_value=0, max_value=9, places=3)
unsure = st.just({"unknown": "The page does not say."})
decimals = st.decimals(min_value=-100, max_value=100, places=2, allow_nan=False)


@st.composite
def kinds(draw: st.DrawFn, *, items: bool = True) -> Spec:
    """Draw the type of a parameter, or of the items of one, with limits that some value keeps."""
    which = draw(st.sampled_from(["text", "choice", "number", "integer", "flag", "url", "size", "numbers"]))
    if items and draw(st.integers(0, 3)) == 0:
        return _listed(draw)
    match which:
        case "text":
            least = draw(small)
            return {"type": "string", **_some(draw, minLength=least, maxLength=least + draw(small))}
        case "choice":
            return {"type": "string", "enum": draw(st.lists(texts, min_size=1, max_size=5, unique=True))}
        case "numbers":
            values = st.lists(st.integers() | st.integers(-3, 9), min_size=1, max_size=4, unique=True)
            return {"type": "integer", "enum": draw(values)}
        case "integer":
            return _integer(draw)
        case "number":
            low = draw(decimals)
            bounds = [draw(st.sampled_from(["minimum", "exclusiveMinimum"]))]
            bounds.append(draw(st.sampled_from(["maximum", "exclusiveMaximum"])))
            return {"type": "number", **_some(draw, **{bounds[0]: low, bounds[1]: low + 1 + draw(small)})}
        case "flag":
            return {"type": "boolean"}
        case "url":
            return {"type": "string", "format": draw(st.sampled_from(["http-url", "https-url"]))}
        case _:
            separators = draw(st.lists(st.sampled_from(SEPARATORS), min_size=1, max_size=4, unique=True))
            tiers = {"tiers": draw(st.lists(prose, min_size=1, max_size=3, unique=True))}
            few = {"sizes": draw(st.lists(st.sampled_from(["640x480", "800x600", "1x1"]), min_size=1, unique=True))}
            return {"type": "string", "size": {"separators": separators, **_some(draw, **tiers, **few)}}


def _listed(draw: st.DrawFn) -> Spec:
    least = draw(st.integers(0, 2))
    unique = least < 2 and draw(maybe)
    limits = _some(draw, minItems=least, maxItems=least + draw(small))
    return {"type": "array", "items": draw(kinds(items=False)), **limits, **({"uniqueItems": True} if unique else {})}


def _integer(draw: st.DrawFn) -> Spec:
    step = draw(st.sampled_from([1, 1, 2, 8]))
    inside = step * draw(st.integers(-4, 4) | st.integers(-(2**70), 2**70))
    low, high = inside - draw(small), inside + draw(small)
    bounds: Spec = draw(
        st.sampled_from([
            {}, {"minimum": low}, {"maximum": high}, {"minimum": low, "maximum": high},
            {"exclusiveMinimum": low - 1, "maximum": high}, {"minimum": low, "exclusiveMaximum": high + 1},
        ])
    )  # fmt: skip
    return {"type": "integer", **bounds, **({"multipleOf": step} if step > 1 else {})}


def _some(draw: st.DrawFn, **limits: Any) -> Spec:
    return {key: value for key, value in limits.items() if draw(maybe)}


@st.composite
def values(draw: st.DrawFn, kind: Spec) -> Any:
    """Draw a value that keeps the limits of a kind."""
    if "enum" in kind:
        return draw(st.sampled_from(kind["enum"]))
    match kind["type"]:
        case "array":
            least = kind.get("minItems", 0)
            drawn = st.lists(values(kind["items"]), min_size=least, max_size=kind.get("maxItems", least + 3))
            found = draw(drawn)
            return found[:1] if kind.get("uniqueItems") else found
        case "boolean":
            return draw(maybe)
        case "integer":
            return draw(_integers(kind))
        case "number":
            low = kind.get("minimum", kind.get("exclusiveMinimum"))
            high = kind.get("maximum", kind.get("exclusiveMaximum"))
            if low is None:
                return Decimal(0) if high is None else high - Decimal("0.5")
            return low + Decimal("0.5")
        case _:
            return _text(draw, kind)


def _text(draw: st.DrawFn, kind: Spec) -> str:
    if "format" in kind:
        return draw(st.sampled_from(["https://a.example/1.png", "https://é", "https://[::1]:8/?q#f", "https://\\"]))
    if "size" in kind:
        separator = draw(st.sampled_from(kind["size"]["separators"]))
        sizes: list[str] = kind["size"].get("sizes") or [f"{draw(st.integers(1, 9999))}x1024"]
        explicit = draw(st.sampled_from(sizes)).replace("x", separator)
        tiers: list[str] = kind["size"].get("tiers", [])
        return draw(st.sampled_from([explicit, *tiers]))
    least = kind.get("minLength", 0)
    characters = st.characters(exclude_categories=["Cs"])
    most: int = kind.get("maxLength", least + 5)
    return draw(st.text(characters, min_size=least, max_size=most))


def _integers(kind: Spec) -> st.SearchStrategy[int]:
    step = kind.get("multipleOf", 1)
    low = kind.get("minimum", kind.get("exclusiveMinimum", 0) + 1 if "exclusiveMinimum" in kind else None)
    high = kind.get("maximum", kind.get("exclusiveMaximum", 0) - 1 if "exclusiveMaximum" in kind else None)
    return st.integers(None if low is None else -(-low // step), None if high is None else high // step).map(
        lambda number: number * step
    )


@st.composite
def parameters(draw: st.DrawFn) -> Spec:
    """Draw a few parameters."""
    found: Spec = {}
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True)):
        kind = draw(kinds())
        spec: Spec = {**kind, "description": draw(prose), **_some(draw, required=True)}
        if kind["type"] != "array" and draw(maybe):
            spec |= _some(draw, default=draw(values(kind)), examples=[draw(values(kind))])
        found[name] = spec | _some(draw, deprecated=draw(prose), assumed=draw(prose))
    return found


@st.composite
def models(draw: st.DrawFn) -> tuple[Spec, Spec]:
    """Draw what a provider's file and a model's file say."""
    declared = draw(parameters())
    more = draw(random_kinds.parameters())
    whole: Spec = {"body": draw(bodies([*declared, *more]))}
    if not draw(st.integers(0, 3)):
        more = {name: one for name, one in more.items() if random_kinds.is_field(one)}
        more["file"] = draw(random_kinds.files())
        whole = {"body": "{*}", "request": {"encoding": "multipart"}}
    spec = building.model(
        {**declared, **more},
        model=draw(st.sampled_from(["acme/still-1", "a b", '"""\\"', "{id}", "'"])),
        title=draw(prose),
        summary=draw(prose),
        **whole,
        **_some(draw, deprecated=draw(prose)),
    )
    scalar = [name for name, one in declared.items() if one["type"] != "array"]
    ruled = draw(random_rules.rules(declared))
    spec |= {"rules": ruled} if ruled else {}
    tables: list[str] = [name for name, one in declared.items() if one["type"] == "string" and "enum" in one][:2]
    if draw(maybe) and tables:
        spec["sizes"] = {"by": tables, "rows": _rows([declared[name]["enum"] for name in tables])}
    counted: list[str] = [
        name for name, one in declared.items() if one["type"] == "integer" and ("required" in one or "default" in one)
    ]
    priced = _some(draw, price=draw(prices(counted, declared)))
    # The rates are those of images.
    handed = draw(random_results.handed(kinds=("image",)) if priced else random_results.handed())
    spec |= {"output": {"kind": handed.kind, "count": counted[0] if counted else 1}, **priced}
    if draw(maybe) and scalar:
        pace = {"when": {scalar[0]: draw(random_rules.tests(declared[scalar[0]]))}, "first": "1.5s", "limit": "1h"}
        spec["schedule"] = [pace, {"every": "3s", "assumed": draw(prose)}]
    spec |= _some(draw, doubts=[_doubt(draw, next(iter(declared)))])
    shared = building.provider(title=draw(prose), errors=handed.errors, **handed.more)
    shared["job"] = {**draw(jobs()), "results": handed.results, **({"empty": handed.empty} if handed.empty else {})}
    shared["replies"][2]["body"] |= handed.shown
    shared["replies"] += handed.replies
    return shared, spec


@st.composite
def jobs(draw: st.DrawFn) -> Spec:
    """Draw a course of jobs that the replies of the provider are examples of."""
    # Other words for states than those of the replies, which differ from all of them in more than case.
    words = iter(draw(st.lists(states, min_size=6, max_size=6, unique_by=lambda word: str(word).casefold())))
    state: Spec = {"at": "$.state", "running": ["busy", next(words)], "succeeded": ["done"], "failed": [next(words)]}
    state |= _some(draw, moderated=[next(words)], absent="queued", ignore_case=True, partial=draw(prose))
    done = {"$.state": ["done", next(words)], "$.urls": {"given": True}}
    cases = [{"when": done, "means": "succeeded"}, {"when": {"$.state": "busy"}, "means": "queued"}]
    state |= _some(draw, cases=cases[: draw(st.integers(1, 2))])
    about: Spec = {"id": "{id}", f"{draw(texts)}:": [draw(constants), {"of": "{model}"}]}
    poll = draw(st.sampled_from([{"call": "GET /jobs/{id}"}, {"call": "POST /jobs", "body": about}]))
    stop = draw(
        st.sampled_from([{"call": "DELETE /jobs?id={id}", "reads": [202, 409]}, {"call": "PUT /stop", "body": about}])
    )
    return building.job(state=state, poll=poll, **_some(draw, cancel=stop))


def _rows(axes: list[list[str]]) -> Spec:
    return {value: "640x480" if len(axes) == 1 else _rows(axes[1:]) for value in axes[0]}


def _doubt(draw: st.DrawFn, touched: str) -> Spec:
    claims = [{"source": "page", "says": draw(prose)}]
    words = {key: draw(prose) for key in ("ruling", "because", "settled_by")}
    return {"id": "doubt-1", "touches": [touched, "price"], "claims": claims, **words}


@st.composite
def bodies(draw: st.DrawFn, names: list[str]) -> Any:
    """Draw a body in which every parameter has one place."""
    # Keys that are no parameter's name, so that spreading the others among them makes no double.
    keys = draw(st.lists(texts.map(lambda text: f"{text}:"), min_size=5, max_size=5, unique=True))
    placed = draw(st.lists(st.sampled_from(names), max_size=3, unique=True))
    members: Spec = {keys[at]: f"{{{name}}}" for at, name in enumerate(placed)}
    members |= _some(draw, **{keys[3]: draw(constants), keys[4]: {keys[0]: draw(constants), keys[1]: "{model}"}})
    rest = draw(st.sampled_from(["whole", "nested", "spread", "inner"]))
    match rest:
        case "whole":
            return "{*}"
        case "nested":
            return {**members, "rest:": "{*}"}
        case "spread":
            return {**members, "*": "{*}"}
        case _:
            return {"outer:": {**members, "inner:": {"deep:": 1, "*": "{*}"}}}


@st.composite
def prices(draw: st.DrawFn, counted: list[str], declared: Spec) -> Any:
    """Draw a price, or two of different times."""
    if draw(st.integers(0, 3)):
        return draw(single_prices(counted, declared))
    first, second = draw(single_prices(counted, declared)), draw(single_prices(counted, declared))
    return [{**first, "until": "2026-01-31"}, {**second, "from": "2026-02-01"}]


@st.composite
def single_prices(draw: st.DrawFn, counted: list[str], declared: Spec) -> Spec:
    """Draw a price with every rate in a formula."""
    count = draw(st.sampled_from([*counted[:1], "requested"]))
    holds: Any = [
        f"{count} * image", f"max(request * base, ({count} / 8 - 1) * image)", "request * base",
        "round_half_up(requested * image / 3, 0.01)", {"unknown": draw(prose)},
    ]  # fmt: skip
    charges = [
        "delivered * image", f"({count} * image + request * base) * 1.50", f"min({count} * image, top)",
        "requested * image + ceil(class) * run",
    ]  # fmt: skip
    hold, charge = draw(st.sampled_from(holds)), draw(st.sampled_from(charges))
    rates = {
        "image": {"amount": draw(amounts(declared)), "per": draw(st.sampled_from(["image", "8 images", ["image"]]))},
        # What is held is one amount, so nothing in it is unknown.
        "base": {"amount": draw(some_amounts if "base" in str(hold) else some_amounts | unsure), "per": "request"},
        "run": {"amount": draw(some_amounts), "per": "second"},
        "top": {"amount": {"minimum": 1, **_some(draw, maximum=2, says=draw(prose))}},
    }
    measured = {"class": {"unit": "second", **_some(draw, minimum=1, maximum=draw(some_amounts) + 1, says=draw(prose))}}
    used = set(re.findall("[a-z]+", f"{hold if isinstance(hold, str) else ''} {charge}"))
    found = {key: one for key, one in rates.items() if key in used}
    free = {"amount": draw(some_amounts), "of": "image", "per": "day", **_some(draw, says=draw(prose))}
    return {
        "currency": "EUR", "rates": found, "hold": hold, "charge": charge,
        **({"measured": measured} if "class" in used else {}), **_some(draw, free=free),
    }  # fmt: skip


@st.composite
def amounts(draw: st.DrawFn, declared: Spec) -> Any:
    """Draw a number, or amounts by a parameter, a quantity or a condition."""
    cell = some_amounts | unsure
    limit = draw(some_amounts) + 1
    bands = [{"up_to": limit, "is": draw(cell)}, {"up_to": limit + 1, "is": draw(cell)}, {"is": draw(cell)}]
    forms: list[Any] = [draw(some_amounts), {"of": "requested", "bands": bands}]
    for name, one in declared.items():
        if "enum" in one and ("required" in one or "default" in one):
            forms.append({"by": [name], "rows": {str(value): draw(cell) for value in one["enum"]}})
        if "required" not in one:
            forms.append([{"when": {name: {"given": draw(maybe)}}, "is": draw(cell)}, {"is": draw(cell)}])
    return draw(st.sampled_from(forms))


scraps = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | texts
scraps |= st.integers(-9, 9).map(float) | st.sampled_from(
    ["2x2", "http://a", "HTTPS://a", "https:///", "1", [], {}, [1, True, 1.0]]
)
junk = st.recursive(
    scraps, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=2), max_leaves=5
)


near_misses = st.sampled_from([
    "HTTPS://a.example", "https://", "https:// a", "http:///a", "https://?", "ftp://a", " https://a", "https://a\n",
    "1x2", "01x2", "0x2", "1x02", "1x2x3", "1x", "x2", "1x-2", "1x2 ", "\u0661x2", "1x\u00b2", "2k", "1:2", "1*2",
])  # fmt: skip


@st.composite
def requests(draw: st.DrawFn, declared: Spec) -> Spec:
    """Draw params: right ones, or right ones in which a few values were changed, added or taken away."""
    params: Spec = {}
    for name, one in declared.items():
        if "required" in one or draw(maybe):
            params[name] = plain(draw(random_kinds.values(one)))
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        name = draw(st.sampled_from([*declared, "other"]))
        match draw(st.sampled_from(["junk", "flag", "float", "gone", "near"])):
            case "junk":
                params[name] = draw(junk | random_kinds.near_misses)
            case "flag" if isinstance(params.get(name), list):
                params[name] = [*params[name][1:], draw(scraps)]
            case "flag":
                params[name] = draw(maybe)
            case "float" if isinstance(params.get(name), int) and abs(params[name]) < 2**53:
                params[name] = float(params[name])
            case "float" if isinstance(params.get(name), list):
                params[name] = [
                    float(one) if isinstance(one, int) and abs(one) < 2**53 else one for one in params[name]
                ]
            case "near" if isinstance(params.get(name), int | float) and abs(params[name]) < 2**53:
                params[name] += draw(st.sampled_from([-1, 1, 0.5]))
            case "near" if isinstance(params.get(name), list | str):
                params[name] = draw(st.sampled_from([params[name] * 2, params[name][1:]]))
            case _:
                params.pop(name, None)
    return params


def plain(value: Any) -> Any:
    """Turn the exact numbers of a spec into those of a request."""
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {name: plain(one) for name, one in value.items()}
    return (int(value) if value == int(value) else float(value)) if isinstance(value, Decimal) else value


def exact(value: Any) -> Any:
    """Turn the numbers of a request into the exact ones of a spec, where 2.0 is written as 2."""
    match value:
        case list():
            return [exact(one) for one in value]
        case dict():
            return {name: exact(one) for name, one in value.items()}
        case float():
            return int(value) if value.is_integer() else Decimal(str(value))
        case _:
            return value
