"""Strategies of kinds of simple values and of lists of them, right by construction, and of their values."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from .building import Spec
from .random_texts import decimals, maybe, prose, small, some, texts

SEPARATORS = ("x", "X", "*", "\u00d7", "-", "]", "\\", "^", ":", "[", "&", "'", ".")


@st.composite
def kinds(draw: st.DrawFn, *, items: bool = True) -> Spec:
    """Draw the type of a parameter, or of the items of one, with limits that some value keeps."""
    which = draw(st.sampled_from(["text", "choice", "number", "integer", "flag", "url", "size", "numbers"]))
    if items and draw(st.integers(0, 3)) == 0:
        return _listed(draw)
    match which:
        case "text":
            least = draw(small)
            return {"type": "string", **some(draw, minLength=least, maxLength=least + draw(small))}
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
            return {"type": "number", **some(draw, **{bounds[0]: low, bounds[1]: low + 1 + draw(small)})}
        case "flag":
            return {"type": "boolean"}
        case "url":
            return {"type": "string", "format": draw(st.sampled_from(["http-url", "https-url"]))}
        case _:
            separators = draw(st.lists(st.sampled_from(SEPARATORS), min_size=1, max_size=4, unique=True))
            tiers = {"tiers": draw(st.lists(prose, min_size=1, max_size=3, unique=True))}
            few = {"sizes": draw(st.lists(st.sampled_from(["640x480", "800x600", "1x1"]), min_size=1, unique=True))}
            return {"type": "string", "size": {"separators": separators, **some(draw, **tiers, **few)}}


def _listed(draw: st.DrawFn) -> Spec:
    least = draw(st.integers(0, 2))
    unique = least < 2 and draw(maybe)
    limits = some(draw, minItems=least, maxItems=least + draw(small))
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
