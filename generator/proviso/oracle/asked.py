"""What a request asks for: how many, of how many pixels, in which format; read off the spec apart from generated code."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from proviso import ir
from proviso.oracle import asked_pixels, meaning, pixel_sizes
from proviso.oracle.exact import plain
from proviso.oracle.pixel_sizes import Size
from proviso.oracle.subject import Params


def count(model: ir.Model, params: Params) -> tuple[int, int] | None:
    """Return the fewest and the most results of a request; None where nobody knows."""
    made = model.output
    number = made.count if isinstance(made.count, int) else _told(model, params, made.count)
    if not isinstance(number, int | float):
        return None
    return 1 if made.at_most else int(number), int(number)


def media_type(model: ir.Model, params: Params) -> str | None:
    """Return the format that a parameter chooses; None where none does."""
    made = [one.media_type for one in model.places if one.kind in (None, model.output.kind)]
    stated = [model.output.media_type] if model.output.media_type is not None else made
    chosen = {one.parameter: dict(one.types) for one in stated if isinstance(one, ir.TypeBy)}
    if len(chosen) != 1 or any(isinstance(one, ir.TypeIs) for one in stated):
        return None
    ((name, types),) = chosen.items()
    value = _told(model, params, name)
    return types.get(value) if isinstance(value, str) else None


def sizes(model: ir.Model, params: Params) -> list[Size]:
    """Return the pixels of which an image has some; nothing where nobody knows."""
    said = model.output.pixels
    if isinstance(said, ir.Unknown) or model.output.kind != "image":
        return []
    if said is not None and not meaning.hold(said.when, params):
        return []
    ways = list(_ways(model))
    tables = [model.sizes.by] if model.sizes is not None else []
    others = [names for names in ways if names not in tables]
    if said is not None and said.of is not None:
        named, silent = [names for names in ways if {*names} <= {*said.of}], []
    elif len(others) > 1:
        named, silent = tables, others
    else:
        named, silent = ways, []
    if _ignored(model, params, [name for names in named for name in names]):
        return []
    if any(params.get(name) is not None for names in silent for name in names):
        return []
    found = [_size(model, params, names) for names in named if any(params.get(name) is not None for name in names)]
    return list(dict.fromkeys(size for size in found if size is not None)) if None not in found else []


def _ways(model: ir.Model) -> Iterator[tuple[str, ...]]:
    """Yield the parameters that may name pixels together."""
    tabled = () if model.sizes is None else model.sizes.by
    if tabled:
        yield tabled
    texts = [one.name for one in model.parameters if isinstance(ir.bare(one.kind), ir.PixelSize)]
    yield from ((name,) for name in texts if name not in tabled)
    yield from asked_pixels.pairs(model)


def _size(model: ir.Model, params: Params, names: tuple[str, ...]) -> Size | None:
    values = [_told(model, params, name) for name in names]
    if model.sizes is not None and names == model.sizes.by:
        return meaning.pixels(model, dict(zip(names, values, strict=True)))
    match values:
        case [str(text)]:
            parameter = model.parameter(names[0])
            kind = None if parameter is None else ir.bare(parameter.kind)
            return pixel_sizes.read(kind, text) if isinstance(kind, ir.PixelSize) else None
        case [int() | float() as width, int() | float() as height]:
            return int(width), int(height)
        case _:
            return None


def _told(model: ir.Model, params: Params, name: str) -> object:
    """Return what counts for a parameter; None where a rule may set it, and where it changes nothing."""
    if _ignored(model, params, [name]):
        return None
    if params.get(name) is not None:
        return params[name]
    if any(isinstance(rule, ir.Sets) and name in dict(rule.values) for rule in model.rules):
        return None
    parameter = model.parameter(name)
    return None if parameter is None else plain(parameter.default)


def _ignored(model: ir.Model, params: Params, names: Collection[str]) -> bool:
    rules = [rule for rule in model.rules if isinstance(rule, ir.Forbid) and rule.ignored]
    return any(meaning.hold(rule.when, params) for rule in rules if {*rule.parameters} & {*names})
