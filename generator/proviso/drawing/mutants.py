"""Requests with exactly one rule broken, which remember what: by construction, for every rule of a model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from hypothesis import strategies as st

from proviso import ir
from proviso.drawing import drawing, rule_faults, strategies, unheeded, wrong_values
from proviso.drawing.candidates import ABSENT
from proviso.drawing.drawing import Draw
from proviso.drawing.rule_faults import RuleFault
from proviso.drawing.strategies import Params
from proviso.oracle import advice, bodies, limits, rule_breaches
from proviso.oracle.limits import Breach
from proviso.oracle.subject import Subject

if TYPE_CHECKING:
    from hypothesis.vendor.pretty import RepresentationPrinter

S = TypeVar("S", bound=Subject)

_NAMES = ("", "a/b", "m~n", "~1", "🦄", "constructor", "__class__")


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """A request that breaks one rule: flat, and as the body it would be.

    body: None where no body is wrong in this way. beside: what travels beside the body.
    at: in the params; at_wire: in the body; says: what the message has to name beside what its fault does.
    """

    params: Params
    body: object
    beside: Params
    at: str
    at_wire: str
    rule: str
    says: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Fault(Generic[S]):
    """One rule of a model, and how to break it.

    in_schema: whether the published schema refuses what is broken. says: what the message has to name.
    """

    subject: S
    parameter: str
    within: str = ""
    rule: str
    severity: str = "error"
    in_schema: bool = True
    says: tuple[str, ...]
    mutate: Callable[[Draw], Mutant]

    @property
    def mutants(self) -> st.SearchStrategy[Mutant]:
        """The strategy of mutants with this fault."""
        return drawing.by(self.mutate)

    def __repr__(self) -> str:
        return f"{self.subject}-{self.parameter}{self.within}-{self.rule}"

    def _repr_pretty_(self, printer: RepresentationPrinter, _cycle: object) -> None:
        printer.text(repr(self))


def rules(model: ir.Model) -> set[tuple[str, str, str]]:
    """Return every rule that a model states: parameter, place within it, keyword."""
    found = {(one.name, within, rule) for one in model.parameters for within, rule in limits.keywords(one.kind)}
    found |= {(one.name, at, f"advised {rule}") for one in model.parameters for at, rule in advice.stated(one)}
    found |= {(one.name, "", "required") for one in model.parameters if one.required}
    found |= {(one.parameter, "", one.word) for one in rule_faults.of(model)}
    return found | {("", "", "additionalProperties")}


def faults(subject: S) -> tuple[Fault[S], ...]:
    """Return a fault for every rule that a model states."""
    return tuple(_faults(subject))


def _faults(subject: S) -> Iterator[Fault[S]]:
    for parameter in subject.model.parameters:
        if parameter.required:
            yield _missing(subject, parameter.name)
        yield from _wrong(subject, parameter)
        yield from _unheeded(subject, parameter)
    yield from (_ruled(subject, one) for one in rule_faults.of(subject.model))
    yield _unknown(subject)


def _missing(subject: S, name: str) -> Fault[S]:
    def mutate(draw: Draw) -> Mutant:
        params = strategies.settled(subject, draw, draw(strategies.params(subject)), held={name: ABSENT})
        return _mutant(subject, params, name, "", "required")

    in_schema = name not in bodies.are_beside(subject.model)
    return Fault(
        subject=subject, parameter=name, rule="required", in_schema=in_schema, says=("required",), mutate=mutate
    )


def _wrong(subject: S, parameter: ir.Parameter) -> Iterator[Fault[S]]:
    by_rule: dict[tuple[str, str], list[tuple[Breach, object]]] = {}
    for breach, wrong in wrong_values.of(parameter.kind).items():
        by_rule.setdefault((breach.place, breach.rule), []).extend((breach, value) for value in wrong)
    for (place, rule), choices in by_rule.items():
        beside = parameter.name in bodies.are_beside(subject.model)
        texts = {name for arm in bodies.arms(subject.model) for name in bodies.as_json(arm)}
        hidden = beside or parameter.name in texts
        in_schema = rule not in ("width", "height", "area", "ratio", "max_bytes") and not hidden
        yield Fault(
            subject=subject,
            parameter=parameter.name,
            within=place,
            rule=rule,
            in_schema=in_schema,
            says=(),
            mutate=_with_one(subject, parameter, choices),
        )


def _unheeded(subject: S, parameter: ir.Parameter) -> Iterator[Fault[S]]:
    for (place, rule), choices in unheeded.values_of(parameter).items():
        yield Fault(
            subject=subject,
            parameter=parameter.name,
            within=place,
            rule=f"advised {rule}",
            severity="advice",
            in_schema=False,
            says=(),
            mutate=_with_one(subject, parameter, choices),
        )


def _with_one(
    subject: Subject, parameter: ir.Parameter, choices: list[tuple[Breach, object]]
) -> Callable[[Draw], Mutant]:
    def mutate(draw: Draw) -> Mutant:
        breach, value = draw(st.sampled_from(choices))
        held = {parameter.name: value}
        params = strategies.settled(subject, draw, draw(strategies.params(subject)), held=held)
        return _mutant(subject, params, parameter.name, breach.at, breach.rule, says=breach.says)

    return mutate


def _ruled(subject: S, fault: RuleFault) -> Fault[S]:
    def mutate(draw: Draw) -> Mutant:
        params = strategies.settled(
            subject, draw, draw(strategies.params(subject)), held=fault.held, target=fault.target
        )
        (found,) = rule_breaches.breaches(subject.model, params)
        return _mutant(subject, params, found.at[1:], "", found.rule)

    return Fault(
        subject=subject,
        parameter=fault.parameter,
        rule=fault.word,
        severity=fault.severity,
        in_schema=rule_faults.is_in_schema(subject.model, fault),
        says=fault.says,
        mutate=mutate,
    )


def _unknown(subject: S) -> Fault[S]:
    names = {one.name for one in subject.model.parameters}
    slips = {slip for name in names for slip in (name[:-1], f"{name}s", name.upper(), name.replace("_", "-"))}

    def mutate(draw: Draw) -> Mutant:
        params = draw(strategies.params(subject))
        containers = bodies.containers(bodies.arm(subject.model, params))
        objects = {place: layout for place, layout in containers.items() if isinstance(layout, ir.Members)}
        taken = {name for layout in objects.values() for name, _ in layout.members}
        name = draw(st.sampled_from(sorted((slips | set(_NAMES)) - names - taken)))
        holder = draw(st.sampled_from(list(objects)))
        value = draw(st.sampled_from(("a text that nobody should see", None, 3, ["x"])))
        body = bodies.wire(subject.model, params)
        inner = bodies.at(body, holder)
        assert isinstance(inner, dict)
        inner[name] = value
        return Mutant(
            params={**params, name: value},
            body=body,
            beside=bodies.beside(subject.model, params),
            at=bodies.pointer([name]),
            at_wire=bodies.pointer([*holder, name]),
            rule="additionalProperties",
        )

    return Fault(subject=subject, parameter="", rule="additionalProperties", says=("not documented",), mutate=mutate)


def _mutant(
    subject: Subject, params: Params, name: str, within: str, rule: str, *, says: tuple[str, ...] = ()
) -> Mutant:
    model = subject.model
    return Mutant(
        params=params,
        body=bodies.wire(model, params) if _is_told(model, params, name, rule) else None,
        beside=bodies.beside(model, params),
        at=(bodies.pointer([name]) if name else "") + within,
        at_wire=_at_wire(model, params, name, within),
        rule=rule,
        says=says,
    )


def _is_told(model: ir.Model, params: Params, name: str, rule: str) -> bool:
    """Say whether a body shows what is wrong: what travels beside it is not missed, and siblings are a list."""
    layout = bodies.arm(model, params)
    if name in bodies.numbered(layout):
        return isinstance(params.get(name), list) and params[name] != []
    if not name or name in bodies.places(layout):
        return True
    if name not in bodies.are_beside(model):
        return False  # what has no place in this body, or what the body is, cannot be wrong in it
    return name in bodies.beside(model, params) or rule not in ("required", "require")


def _at_wire(model: ir.Model, params: Params, name: str, within: str) -> str:
    layout = bodies.arm(model, params)
    if name in bodies.numbered(layout):
        spot, start = bodies.numbered(layout)[name]
        index, _, rest = within[1:].partition("/")
        sibling = str(spot[-1]).replace("{n}", str(start + int(index or 0)))
        return bodies.pointer([*spot[:-1], sibling]) + (f"/{rest}" if rest else "")
    place = bodies.places(layout).get(name)
    if place is None:
        return (bodies.pointer([name]) if name else "") + within
    return bodies.pointer(place) + within
