"""Bodies that are wrong around the parameters, each in exactly one way."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from hypothesis import strategies as st

from harness.subjects import Params, Subject
from proviso import ir
from proviso.drawing import drawing, strategies, values
from proviso.drawing.drawing import Draw
from proviso.oracle import bodies
from proviso.oracle.bodies import Spot


@dataclass(frozen=True, kw_only=True)
class Misbuilt:
    """A wire body that is wrong around the parameters, and its one violation.

    beside: what travels beside it. in_schema: whether the published schema refuses it.
    """

    body: object
    beside: Params
    at: str
    rule: str
    in_schema: bool


@dataclass(frozen=True, kw_only=True)
class _Slip:
    """A way to spoil a body: it returns the body, where it is wrong, and the rule. lost: what cannot be read then."""

    spoil: Callable[[Draw, object], tuple[object, Spot, str]]
    lost: tuple[str, ...] = ()
    held: tuple[tuple[str, object], ...] = ()


def misbuilt(subject: Subject) -> st.SearchStrategy[Misbuilt]:
    """Return a strategy of bodies with a wrong constant, without one of their objects, or with gaps."""

    def drawn(draw: Draw) -> Misbuilt:
        params = draw(strategies.params(subject))
        slip = draw(st.sampled_from(list(_slips(subject.model, bodies.arm(subject.model, params)))))
        held = {**dict(slip.held), **_chooser(subject.model, params)}
        params = strategies.settled(subject, draw, params, lost=slip.lost, held=held)
        body, spot, rule = slip.spoil(draw, bodies.wire(subject.model, params))
        beside = bodies.beside(subject.model, params)
        # What a text holds, no schema of the body looks into.
        in_schema = rule != "format" or spot not in bodies.as_json(bodies.arm(subject.model, params)).values()
        return Misbuilt(body=body, beside=beside, at=bodies.pointer(spot), rule=rule, in_schema=in_schema)

    return drawing.by(drawn)


def _slips(model: ir.Model, layout: bodies.Container) -> Iterator[_Slip]:
    containers = bodies.containers(layout)
    for place, container in containers.items():
        held = _within(layout, place)
        yield _Slip(spoil=_other_type(place, container), lost=held)
        if place and isinstance(place[-1], str):
            yield _Slip(spoil=_gone(place), lost=held)
        if isinstance(container, ir.Items):
            yield _Slip(spoil=_too_short(place), lost=_within(layout, (*place, len(container.items) - 1)))
            if place or not isinstance(model.body, ir.Many):
                yield _Slip(spoil=_too_long(place))
    for kind, other in ((ir.Constant, _other_constant), (ir.Fresh, _no_uuid)):
        for spot in bodies.leaves(layout, kind):
            telling = isinstance(model.body, ir.Chosen) and spot == model.body.at
            yield _Slip(spoil=_untold(spot) if telling else other(spot))
            if isinstance(spot[-1], str):
                yield _Slip(spoil=_gone(spot))
    for name, spot in bodies.as_json(layout).items():
        yield _Slip(spoil=_no_json(spot), lost=(name,))
    for name, (spot, start) in bodies.numbered(layout).items():
        items = _two(model, name)
        if len(items) > 1:
            yield _Slip(spoil=_gap(spot, start + len(items) - 1), held=((name, items),))


def _chooser(model: ir.Model, params: Params) -> Params:
    """Return what chooses the body, which must stay as it is."""
    name = model.body.parameter if isinstance(model.body, ir.Chosen) else ""
    return {name: params[name]} if name else {}


def _untold(spot: Spot) -> Callable[[Draw, object], tuple[object, Spot, str]]:
    """Spoil the member that tells which of several bodies one is."""

    def spoil(draw: Draw, body: object) -> tuple[object, Spot, str]:
        constant = bodies.at(body, spot)
        wrong = draw(st.sampled_from([None, [], {}, *_unlike(constant)]))
        return _with(body, spot, wrong), spot, "enum" if isinstance(wrong, type(constant)) else "type"

    return spoil


def _within(layout: bodies.Container, place: Spot) -> tuple[str, ...]:
    return tuple(name for name, spot in bodies.places(layout).items() if spot[: len(place)] == place)


def _two(model: ir.Model, name: str) -> list[object]:
    parameter = model.parameter(name)
    assert parameter is not None
    assert isinstance(parameter.kind, ir.Sequence)
    size = max(2, parameter.kind.min_items or 0)
    few = list(itertools.islice(itertools.cycle(values.different(parameter.kind.items)), size))
    return few[: parameter.kind.max_items]


def _other_type(place: Spot, container: bodies.Container) -> Callable[[Draw, object], tuple[object, Spot, str]]:
    def spoil(draw: Draw, body: object) -> tuple[object, Spot, str]:
        wrong: object = draw(st.sampled_from((None, {} if isinstance(container, ir.Items) else [], "{}", 3)))
        return _with(body, place, wrong), place, "type"

    return spoil


def _gone(spot: Spot) -> Callable[[Draw, object], tuple[object, Spot, str]]:
    def spoil(_: Draw, body: object) -> tuple[object, Spot, str]:
        around = bodies.at(body, spot[:-1])
        assert isinstance(around, dict)
        del around[spot[-1]]
        return body, spot, "required"

    return spoil


def _too_short(place: Spot) -> Callable[[Draw, object], tuple[object, Spot, str]]:
    def spoil(_: Draw, body: object) -> tuple[object, Spot, str]:
        items = bodies.at(body, place)
        assert isinstance(items, list)
        items.pop()
        return body, place, "minItems"

    return spoil


def _too_long(place: Spot) -> Callable[[Draw, object], tuple[object, Spot, str]]:
    def spoil(draw: Draw, body: object) -> tuple[object, Spot, str]:
        items = bodies.at(body, place)
        assert isinstance(items, list)
        items.append(draw(st.sampled_from((None, {}, [], 3, items[0]))))
        return body, place, "maxItems"

    return spoil


def _other_constant(spot: Spot) -> Callable[[Draw, object], tuple[object, Spot, str]]:
    def spoil(draw: Draw, body: object) -> tuple[object, Spot, str]:
        wrong = draw(st.sampled_from([None, [], {}, *_unlike(bodies.at(body, spot))]))
        return _with(body, spot, wrong), spot, "const"

    return spoil


def _no_uuid(spot: Spot) -> Callable[[Draw, object], tuple[object, Spot, str]]:
    def spoil(draw: Draw, body: object) -> tuple[object, Spot, str]:
        some = bodies.FRESH
        wrong = draw(
            st.sampled_from((None, 7, [some], "", some[:-1], some.replace("-", ""), f"{some}\n", f"{{{some}}}"))
        )
        return _with(body, spot, wrong), spot, "format" if isinstance(wrong, str) else "type"

    return spoil


def _no_json(spot: Spot) -> Callable[[Draw, object], tuple[object, Spot, str]]:
    def spoil(draw: Draw, body: object) -> tuple[object, Spot, str]:
        texts = ("", "{", "{'a': 1}", "[1,]", "NaN", "{} {}", "a", "[" * 100_000)
        wrong: object = draw(st.sampled_from((*texts, None, 7, {}, [])))
        return _with(body, spot, wrong), spot, "format" if isinstance(wrong, str) else "type"

    return spoil


def _gap(spot: Spot, last: int) -> Callable[[Draw, object], tuple[object, Spot, str]]:
    def spoil(draw: Draw, body: object) -> tuple[object, Spot, str]:
        around = bodies.at(body, spot[:-1])
        assert isinstance(around, dict)
        name, further = (
            str(spot[-1]).replace("{n}", str(number)) for number in (last, draw(st.integers(last + 1, 999)))
        )
        around[further] = around.pop(name)
        return body, (*spot[:-1], name), "required"

    return spoil


def _unlike(constant: object) -> list[object]:
    if isinstance(constant, str):
        return [f"{constant} ", constant[:-1], constant.swapcase() + "X", [constant]]
    return [str(constant), 2**70]


def _with(body: object, spot: Spot, value: object) -> object:
    if not spot:
        return value
    around = bodies.at(body, spot[:-1])
    assert isinstance(around, dict | list)
    around[spot[-1]] = value  # type: ignore[index]
    return body
