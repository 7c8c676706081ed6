"""Walks through layouts of bodies: what stands where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from proviso import ir

Leaf = ir.Constant | ir.Value | ir.Fresh | ir.Numbered


def arms(body: ir.Body) -> tuple[ir.Arm, ...]:
    """Give the bodies that a request may have; the only one as an arm without conditions.

    Where one call may carry many requests, the body of a single one is an array of one object.
    """
    if isinstance(body, ir.Chosen):
        return body.arms
    if isinstance(body, ir.Many):
        body = ir.Items(items=(body.each,))
    return (ir.Arm(when=(), value="", told="", body=body),)


def leaves(layout: ir.Layout, at: ir.Spot = ()) -> Iterator[tuple[ir.Spot, Leaf]]:
    """Yield every member that is neither an object nor a list, with where it stands."""
    match layout:
        case ir.Members(members=members):
            for name, member in members:
                yield from leaves(member, (*at, name))
        case ir.Items(items=items):
            for index, item in enumerate(items):
                yield from leaves(item, (*at, index))
        case ir.Constant() | ir.Value() | ir.Fresh() | ir.Numbered():
            yield at, layout
        case _:
            assert_never(layout)


def spots(layout: ir.Layout) -> dict[str, ir.Spot]:
    """Find where every parameter stands; a numbered one stands at its first sibling."""
    found: dict[str, ir.Spot] = {}
    for spot, leaf in leaves(layout):
        match leaf:
            case ir.Value(parameter=parameter):
                found[parameter] = spot
            case ir.Numbered(parameter=parameter, start=start):
                found[parameter] = (*spot[:-1], sibling(str(spot[-1]), start))
            case ir.Constant() | ir.Fresh():
                pass
            case _:
                assert_never(leaf)
    return found


def constants(layout: ir.Layout) -> dict[ir.Spot, ir.Scalar]:
    """Find every member that is the same in all bodies."""
    return {spot: leaf.value for spot, leaf in leaves(layout) if isinstance(leaf, ir.Constant)}


def numbered(layout: ir.Layout) -> frozenset[str]:
    """Name the parameters whose items are members of their own."""
    return frozenset(leaf.parameter for _, leaf in leaves(layout) if isinstance(leaf, ir.Numbered))


def as_json(layout: ir.Layout) -> frozenset[str]:
    """Name the parameters whose values are written as JSON text."""
    return frozenset(leaf.parameter for _, leaf in leaves(layout) if isinstance(leaf, ir.Value) and leaf.as_json)


def sibling(template: str, number: int) -> str:
    """Name one of numbered siblings."""
    return template.replace("{n}", str(number))


def files(model: ir.Model) -> dict[str, ir.Formatted]:
    """Find the members of a model's bodies that are sent as files, and what each may be."""
    return {name: kind for arm in arms(model.body) for name, kind in files_of(model, arm.body).items()}


def files_of(model: ir.Model, body: ir.Members | ir.Items) -> dict[str, ir.Formatted]:
    """Find the members of one body that are sent as files; numbered siblings one by one."""
    found: dict[str, ir.Formatted] = {}
    for spot, leaf in leaves(body):
        parameter = model.parameter(leaf.parameter) if isinstance(leaf, ir.Value | ir.Numbered) else None
        kind = None if parameter is None else parameter.kind
        one = kind.items if isinstance(kind, ir.Sequence) else kind
        if not isinstance(one, ir.Formatted) or not is_file(one):
            continue
        if isinstance(leaf, ir.Numbered) and isinstance(kind, ir.Sequence):
            for number in range(leaf.start, leaf.start + (kind.max_items or 0)):
                found[sibling(str(spot[-1]), number)] = one
        else:
            found[str(spot[-1])] = one
    return found


def is_file(kind: ir.Kind) -> bool:
    """Tell whether a kind is a file, or a list of files."""
    one = kind.items if isinstance(kind, ir.Sequence) else kind
    return isinstance(one, ir.Formatted) and one.format == "binary"


def most(model: ir.Model) -> int:
    """Give the number of requests that one paid call may carry."""
    return model.body.most if isinstance(model.body, ir.Many) else 1


def is_request(model: ir.Model) -> bool:
    """Tell whether a request is more than a JSON body that its params decide."""
    return bool(model.beside) or model.encoding != "json" or is_fresh(model)


def is_fresh(model: ir.Model) -> bool:
    """Tell whether requests carry a UUID that the client chooses."""
    return has_fresh(model.body) or any(isinstance(one.value, ir.Fresh) for one in model.beside)


def has_fresh(body: ir.Body) -> bool:
    """Tell whether bodies hold a UUID that the client chooses."""
    return any(isinstance(leaf, ir.Fresh) for arm in arms(body) for _, leaf in leaves(arm.body))


def beside(model: ir.Model) -> tuple[str, ...]:
    """Name the parameters that travel beside the body, each once."""
    return tuple(dict.fromkeys(one.value.parameter for one in model.beside if isinstance(one.value, ir.Value)))
