"""The facts about the parameters of a model, and about what they ask of one another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from proviso import ir
from proviso.conform.facts import Fact, Side
from proviso.drawing import rule_faults
from proviso.drawing.rule_faults import RuleFault
from proviso.oracle import limits
from proviso.oracle.exact import plain
from proviso.oracle.subject import Subject

_IN: frozenset[Side] = frozenset(("inside",))
_OUT: frozenset[Side] = frozenset(("outside",))
EDGES = ("minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems")
"""Limits that are seen from both sides: at the edge a value is taken, beyond it none is."""


def of(subject: Subject) -> Iterator[Fact]:
    """Yield the facts about parameters and rules."""
    for one in subject.model.parameters:
        yield from _of_parameter(subject, one)
    for fault in rule_faults.of(subject.model):
        if fault.severity == "error" and not fault.held:
            yield Fact(
                title=title(subject, fault.rule.place.path),
                what=rule_name(subject.model, fault),
                kind="rule",
                says=f"what breaks {fault.word}{f' of {fault.parameter}' if fault.parameter else ''} is refused",
                place=fault.rule.place,
                needs=_OUT,
            )


def title(subject: Subject, path: str) -> str:
    """Say whose a fact is that stands in a file: what stands with the provider is its own."""
    name = subject.provider.name
    return name if path == subject.provider.path else f"{name}/{subject.model.name}"


def parameter_name(name: str, place: str = "", rule: str = "") -> str:
    """Return the name of a fact about a parameter. place: where in it, such as `/*/url`."""
    inner = "".join("[*]" if step == "*" else f".{step}" for step in place.split("/")[1:])
    return f"parameters.{name}{inner}{f'.{rule}' if rule else ''}"


def value_name(name: str, value: object) -> str:
    """Return the name of the fact that a parameter takes a value."""
    return f"parameters.{name}.enum[{written(value)}]"


def rule_name(model: ir.Model, fault: RuleFault) -> str:
    """Return the name of the fact that one way to break a rule is refused."""
    at = next(number for number, rule in enumerate(model.rules) if rule is fault.rule)
    inner = ", ".join(one for one in (fault.parameter, fault.detail) if one)
    return f"rules[{at}].{fault.word}" + (f"[{inner}]" if inner else "")


def written(value: object) -> str:
    """Write a value of a spec as JSON has it, but texts without their quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)


def edge(kind: ir.Kind, rule: str) -> int | float | None:
    """Return the number at which a limit of a kind stands; None where it has none."""
    solid = ir.bare(kind)
    names = {"minLength": "min_length", "maxLength": "max_length", "minItems": "min_items", "maxItems": "max_items"}
    found = plain(getattr(solid, names.get(rule, rule), None))
    return found if isinstance(found, int | float) else None


def _of_parameter(subject: Subject, one: ir.Parameter) -> Iterator[Fact]:
    whose = title(subject, one.place.path)

    def fact(what: str, kind: str, says: str, needs: frozenset[Side], *, closed: str | None = None) -> Fact:
        return Fact(
            title=whose,
            what=what,
            kind=kind,
            says=says,
            place=one.place,
            needs=needs,
            assumed=one.assumed,
            closed=closed,
        )

    asked = "must be sent" if one.required else "may be left out"
    yield fact(parameter_name(one.name, "", "required"), "required", asked, _OUT if one.required else _IN)
    if not one.required:
        yield fact(parameter_name(one.name), "required", "may be sent", _IN)
    if one.default is not None and not one.required:
        says = f"left out, it counts as {written(one.default)}"
        yield fact(parameter_name(one.name, "", "default"), "default", says, _IN)
    elif not one.required and any(one.name in doubt.touches for doubt in subject.model.doubts):
        says, closed = "what it counts as when it is left out is not documented", "no reply shows it"
        yield fact(parameter_name(one.name, "", "default"), "default", says, _IN, closed=closed)
    for place, rule in dict.fromkeys(limits.keywords(one.kind)):
        yield from _limits(one, place, rule, fact)


class _Maker(Protocol):
    def __call__(self, what: str, kind: str, says: str, needs: frozenset[Side]) -> Fact: ...


def _limits(one: ir.Parameter, place: str, rule: str, fact: _Maker) -> Iterator[Fact]:
    name = parameter_name(one.name, place, rule)
    if rule == "type":
        yield fact(name, "type", "a value of another type is refused", _OUT)
    elif rule == "enum":
        yield fact(name, "other-values", "a value that is not listed is refused", _OUT)
        if not place:
            for value in _listed(one.kind):
                yield fact(value_name(one.name, value), "enum", f"{written(value)} is taken", _IN)
    elif rule in EDGES and not place:
        says = f"{rule} is {edge(one.kind, rule)}: at it a value is taken, beyond it none is"
        yield fact(name, "limit", says, _IN | _OUT)
    else:
        yield fact(name, "limit", f"what breaks {rule} is refused", _OUT)


def _listed(kind: ir.Kind) -> tuple[object, ...]:
    solid = ir.bare(kind)
    return tuple(plain(value) for value in solid.values) if isinstance(solid, ir.Choice) else ()
