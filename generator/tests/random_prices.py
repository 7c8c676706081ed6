"""Strategies of prices: every rate stands in a formula, and what is held is known."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import strategies as st

from .building import Spec
from .random_texts import maybe, prose, some, some_amounts, unsure


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
        "top": {"amount": {"minimum": 1, **some(draw, maximum=2, says=draw(prose))}},
    }
    measured = {"class": {"unit": "second", **some(draw, minimum=1, maximum=draw(some_amounts) + 1, says=draw(prose))}}
    used = set(re.findall("[a-z]+", f"{hold if isinstance(hold, str) else ''} {charge}"))
    found = {key: one for key, one in rates.items() if key in used}
    free = {"amount": draw(some_amounts), "of": "image", "per": "day", **some(draw, says=draw(prose))}
    return {
        "currency": "EUR", "rates": found, "hold": hold, "charge": charge,
        **({"measured": measured} if "class" in used else {}), **some(draw, free=free),
    }  # fmt: skip


@st.composite
def amounts(draw: st.DrawFn, declared: Spec) -> Any:
    """Draw a number, or amounts by a parameter, a quantity or a condition."""
    cell = some_amounts | unsure
    limit = draw(some_amounts) + 1
    bands = [{"up_to": limit, "is": draw(cell)}, {"up_to": limit + 1, "is": draw(cell)}, {"is": draw(cell)}]
    forms: list[Any] = [draw(some_amounts), {"of": "requested", "bands": bands}]
    told = {name: one["enum"] for name, one in declared.items() if "enum" in one and "required" in one}
    if len(told) > 1 and not any("unknown" in values for values in told.values()):
        (one, values), (other, further), *_ = told.items()
        inner = {str(value): draw(cell) for value in further}
        rows = {str(value): draw(st.sampled_from([inner, draw(unsure)])) for value in values}
        forms.append({"by": [one, other], "rows": rows})
    for name, one in declared.items():
        always = "required" in one or "default" in one
        if "enum" in one and (always or "absent" not in one["enum"]):
            absent = {} if always else {"absent": draw(cell)}
            forms.append({"by": [name], "rows": {str(value): draw(cell) for value in one["enum"]} | absent})
        if "required" not in one:
            forms.append([{"when": {name: {"given": draw(maybe)}}, "is": draw(cell)}, {"is": draw(cell)}])
    return draw(st.sampled_from(forms))
