"""Strategies of params: right ones, and right ones in which something was changed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from . import random_kinds
from .building import Spec
from .random_texts import maybe, texts

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
def params(draw: st.DrawFn, declared: Spec) -> Spec:
    """Draw params: right ones, or right ones in which a few values were changed, added or taken away."""
    found: Spec = {}
    for name, one in declared.items():
        if "required" in one or draw(maybe):
            found[name] = plain(draw(random_kinds.values(one)))
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        name = draw(st.sampled_from([*declared, "other"]))
        match draw(st.sampled_from(["junk", "flag", "float", "gone", "near"])):
            case "junk":
                found[name] = draw(junk | random_kinds.near_misses)
            case "flag" if isinstance(found.get(name), list):
                found[name] = [*found[name][1:], draw(scraps)]
            case "flag":
                found[name] = draw(maybe)
            case "float" if isinstance(found.get(name), int) and abs(found[name]) < 2**53:
                found[name] = float(found[name])
            case "float" if isinstance(found.get(name), list):
                found[name] = [float(one) if isinstance(one, int) and abs(one) < 2**53 else one for one in found[name]]
            case "near" if isinstance(found.get(name), int | float) and abs(found[name]) < 2**53:
                found[name] += draw(st.sampled_from([-1, 1, 0.5]))
            case "near" if isinstance(found.get(name), list | str):
                found[name] = draw(st.sampled_from([found[name] * 2, found[name][1:]]))
            case _:
                found.pop(name, None)
    return found


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
