"""Requests with exactly one rule broken, which remember what: by construction, for every rule of a model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from harness import limits, oracle, strategies, values, wrong_values
from harness.exact import plain
from harness.strategies import Draw, Params
from harness.subjects import SUBJECTS, Subject
from proviso import ir

if TYPE_CHECKING:
    from hypothesis.vendor.pretty import RepresentationPrinter

_NAMES = ("", "a/b", "m~n", "~1", "🦄", "constructor", "__class__")


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """A request that breaks one rule: flat, and as the body it would be. at: in the params; at_wire: in the body."""

    params: Params
    body: dict[str, object]
    at: str
    at_wire: str
    rule: str


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Fault:
    """One rule of a model, and how to break it. says: what the message has to name."""

    subject: Subject
    parameter: str
    within: str = ""
    rule: str
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
    found |= {(one.name, "", "required") for one in model.parameters if one.required}
    found |= {(name, "", "require") for rule in model.rules for name in rule.parameters}
    return found | {("", "", "additionalProperties")}


def faults(subject: Subject) -> Iterator[Fault]:
    """Yield a fault for every rule that a model states."""
    for parameter in subject.model.parameters:
        if parameter.required:
            yield _missing(subject, parameter.name)
        yield from _wrong(subject, parameter)
    for rule in subject.model.rules:
        yield from (_demanded(subject, rule, name) for name in rule.parameters)
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
        params = {name: value for name, value in draw(strategies.params(subject)).items() if name not in held}
        # What the rules ask for without the parameters that are lost with their object.
        body = oracle.wire(subject.model, strategies.complete(subject, draw, params, without=held))
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
        params = draw(strategies.params(subject))
        kept = {one: value for one, value in params.items() if one != name}
        return _mutant(subject, strategies.complete(subject, draw, kept), name, "", "required")

    return Fault(subject=subject, parameter=name, rule="required", says=("required",), mutate=mutate)


def _wrong(subject: Subject, parameter: ir.Parameter) -> Iterator[Fault]:
    kind = parameter.kind
    by_rule: dict[tuple[str, str], list[tuple[str, object]]] = {}
    for (within, rule), wrong in wrong_values.of(kind).items():
        by_rule.setdefault(("/*" if within else "", rule), []).extend((within, value) for value in wrong)
    for (place, rule), choices in by_rule.items():
        limited = kind.items if place and isinstance(kind, ir.Sequence) else kind

        def mutate(draw: Draw, rule: str = rule, choices: list[tuple[str, object]] = choices) -> Mutant:
            within, value = draw(st.sampled_from(choices))
            params = {**draw(strategies.params(subject)), parameter.name: value}
            return _mutant(subject, strategies.complete(subject, draw, params), parameter.name, within, rule)

        yield Fault(
            subject=subject, parameter=parameter.name, within=place, rule=rule, says=_says(limited, rule), mutate=mutate
        )


def _demanded(subject: Subject, rule: ir.Require, name: str) -> Fault:
    def mutate(draw: Draw) -> Mutant:
        params = draw(strategies.params(subject))
        for condition in strategies.tests(rule.when):
            params[condition.parameter] = plain(draw(st.sampled_from(condition.values)))
        params.pop(name, None)
        params = strategies.complete(subject, draw, params, without=(name,))
        _spare(subject, draw, params, rule=rule, name=name)
        return _mutant(subject, params, name, "", "require")

    says = tuple(condition.parameter for condition in strategies.tests(rule.when))
    return Fault(subject=subject, parameter=name, rule="require", says=says, mutate=mutate)


def _spare(subject: Subject, draw: Draw, params: Params, *, rule: ir.Require, name: str) -> None:
    """Change what makes other rules ask for the same parameter."""
    fixed = {condition.parameter for condition in strategies.tests(rule.when)}
    for other in subject.model.rules:
        if other is rule or name not in other.parameters or not oracle.hold(other.when, params):
            continue
        loose = [condition for condition in strategies.tests(other.when) if condition.parameter not in fixed]
        assert loose, f"{name} is demanded by two rules at once, always: {subject}"
        params[loose[0].parameter] = _another(subject.model, loose[0])
        strategies.complete(subject, draw, params, without=(name,))


def _another(model: ir.Model, condition: ir.Among) -> object:
    parameter = model.parameter(condition.parameter)
    assert parameter is not None
    assert not isinstance(parameter.kind, ir.Sequence)
    return next(
        value for value in values.different(parameter.kind) if not oracle.holds(condition, {condition.parameter: value})
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


def _mutant(subject: Subject, params: Params, name: str, within: str, rule: str) -> Mutant:
    return Mutant(
        params=params,
        body=oracle.wire(subject.model, params),
        at=oracle.pointer([name]) + within,
        at_wire=oracle.pointer(oracle.places(subject.model.body)[name]) + within,
        rule=rule,
    )


def _says(kind: ir.Kind, rule: str) -> tuple[str, ...]:
    match rule, kind:
        case "type", _:
            return (limits.type_name(kind),)
        case "enum", ir.Choice(values=allowed):
            return tuple(map(str, allowed))
        case "format", ir.Url(schemes=schemes):
            return schemes
        case "pattern", ir.PixelSize(tiers=tiers):
            return (*tiers, "WIDTH", "HEIGHT")
        case "uniqueItems", _:
            return ("differ",)
        case _:
            snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in rule)
            return (str(plain(getattr(kind, snake))),)


FAULTS = tuple(fault for subject in SUBJECTS for fault in faults(subject))
