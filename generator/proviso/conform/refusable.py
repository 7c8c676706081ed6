"""Requests that a conforming provider refuses: the usual one with exactly one rule broken, as near to right as can be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from proviso import ir
from proviso.conform.parameter_facts import parameter_name, rule_name, title
from proviso.drawing import rule_faults, settling, wrong_values
from proviso.drawing.candidates import ABSENT
from proviso.oracle import bodies, json_types, wire_reading
from proviso.oracle.subject import Params, Subject

_CRUDE = ({"a": 1}, "a text", ["a"], 7)
"""What stands for a value of another type: what nobody takes for a slip of the pen comes first."""
_SMALLEST = ("maxLength", "maximum", "maxItems")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """Params that break one rule. fact: the one that is denied when they are taken. parameter: what is wrong, or nothing."""

    fact: str
    parameter: str
    params: Params
    rule: str


def of(subject: Subject, base: Params) -> Iterator[Mutant]:
    """Yield one mutant for every rule that a body can break, in the order of the documents. base: what is right of them."""
    for one in subject.model.parameters:
        whose = title(subject, one.place.path)
        if one.required:
            name = f"{whose} {parameter_name(one.name, '', 'required')}"
            yield from _kept(subject, _with(subject, base, name, one.name, value=ABSENT, rule="required"))
        for (place, rule), value in _wrong(one.kind).items():
            if not _is_seen(subject, one, rule, value):
                continue
            name = f"{whose} {parameter_name(one.name, place, rule)}"
            yield from _kept(subject, _with(subject, base, name, one.name, value=value, rule=rule))
    for fault in rule_faults.of(subject.model):
        if fault.severity == "error" and not fault.held:
            params = settling.settled(subject, dict(base), number=0, held=fault.held, target=fault.target)
            name = f"{title(subject, fault.rule.place.path)} {rule_name(subject.model, fault)}"
            yield from _kept(subject, Mutant(fact=name, parameter="", params=params, rule=fault.word))


def _is_seen(subject: Subject, one: ir.Parameter, rule: str, value: object) -> bool:
    """Tell whether a provider sees what is wrong: where everything is text, no type is, and a list without items is none."""
    if subject.model.encoding == "json" and one.name not in bodies.are_beside(subject.model):
        return True
    if rule == "type":
        return isinstance(value, str) or not {"string", "array", "object"} & {*json_types.type_names(one.kind)}
    return value != []


def _wrong(kind: ir.Kind) -> dict[tuple[str, str], object]:
    """Return the wrong value that is nearest to a right one, by the place and the name of what it breaks."""
    found: dict[tuple[str, str], list[object]] = {}
    for breach, wrong in wrong_values.of(kind).items():
        found.setdefault((breach.place, breach.rule), []).extend(wrong)
    return {key: _nearest(key[1], wrong) for key, wrong in found.items() if key[1] != "additionalProperties"}


def _nearest(rule: str, wrong: list[object]) -> object:
    if rule == "type":
        return next((one for one in _CRUDE if one in wrong), wrong[0])
    if rule in ("maxLength", "minLength", "maxItems", "minItems", "maximum", "minimum"):
        return (min if rule in _SMALLEST else max)(wrong, key=_size)
    texts = [one for one in wrong if isinstance(one, str) and one.strip()]
    return next((one for one in texts if one == "a text"), (texts or wrong)[0])


def _size(value: object) -> float:
    match value:
        case str() | list():
            return len(value)
        case int() | float():
            return value
        case _:
            return 0


def _with(subject: Subject, base: Params, fact: str, name: str, *, value: object, rule: str) -> Mutant | None:
    params = {other: one for other, one in {**base, name: value}.items() if one is not ABSENT}
    if len(wire_reading.broken(subject.model, params)) > 1:
        try:
            params = settling.settled(subject, params, number=0, held={name: value})
        except AssertionError:  # so it says that there is no such request
            return None
    return Mutant(fact=fact, parameter=name, params=params, rule=rule)


def _kept(subject: Subject, mutant: Mutant | None) -> Iterator[Mutant]:
    """Yield a mutant that breaks one rule, and whose body tells so."""
    if mutant is None or len(wire_reading.broken(subject.model, mutant.params)) != 1:
        return
    for name in bodies.numbered(bodies.arm(subject.model, mutant.params)):
        if not isinstance(mutant.params.get(name, []), list):
            return
    body = bodies.wire(subject.model, mutant.params)
    beside = bodies.beside(subject.model, mutant.params)
    if any(read.wrong for read in wire_reading.read(subject.model, body, beside)):
        yield mutant
