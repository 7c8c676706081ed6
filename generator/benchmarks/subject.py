"""What is checked in the figures: the model with most parameters and its documented requests, from the specs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harness import subjects
from harness.houses import HOUSES
from proviso import ir
from proviso.drawing import wrong_values
from proviso.oracle import bodies
from proviso.oracle.exact import plain

Params = dict[str, object]
_VIOLATIONS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request twice: as flat params, and as the body that goes over the wire."""

    params: Params
    body: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A request with one broken rule."""

    parameter: str
    rule: str
    request: Request


def largest() -> subjects.Subject:
    """Pick the real model with most parameters; of several the first."""
    real = [one for one in subjects.SUBJECTS if one.house is HOUSES[0]]
    return max(real, key=lambda one: len(one.model.parameters))


def documented(subject: subjects.Subject) -> tuple[Request, ...]:
    """Return the documented requests of a model."""
    bodies = (plain(witness.body) for witness in subject.model.witnesses)
    return tuple(_request(subject.model, subject.module.from_body(body)) for body in bodies)


def with_a_list(requests: tuple[Request, ...]) -> Request:
    """Pick the longest request that carries a list, such as addresses of images."""
    lists = [one for one in requests if any(isinstance(value, list) for value in one.params.values())]
    return max(lists, key=lambda one: len(one.params))


def mutants(subject: subjects.Subject, request: Request) -> Iterator[Mutant]:
    """Yield the request with every rule of the model broken, one at a time."""
    model = subject.model
    for parameter in model.parameters:
        for breach, values in wrong_values.of(parameter.kind).items():
            for value in values:
                yield _mutant(model, {**request.params, parameter.name: value}, parameter.name, breach.rule)
        if parameter.required:
            rest = {name: value for name, value in request.params.items() if name != parameter.name}
            yield _mutant(model, rest, parameter.name, "required")
    for requirement in model.rules:
        for name in requirement.parameters if isinstance(requirement, ir.Require) else ():
            forced = {one.parameter: plain(one.values[0]) for one in requirement.when if isinstance(one, ir.Among)}
            rest = {one: value for one, value in {**request.params, **forced}.items() if one != name}
            yield _mutant(model, rest, name, "require")
    params: Params = {**request.params, "unheard_of": 1}
    body = {**request.body, "unheard_of": 1}
    yield Mutant(parameter="unheard_of", rule="additionalProperties", request=Request(params=params, body=body))


def with_violations(subject: subjects.Subject, request: Request) -> Request:
    """Break three rules of different names at three parameters, values of the right type all of them."""
    params = dict(request.params)
    broken: dict[str, str] = {}
    for mutant in mutants(subject, request):
        usual = mutant.rule not in ("type", "required", "require", "additionalProperties")
        if usual and mutant.parameter not in broken and mutant.rule not in broken.values():
            broken[mutant.parameter] = mutant.rule
            params[mutant.parameter] = mutant.request.params[mutant.parameter]
        if len(broken) == _VIOLATIONS:
            break
    return _request(subject.model, params)


def _mutant(model: ir.Model, params: Params, parameter: str, rule: str) -> Mutant:
    return Mutant(parameter=parameter, rule=rule, request=_request(model, params))


def _request(model: ir.Model, params: Params) -> Request:
    body = bodies.wire(model, params)
    assert isinstance(body, dict)
    return Request(params=params, body=body)
