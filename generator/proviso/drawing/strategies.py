"""Strategies of requests that are valid by construction: no draw is ever filtered or thrown away."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from functools import cache

from hypothesis import strategies as st

from proviso import ir
from proviso.drawing import drawing, settling, values
from proviso.drawing.candidates import ABSENT
from proviso.drawing.drawing import Draw
from proviso.drawing.settling import Target
from proviso.oracle import prices, rule_breaches
from proviso.oracle.exact import plain
from proviso.oracle.limits import broken
from proviso.oracle.subject import Subject

Params = dict[str, object]

_GIVEN = object()

Options = tuple[object, ...]


@cache
def params(subject: Subject) -> st.SearchStrategy[Params]:
    """Return a strategy of valid flat params, with optional ones in and out.

    Everything that has few possibilities is drawn as one number, since draws are what costs time.
    """
    packs = [(pack, st.integers(0, _size(pack) - 1)) for pack in _packs(subject.model)]

    def drawn(draw: Draw) -> Params:
        request: Params = {}
        for pack, number in packs:
            code = draw(number)
            for name, options in pack:
                code, at = divmod(code, len(options))
                if options[at] is not ABSENT:
                    request[name] = options[at]
        for name, value in request.items():
            if value is _GIVEN:
                request[name] = draw(of_each(subject)[name])
        return settled(subject, draw, request)

    return drawing.by(drawn)


def _packs(model: ir.Model) -> list[list[tuple[str, Options]]]:
    packs: list[list[tuple[str, Options]]] = [[]]
    for one in model.parameters:
        given = values.listed(one.kind) or (_GIVEN,)
        absent = () if one.required else (ABSENT,) * max(1, len(given) // 2)
        options = (*absent, *given)
        if packs[-1] and _size(packs[-1]) * len(options) > drawing.EVEN:
            packs.append([])
        packs[-1].append((one.name, options))
    return packs


def _size(pack: list[tuple[str, Options]]) -> int:
    return math.prod(len(options) for _, options in pack)


@cache
def of_each(subject: Subject) -> dict[str, values.Values]:
    """Return a strategy of values for every parameter; those that rules and pages mention come often."""
    return {one.name: _of(one, _mentioned(subject.model, one)) for one in subject.model.parameters}


def settled(
    subject: Subject,
    draw: Draw,
    request: Params,
    *,
    held: Mapping[str, object] | None = None,
    lost: Collection[str] = (),
    target: Target | None = None,
) -> Params:
    """Change a request until it keeps all rules between parameters, or breaks exactly the target.

    held: parameters that stay as they are said here; lost: those that are left out, and asked for in vain.
    """
    fixed = {**dict.fromkeys(lost, ABSENT), **(held or {})}
    start = {name: value for name, value in {**request, **fixed}.items() if value is not ABSENT}
    if target is None and not rule_breaches.breaches(subject.model, start):
        return start
    number = draw(st.integers(0, settling.SPAN))
    return settling.settled(subject, start, number=number, held=fixed, lost=lost, target=target)


def _of(parameter: ir.Parameter, mentioned: list[object]) -> values.Values:
    drawn = values.of(parameter.kind)
    if not mentioned or values.listed(parameter.kind):
        return drawn
    return st.one_of(drawn, st.sampled_from(mentioned))


def _mentioned(model: ir.Model, parameter: ir.Parameter) -> list[object]:
    found: list[object] = [plain(one) for one in parameter.examples]
    paces = () if isinstance(model.schedule, ir.Unknown) else model.schedule
    conditions = [condition for rule in model.rules for condition in tests(rule.when)]
    conditions += [condition for pace in paces for condition in tests(pace.when)]
    conditions += [condition for case in prices.cases(model) for condition in tests(case.when)]
    found += [limit for limit in prices.limits(model, parameter.name) if not broken(parameter.kind, limit)]
    return found + [plain(value) for one in conditions if one.parameter == parameter.name for value in one.values]


def tests(when: Iterable[ir.Condition]) -> list[ir.Among]:
    """Return the conditions that name values."""
    return [one for one in when if isinstance(one, ir.Among)]
