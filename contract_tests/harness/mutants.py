"""Requests with exactly one rule broken, which remember what: by construction, for every rule of a model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from harness import advice, limits, oracle, rule_faults, rule_oracle, strategies, wrong_values
from harness.candidates import ABSENT
from harness.limits import Breach
from harness.rule_faults import RuleFault
from harness.strategies import Draw, Params
from harness.subjects import SUBJECTS, Subject
from proviso import ir

if TYPE_CHECKING:
    from hypothesis.vendor.pretty import RepresentationPrinter

_NAMES = ("", "a/b", "m~n", "~1", "🦄", "constructor", "__class__")


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """A request that breaks one rule: flat, and as the body it would be.

    at: in the params; at_wire: in the body; says: what the message has to name beside what its fault does.
    """

    params: Params
    body: dict[str, object]
    at: str
    at_wire: str
    rule: str
    says: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Fault:
    """One rule of a model, and how to break it.

    in_schema: whether the published schema refuses what is broken. says: what the message has to name.
    """

    subject: Subject
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
        return st.composite(self.mutate)()

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


def faults(subject: Subject) -> Iterator[Fault]:
    """Yield a fault for every rule that a model states."""
    for parameter in subject.model.parameters:
        if parameter.required:
            yield _missing(subject, parameter.name)
        yield from _wrong(subject, parameter)
        yield from _unheeded(subject, parameter)
    yield from (_ruled(subject, one) for one in rule_faults.of(subject.model))
    yield _unknown(subject)


@dataclass(frozen=True, kw_only=True)
class Misbuilt:
    """A wire body that is wrong around the parameters, and its one violation."""

    body: object
    at: str
    rule: str


def misbuilt(subject: Subject) -> st.SearchStrategy[Misbuilt]:
    """Return a strategy of bodies with a wrong constant, or without one of their objects."""
    containers = oracle.containers(subject.model.body)
    inner = [place for place in containers if place]
    constants = [
        (*place, name)
        for place, layout in containers.items()
        for name, member in layout.members
        if isinstance(member, ir.Constant)
    ]

    @st.composite
    def drawn(draw: Draw) -> Misbuilt:
        place = draw(st.sampled_from([(), *inner, *constants]))
        gone = bool(place) and draw(st.booleans())
        held = {name for name, at in oracle.places(subject.model.body).items() if at[: len(place)] == place}
        params = strategies.settled(subject, draw, draw(strategies.params(subject)), lost=held)
        body = oracle.wire(subject.model, params)
        if not place:
            return Misbuilt(body=draw(st.sampled_from((None, [], "{}", 3, [body]))), at="", rule="type")
        around = body
        for step in place[:-1]:
            child = around[step]
            assert isinstance(child, dict)
            around = child
        if gone:
            del around[place[-1]]
            return Misbuilt(body=body, at=oracle.pointer(place), rule="required")
        if place in constants:
            around[place[-1]] = draw(st.sampled_from([None, [], {}, *_unlike(around[place[-1]])]))
            return Misbuilt(body=body, at=oracle.pointer(place), rule="const")
        around[place[-1]] = draw(st.sampled_from((None, [], "{}", 3)))
        return Misbuilt(body=body, at=oracle.pointer(place), rule="type")

    return drawn()


def _unlike(constant: object) -> list[object]:
    if isinstance(constant, str):
        return [f"{constant} ", constant[:-1], constant.swapcase() + "X", [constant]]
    return [str(constant), 2**70]


def _missing(subject: Subject, name: str) -> Fault:
    def mutate(draw: Draw) -> Mutant:
        params = strategies.settled(subject, draw, draw(strategies.params(subject)), held={name: ABSENT})
        return _mutant(subject, params, name, "", "required")

    return Fault(subject=subject, parameter=name, rule="required", says=("required",), mutate=mutate)


def _wrong(subject: Subject, parameter: ir.Parameter) -> Iterator[Fault]:
    by_rule: dict[tuple[str, str], list[tuple[Breach, object]]] = {}
    for breach, wrong in wrong_values.of(parameter.kind).items():
        by_rule.setdefault((breach.place, breach.rule), []).extend((breach, value) for value in wrong)
    for (place, rule), choices in by_rule.items():
        in_schema = rule not in ("width", "height", "area", "ratio")
        yield Fault(
            subject=subject,
            parameter=parameter.name,
            within=place,
            rule=rule,
            in_schema=in_schema,
            says=(),
            mutate=_with_one(subject, parameter, choices),
        )


def _unheeded(subject: Subject, parameter: ir.Parameter) -> Iterator[Fault]:
    for (place, rule), choices in advice.unheeded(parameter).items():
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


def _ruled(subject: Subject, fault: RuleFault) -> Fault:
    def mutate(draw: Draw) -> Mutant:
        params = strategies.settled(subject, draw, draw(strategies.params(subject)), target=fault.target)
        (found,) = rule_oracle.breaches(subject.model, params)
        at = oracle.pointer(oracle.places(subject.model.body)[found.at[1:]]) if found.at else ""
        return Mutant(params=params, body=oracle.wire(subject.model, params), at=found.at, at_wire=at, rule=found.rule)

    return Fault(
        subject=subject,
        parameter=fault.parameter,
        rule=fault.word,
        severity=fault.severity,
        in_schema=rule_faults.is_in_schema(fault),
        says=fault.says,
        mutate=mutate,
    )


def _unknown(subject: Subject) -> Fault:
    names = {one.name for one in subject.model.parameters}
    slips = {slip for name in names for slip in (name[:-1], f"{name}s", name.upper(), name.replace("_", "-"))}
    containers = oracle.containers(subject.model.body)
    taken = {member for layout in containers.values() for member, _ in layout.members}
    choices = sorted((slips | set(_NAMES)) - names - taken)

    def mutate(draw: Draw) -> Mutant:
        name, holder = draw(st.sampled_from(choices)), draw(st.sampled_from(list(containers)))
        params = draw(strategies.params(subject))
        value = draw(st.sampled_from(("a text that nobody should see", None, 3, ["x"])))
        body = oracle.wire(subject.model, params)
        inner = body
        for step in holder:
            child = inner[step]
            assert isinstance(child, dict)
            inner = child
        inner[name] = value
        return Mutant(
            params={**params, name: value},
            body=body,
            at=oracle.pointer([name]),
            at_wire=oracle.pointer([*holder, name]),
            rule="additionalProperties",
        )

    return Fault(subject=subject, parameter="", rule="additionalProperties", says=("not documented",), mutate=mutate)


def _mutant(
    subject: Subject, params: Params, name: str, within: str, rule: str, *, says: tuple[str, ...] = ()
) -> Mutant:
    return Mutant(
        params=params,
        body=oracle.wire(subject.model, params),
        at=oracle.pointer([name]) + within,
        at_wire=oracle.pointer(oracle.places(subject.model.body)[name]) + within,
        rule=rule,
        says=says,
    )


FAULTS = tuple(fault for subject in SUBJECTS for fault in faults(subject))
