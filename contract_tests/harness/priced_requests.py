"""Requests that a price tells apart, so that every amount of it is asked for and none waits for a lucky draw."""

from __future__ import annotations

import dataclasses
import itertools
import math
import random
from collections.abc import Iterator

from harness.subjects import Params, Subject
from proviso import ir
from proviso.drawing import candidates, values
from proviso.drawing.candidates import ABSENT
from proviso.oracle import limits, prices, rule_breaches
from proviso.oracle.exact import plain

_MOST = 120  # combinations of values
_FEW = 3


def like(subject: Subject, params: Params) -> Iterator[Params]:
    """Yield a valid request with other values of what its price depends on, in many combinations."""
    model = subject.model
    known = {one.name for one in model.parameters}
    asked = [model.output.count, *(one.price for one in prices.priced(model))]
    names = sorted({name for one in asked for name in _mentioned(one, known)})
    options = [list(_values(model, name)) for name in names]
    size = math.prod(map(len, options))
    for number in random.Random(str(subject)).sample(range(size), min(size, _MOST)):
        made = {**params, **dict(zip(names, _picked(options, number), strict=True))}
        request = {name: value for name, value in made.items() if value is not ABSENT}
        if not rule_breaches.breaches(model, request):
            yield request


def _mentioned(node: object, known: set[str]) -> Iterator[str]:
    """Yield the parameters that a part of a price names, wherever in it they stand."""
    if isinstance(node, str):
        yield from {node} & known
    elif isinstance(node, tuple):
        yield from (name for one in node for name in _mentioned(one, known))
    elif dataclasses.is_dataclass(node):
        yield from (name for one in dataclasses.fields(node) for name in _mentioned(getattr(node, one.name), known))


def _values(model: ir.Model, name: str) -> Iterator[object]:
    """Yield values of a parameter that a price may tell apart, and its being left out."""
    parameter = model.parameter(name)
    assert parameter is not None
    if not parameter.required:
        yield ABSENT
    kind = parameter.kind
    tried = [plain(one) for one in parameter.examples]
    tests = [test for case in prices.cases(model) for test in case.when if not isinstance(test, ir.Unless)]
    tried += [value for test in tests if test.parameter == name for value in candidates.tested(test)]
    tried += prices.limits(model, name)
    tried += values.listed(kind) or itertools.islice(values.different(kind), _FEW)
    seen = list[str]()
    for value in tried:
        if not limits.broken(kind, value) and repr(value) not in seen:
            seen.append(repr(value))
            yield value


def _picked(options: list[list[object]], number: int) -> Iterator[object]:
    for one in options:
        number, at = divmod(number, len(one))
        yield one[at]
