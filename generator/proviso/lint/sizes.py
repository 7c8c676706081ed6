"""Lint of tables of pixels."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from proviso import ir
from proviso.diagnostics import Diagnostic, did_you_mean
from proviso.lint import pixels


def size_table(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that a size table has a row for every combination of its parameters, once, and no other."""
    table = model.sizes
    if table is None:
        return
    axes: list[tuple[str, ...]] = []
    for name in table.by:
        parameter = model.parameter(name)
        if parameter is None:
            return
        kind = ir.bare(parameter.kind)
        if not isinstance(kind, ir.Choice) or not all(isinstance(one, str) for one in kind.values):
            yield Diagnostic(table.place, f"{name} is no list of texts, so no table can be by it", "size-table")
            return
        axes.append(tuple(map(str, kind.values)))
    rows = {row.values for row in table.rows}
    for row in table.rows:
        for name, value, axis in zip(table.by, row.values, axes, strict=True):
            if value not in axis:
                hint = did_you_mean(value, axis)
                yield Diagnostic(row.place, f'{name} "{value}" is not among the allowed values{hint}', "size-table")
        if 0 in row.pixels:
            yield Diagnostic(row.place, "a size has at least one pixel each way", "size-table")
    holes = [values for values in itertools.product(*axes) if values not in rows]
    if table.partial is not None:
        if not holes:
            yield Diagnostic(
                table.place, "partial says that rows are missing, and every combination has one", "size-table"
            )
        return
    for values in holes[:20]:
        yield Diagnostic(table.place, f"there is no size for {' and '.join(values)}", "size-table")


def limits_of_sizes(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that every limit of the size in a text refuses something."""
    for parameter in model.parameters:
        for kind in ir.every_kind(parameter.kind):
            if isinstance(kind, ir.PixelSize) and kind.limits is not None and pixels.impossible(kind.limits) is None:
                yield from (Diagnostic(parameter.place, message, "limits") for message in pixels.idle(kind.limits))


def table_within_limits(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that the sizes of a table keep the limits of sizes that the model states, or that a doubt says why not."""
    table = model.sizes
    if table is None or any("sizes" in doubt.touches for doubt in model.doubts):
        return
    kinds = [(one.name, ir.bare(one.kind)) for one in model.parameters]
    stated = [(name, kind.limits) for name, kind in kinds if isinstance(kind, ir.PixelSize)]
    stated += [
        (" and ".join(rule.parameters), rule.limits)
        for rule in model.rules
        if isinstance(rule, ir.Pixels) and not rule.when and rule.advice is None
    ]
    for row in table.rows:
        for name, limits in stated:
            # A list is of the sizes that may be asked for; only bounds speak of sizes in general.
            if limits is not None and not limits.sizes and (why := pixels.breach(limits, *row.pixels)) is not None:
                shown = "x".join(map(str, row.pixels))
                message = (
                    f"{shown} {why}, by the limits of {name}; where pages disagree, a doubt that touches sizes says so"
                )
                yield Diagnostic(row.place, message, "size-table")
