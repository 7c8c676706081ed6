"""Strategies of rules between parameters, right by construction: no two rules speak of the same parameter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from . import random_requests, random_texts, random_values
from .building import Spec

UNSAID = ("sum", "product", "equal_counts")
"""Rules that JSON Schema cannot say."""

GROUPS = ("at_most_one", "exactly_one", "at_least_one", "all_or_none")
WORDS = ("require", "forbid", "ignored", "limit", "sets", *GROUPS, *UNSAID)

_BOUNDS = ("minimum", "maximum")


@st.composite
def rules(draw: st.DrawFn, declared: Spec) -> list[Spec]:
    """Draw a rule for each few parameters, where one fits them."""
    names = draw(st.permutations(list(declared)))
    found: list[Spec] = []
    while len(names) > 1:
        (first, *others), names = names[:3], names[3:]
        condition = _condition(draw, first, declared)
        chosen = others if condition else [first, *others]
        kinds = {name: declared[name] for name in chosen}
        fitting = [said for form in (_CONDITIONAL if condition else ()) + _FREE if (said := form(draw, kinds))]
        if fitting:
            advice = {"advice": draw(random_texts.prose)} if draw(st.integers(0, 4)) == 0 else {}
            found.append({**condition, **draw(st.sampled_from(fitting)), **advice})
    return found


@st.composite
def crossing(draw: st.DrawFn, asked: random_requests.Asked) -> list[Spec]:
    """Draw a rule of a parameter in the body that goes by one beside it, which no schema of a body can say."""
    # What must be there is not left out on the wire for being the default.
    free = [
        name
        for name, one in asked.more.items()
        if "required" not in one and one.get("default_on_wire") != "never" and name not in asked.unruled
    ]
    beside = [name for name in asked.beside if _is_open(asked.declared[name])]
    if not free or not beside or asked.chooser:
        return []
    return [{"when": {beside[0]: draw(st.booleans())}, draw(st.sampled_from(["require", "forbid"])): [free[0]]}]


def _is_open(kind: Spec) -> bool:
    return kind["type"] == "boolean" and "const" not in kind


def _condition(draw: st.DrawFn, name: str, declared: Spec) -> Spec:
    """Draw a condition that some requests meet and others do not."""
    kind = declared[name]
    if "required" in kind or "default" in kind or kind["type"] == "array" or draw(st.booleans()):
        return {}
    return {draw(st.sampled_from(["when", "unless"])): {name: draw(tests(kind))}}


@st.composite
def tests(draw: st.DrawFn, kind: Spec) -> Any:
    """Draw what a condition asks of a parameter: a value, values, a range, or that it is given."""
    first, second = draw(random_values.values(kind)), draw(random_values.values(kind))
    forms: list[Any] = [[first, second] if first != second else first]
    if "required" not in kind:
        forms.append({"given": True})
    if kind["type"] in ("integer", "number") and "enum" not in kind:
        forms.append(dict(zip(_BOUNDS, sorted((first, second)), strict=True)))
        forms.append({draw(st.sampled_from(_BOUNDS)): first})
    return draw(st.sampled_from(forms))


def _sent(draw: st.DrawFn, chosen: Spec) -> Spec:
    free = [name for name, kind in chosen.items() if "required" not in kind]
    return {draw(st.sampled_from(["require", "forbid", "ignored"])): free} if free else {}


def _grouped(draw: st.DrawFn, chosen: Spec) -> Spec:
    free = [name for name, kind in chosen.items() if "required" not in kind]
    return {draw(st.sampled_from(GROUPS)): free} if len(free) > 1 else {}


def _narrowed(draw: st.DrawFn, chosen: Spec) -> Spec:
    limits: Spec = {}
    for name, kind in chosen.items():
        match kind:
            case {"enum": [_, _, *_] as allowed}:
                limits[name] = {"enum": allowed[1:]}
            case {"type": "array"} if kind.get("maxItems", 9) > kind.get("minItems", 0):
                limits[name] = {"maxItems": kind.get("minItems", 0)}
            case {"type": "number"} if not any("aximum" in key for key in kind):
                limits[name] = {"exclusiveMaximum": draw(random_values.values(kind)) + 1}
            case _:
                pass
    return {"limit": limits} if limits else {}


def _fixed(draw: st.DrawFn, chosen: Spec) -> Spec:
    choices = {name: kind["enum"] for name, kind in chosen.items() if len(kind.get("enum", ())) > 1}
    fixed = {name: draw(st.sampled_from(allowed)) for name, allowed in choices.items()}
    return {"sets": fixed} if fixed else {}


def _counted(draw: st.DrawFn, chosen: Spec) -> Spec:
    lists = {
        name: kind
        for name, kind in chosen.items()
        if kind["type"] == "array" and "required" not in kind and kind.get("maxItems", 5) > kind.get("minItems", 0)
    }
    if len(lists) < 2:
        return {}
    most = sum(kind.get("maxItems", 5) for kind in lists.values())
    return draw(st.sampled_from([{"sum": list(lists), "maximum": most - 1}, {"equal_counts": list(lists)}]))


_Form = Callable[[st.DrawFn, Spec], Spec]
_CONDITIONAL: tuple[_Form, ...] = (_sent, _narrowed, _fixed)
_FREE: tuple[_Form, ...] = (_grouped, _counted)
