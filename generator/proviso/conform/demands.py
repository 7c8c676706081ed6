"""What only an accepted request can show: values that are taken, what may be left out, what comes of them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from proviso import ir
from proviso.conform import output_facts, samples
from proviso.conform.parameter_facts import EDGES, edge, parameter_name, title, value_name
from proviso.conform.samples import Held
from proviso.drawing import values
from proviso.drawing.candidates import ABSENT
from proviso.oracle import asked, limits
from proviso.oracle.exact import plain, same
from proviso.oracle.subject import Params, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What params must be like to show some facts. held: values, and ABSENT for what is left out."""

    held: Held
    facts: frozenset[str]

    def is_met(self, params: Params) -> bool:
        """Tell whether params show the facts."""
        return all(
            name not in params if value is ABSENT else name in params and same(params[name], value)
            for name, value in self.held.items()
        )


@cache
def of(subject: Subject) -> tuple[Demand, ...]:
    """Return what requests to a model can show, in the order of the documents."""
    return tuple(_of(subject))


def met(subject: Subject, params: Params) -> frozenset[str]:
    """Return the facts that are shown when params are accepted."""
    found = {fact for one in of(subject) if one.is_met(params) for fact in one.facts}
    return frozenset(found | {_sent(subject, one) for one in subject.model.parameters if one.name in params})


def observable(model: ir.Model, name: str) -> bool:
    """Tell whether results show what a parameter counts as when it is left out."""
    by = {one.parameter for one in _types(model)} | ({*model.sizes.by} if model.sizes is not None else set())
    return name == model.output.count or name in by


def unreachable(subject: Subject) -> Mapping[str, str]:
    """Return the facts that no request of ours shows, with the reason."""
    silent = samples.posts_by_itself(subject.model)
    known = {fact for one in of(subject) for fact in one.facts}
    found: dict[str, str] = {}
    for one in subject.model.parameters:
        whose = title(subject, one.place.path)
        default = f"{whose} {parameter_name(one.name, '', 'default')}"
        if default not in known:
            found[default] = "no reply shows it"
        if one.name == silent:
            found[f"{whose} {parameter_name(one.name)}"] = "no address of ours can be reached by the provider"
        kind = ir.bare(one.kind)
        for value in kind.values if isinstance(kind, ir.Choice) else ():
            name = f"{whose} {value_name(one.name, plain(value))}"
            if name not in known:
                found[name] = "no request has it that does not ask the provider to post something"
    return found


def _of(subject: Subject) -> Iterator[Demand]:
    for one in subject.model.parameters:
        if one.name != samples.posts_by_itself(subject.model):
            yield from (demand for demand in _values(subject, one) if _quiet(subject, demand.held))
            yield from _edges(subject, one)
        if not one.required:
            names = [parameter_name(one.name, "", "required")]
            if one.default is not None and observable(subject.model, one.name):
                names.append(parameter_name(one.name, "", "default"))
            yield Demand(held={one.name: ABSENT}, facts=_ids(subject, one, *names))
    yield from _outputs(subject)


def _values(subject: Subject, one: ir.Parameter) -> Iterator[Demand]:
    kind = ir.bare(one.kind)
    if isinstance(kind, ir.Choice):
        for value in map(plain, kind.values):
            yield Demand(held={one.name: value}, facts=_ids(subject, one, value_name(one.name, value)))
    elif not one.required:
        given = [plain(value) for value in one.examples] or list(itertools.islice(values.different(kind), 1))
        yield from (Demand(held={one.name: value}, facts=frozenset((_sent(subject, one),))) for value in given[:1])


def _edges(subject: Subject, one: ir.Parameter) -> Iterator[Demand]:
    for place, rule in limits.keywords(one.kind):
        if rule in EDGES and not place:
            value = _at_edge(ir.bare(one.kind), rule)
            if value is not None and not limits.broken(one.kind, value):
                yield Demand(held={one.name: value}, facts=_ids(subject, one, parameter_name(one.name, "", rule)))


def _at_edge(kind: ir.SolidKind, rule: str) -> object:
    bound = edge(kind, rule)
    match kind:
        case _ if bound is None:
            return None
        case ir.Integer() | ir.Number():
            return bound
        case ir.Text(pattern=None):
            return values.stretched(f"{samples.PROMPT}, ", int(bound))
        case ir.Text() | ir.Url() | ir.Formatted() | ir.Mixed():
            return next((one for one in itertools.islice(values.different(kind), 200) if _long(one) == bound), None)
        case ir.Sequence(items=items, unique=unique):
            few = list(itertools.islice(values.different(items), int(bound)))
            enough = few if unique else list(itertools.islice(itertools.cycle(few or [None]), int(bound)))
            return enough if len(enough) == bound else None
        case _:
            return None


def _long(value: object) -> int:
    return len(value) if isinstance(value, str) else -1


def _outputs(subject: Subject) -> Iterator[Demand]:
    model, whose = subject.model, title(subject, subject.model.path)
    pixels = [one for one in model.parameters if isinstance(ir.bare(one.kind), ir.PixelSize)]
    tabled = () if model.sizes is None else model.sizes.by
    for row in () if model.sizes is None else model.sizes.rows:
        others = {one.name: ABSENT for one in pixels if not one.required and one.name not in tabled}
        held: Held = {**others, **dict(zip(tabled, row.values, strict=True))}
        if asked.sizes(model, {**samples.usual(subject), **_given(held)}) or others == {}:
            yield Demand(held=held, facts=frozenset((f"{whose} {output_facts.size_name(row)}",)))
    for chosen in _types(model):
        for value, _ in chosen.types:
            yield Demand(held={chosen.parameter: value}, facts=frozenset((f"{whose} output.type[{value}]",)))
    for one in pixels:
        shown = [plain(value) for value in (*one.examples, *(values.listed(one.kind) or ()))]
        apart = {name: ABSENT for name in tabled if (known := model.parameter(name)) is not None and not known.required}
        name = f"{title(subject, one.place.path)} output.pixels[{one.name}]"
        for size in [size for size in shown if size not in _tiers(one)][:1]:
            yield Demand(held={**apart, one.name: size}, facts=frozenset((name,)))


def _given(held: Held) -> Params:
    return {name: value for name, value in held.items() if value is not ABSENT}


def _tiers(one: ir.Parameter) -> tuple[str, ...]:
    kind = ir.bare(one.kind)
    return kind.tiers if isinstance(kind, ir.PixelSize) else ()


def _types(model: ir.Model) -> list[ir.TypeBy]:
    stated = [model.output.media_type, *(one.media_type for one in model.places)]
    return list(dict.fromkeys(one for one in stated if isinstance(one, ir.TypeBy)))


def _quiet(subject: Subject, held: Held) -> bool:
    """Tell whether a value is sent without an address that the provider is to post to."""
    silent = samples.posts_by_itself(subject.model)
    if silent is None:
        return True
    return samples.changed(subject, samples.usual(subject), {**held, silent: ABSENT}) is not None


def _sent(subject: Subject, one: ir.Parameter) -> str:
    return f"{title(subject, one.place.path)} {parameter_name(one.name)}"


def _ids(subject: Subject, one: ir.Parameter, *names: str) -> frozenset[str]:
    return frozenset(f"{title(subject, one.place.path)} {name}" for name in names)
