"""Strategies of specs that are accepted, right by construction: what a provider's file and a model's file say."""

from __future__ import annotations

from hypothesis import strategies as st

from . import (
    building,
    random_access,
    random_jobs,
    random_kinds,
    random_prices,
    random_requests,
    random_results,
    random_rules,
    random_several,
)
from .building import Spec
from .random_texts import maybe, prose, some
from .random_values import kinds, values

NAMES = ("prompt", "mode", "n", "size", "list", "str", "Mode", "_x", "seed", "image_urls", "strength", "style_2")


@st.composite
def parameters(draw: st.DrawFn) -> Spec:
    """Draw a few parameters."""
    found: Spec = {}
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True)):
        kind = draw(kinds())
        spec: Spec = {**kind, "description": draw(prose), **some(draw, required=True)}
        if kind["type"] != "array" and draw(maybe):
            spec |= some(draw, default=draw(values(kind)), examples=[draw(values(kind))])
        found[name] = spec | some(draw, deprecated=draw(prose), assumed=draw(prose))
    return found


@st.composite
def models(draw: st.DrawFn) -> tuple[Spec, Spec]:
    """Draw what a provider's file and a model's file say."""
    asked = draw(random_requests.requests(draw(parameters()), draw(random_kinds.parameters())))
    declared = {name: one for name, one in asked.declared.items() if name in NAMES and name not in asked.unruled}
    spec = building.model(
        asked.declared,
        model=draw(st.sampled_from(["acme/still-1", "a b", '"""\\"', "{id}", "'"])),
        title=draw(prose),
        summary=draw(prose),
        body=asked.body,
        **some(draw, deprecated=draw(prose)),
        **draw(random_access.models()),
    )
    spec |= {"request": asked.request} if asked.request else {}
    ruled = [*draw(random_rules.rules(declared)), *draw(random_rules.crossing(asked))]
    spec |= {"rules": ruled} if ruled else {}
    spec |= _sized(draw, declared)
    counted = [
        name for name, one in declared.items() if one["type"] == "integer" and ("required" in one or "default" in one)
    ]
    priced = some(draw, price=draw(random_prices.prices(counted, declared)))
    # The rates are those of images.
    kinds = ("image",) if priced else tuple(random_results.TYPES)
    handed = draw(random_results.handed(kinds=kinds, keyed=not asked.objects))
    spec |= {"output": _output(draw, handed.kind, counted, declared, spec), **priced}
    scalar = [name for name, one in declared.items() if one["type"] != "array"]
    if draw(maybe) and scalar:
        pace = {"when": {scalar[0]: draw(random_rules.tests(declared[scalar[0]]))}, "first": "1.5s", "limit": "1h"}
        spec["schedule"] = [pace, {"every": "3s", "assumed": draw(prose)}]
    _nulled(draw, {} if asked.form else declared)
    spec |= some(draw, doubts=[_doubt(draw, next(iter(asked.declared)))])
    access = draw(random_access.providers(keys_in_bodies=asked.objects))
    shared = building.provider(title=draw(prose), errors=handed.errors, **handed.more) | access
    _operations(draw, asked, handed, spec, shared)
    random_several.crowd(draw, asked, spec, shared)
    return shared, spec


def _nulled(draw: st.DrawFn, declared: Spec) -> None:
    """Let null stand for what may be left out, or has a default: it counts as that, wherever something counts."""
    for one in declared.values():
        if one["type"] != "array" and ("default" in one or "required" not in one) and draw(maybe):
            one["type"] = [one["type"], "null"]
            if "enum" in one:
                one["enum"] = [*one["enum"], None]


def _operations(
    draw: st.DrawFn, asked: random_requests.Asked, handed: random_results.Handed, spec: Spec, shared: Spec
) -> None:
    """Say what is called: a job, what answers at once, or both."""
    which = draw(st.sampled_from(["job", "job", "immediate", "both"]))
    if which == "immediate":
        del shared["job"]
        shared["replies"] = []
    else:
        drawn = random_jobs.jobs(handed, shared, call=asked.call, chosen_id=asked.is_fresh)
        shared["job"] = draw(drawn)
        if asked.callback:
            spec["callback"] = draw(random_jobs.callbacks(shared["job"], asked.callback))
    if which != "job":
        drawn = random_jobs.immediates(handed, shared, call=asked.call, declared=asked.declared)
        spec["immediate"] = draw(drawn)


def _sized(draw: st.DrawFn, declared: Spec) -> Spec:
    tables: list[str] = [name for name, one in declared.items() if one["type"] == "string" and "enum" in one][:2]
    if not tables or draw(maybe):
        return {}
    return {"sizes": {"by": tables, "rows": _rows([declared[name]["enum"] for name in tables])}}


def _output(draw: st.DrawFn, kind: str, counted: list[str], declared: Spec, spec: Spec) -> Spec:
    """Say what is made, and what of it a request asks for."""
    count: object = counted[0] if counted else draw(st.integers(1, 4))
    said: Spec = {"kind": kind, "count": draw(st.sampled_from([count, {"at_most": count}]))}
    chosen = [name for name, one in declared.items() if one["type"] == "string" and "enum" in one]
    if draw(maybe) and chosen:
        told: list[str] = draw(st.lists(st.sampled_from(declared[chosen[0]]["enum"]), min_size=1, unique=True))
        said["type"] = {"parameter": chosen[0], "types": dict.fromkeys(told, "image/png")}
    if "sizes" in spec and draw(maybe):
        tables = spec["sizes"]["by"]
        when = {tables[0]: draw(random_rules.tests(declared[tables[0]]))}
        said["pixels"] = draw(st.sampled_from([{"of": tables}, {"when": when}, {"unknown": "It is not said."}]))
    return said


def _rows(axes: list[list[str]]) -> Spec:
    return {value: "640x480" if len(axes) == 1 else _rows(axes[1:]) for value in axes[0]}


def _doubt(draw: st.DrawFn, touched: str) -> Spec:
    claims = [{"source": "page", "says": draw(prose)}]
    words = {key: draw(prose) for key in ("ruling", "because", "settled_by")}
    return {"id": "doubt-1", "touches": [touched, "price"], "claims": claims, **words}
