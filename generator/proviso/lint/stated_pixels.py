"""Lint of documented pixels: what a page states for a request is what its body, or the table of sizes, says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from proviso import asked_code, ir
from proviso.diagnostics import Diagnostic
from proviso.lint import conditions, witnesses

_Said = tuple[str, tuple[int, int]]
"""What says how many pixels there will be, in words, and how many it says."""

_WANTED = (
    "nothing in the body says how many pixels there will be: no row of a table of sizes, no text with size, "
    "and no two integers of a rule pixels or of pixels(width, height) in a formula; leave pixels out"
)


def pixels(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that the pixels that a page states for a request are those that the request asks for."""
    for one in model.witnesses:
        if one.pixels is None:
            continue
        for given in witnesses.params(model, one):
            said = _tabled(model, given) or _asked(model, given)
            if not said:
                yield Diagnostic(one.place, f"witness {one.name!r}: {_WANTED}", "witness")
            elif one.pixels not in [found for _, found in said]:
                told = " and ".join(f"{what} says {'x'.join(map(str, found))}" for what, found in said)
                yield Diagnostic(one.place, f"witness {one.name!r}: {told}", "witness")


def _tabled(model: ir.Model, given: Mapping[str, object]) -> list[_Said]:
    if model.sizes is None:
        return []
    chosen = tuple(conditions.in_effect(model, name, given) for name in model.sizes.by)
    return [("the size table", row.pixels) for row in model.sizes.rows if row.values == chosen]


def _asked(model: ir.Model, given: Mapping[str, object]) -> list[_Said]:
    """Read the sizes that are sent, or those of the defaults where none is."""
    sent = {name: value for name, value in given.items() if value is not None}
    filled = {one.name: conditions.in_effect(model, one.name, given) for one in model.parameters}
    return list(_sizes(model, sent)) or list(_sizes(model, filled))


def _sizes(model: ir.Model, values: Mapping[str, object]) -> Iterator[_Said]:
    for one in model.parameters:
        kind, text = ir.bare(one.kind), values.get(one.name)
        if isinstance(kind, ir.PixelSize) and isinstance(text, str):
            yield from ((one.name, found) for found in _written(kind, text))
    for names in dict.fromkeys(asked_code.sides(model)):
        match [values.get(name) for name in names]:
            case [int(width), int(height)]:
                yield " by ".join(names), (width, height)
            case _:
                pass


def _written(kind: ir.PixelSize, text: str) -> Iterator[tuple[int, int]]:
    for separator in kind.separators:
        width, found, height = text.partition(separator)
        if found and width.isdecimal() and height.isdecimal() and text not in kind.tiers:
            yield int(width), int(height)
            return
