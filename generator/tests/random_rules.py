"""Strategies of rules between parameters, right by construction."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from . import random_specs
from .building import Spec

_BOUNDS = ("minimum", "maximum")


@st.composite
def rules(draw: st.DrawFn, declared: Spec, scalar: list[str], optional: list[str]) -> Spec:
    """Draw a rule whose conditions can hold; it requires nothing when every parameter is in them."""
    asked = draw(st.lists(st.sampled_from(scalar), min_size=1, max_size=3, unique=True))
    first = draw(st.integers(0, len(asked)))
    conditions = {
        key: {name: draw(tests(declared[name])) for name in names}
        for key, names in (("when", asked[:first]), ("unless", asked[first:]))
        if names
    }
    free = [name for name in optional if name not in asked]
    return {**conditions, "require": free[: draw(st.integers(1, 2))]}


@st.composite
def tests(draw: st.DrawFn, kind: Spec) -> Any:
    """Draw what a condition asks of a parameter: a value, values, a range, or whether it is given."""
    first, second = draw(random_specs.values(kind)), draw(random_specs.values(kind))
    forms: list[Any] = [[first, second] if first != second else first]
    if "required" not in kind:
        forms.append({"given": draw(st.booleans())})
    if kind["type"] in ("integer", "number"):
        forms.append(dict(zip(_BOUNDS, sorted((first, second)), strict=True)))
        forms.append({draw(st.sampled_from(_BOUNDS)): first})
    return draw(st.sampled_from(forms))
