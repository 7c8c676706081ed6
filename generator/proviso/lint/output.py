"""Lint of what a model makes: in which format, and when it has the pixels that a request names."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import asked_code, ir
from proviso.diagnostics import Diagnostic
from proviso.lint import conditions, results


def output(model: ir.Model) -> Iterator[Diagnostic]:
    """Check what is said of the format and the pixels of what a model makes."""
    made = model.output
    if made.media_type is not None:
        yield from results.type_by(model, made.media_type, complete=False)
    if made.pixels is not None and not list(asked_code.places(model)):
        yield Diagnostic(made.pixels.place, "nothing that is sent names pixels: leave this out", "output-pixels")
    if isinstance(made.pixels, ir.Sized):
        yield from _sized(model, made.pixels)


def _sized(model: ir.Model, sized: ir.Sized) -> Iterator[Diagnostic]:
    yield from conditions.possible(model, sized.when, "output-pixels")
    places = list(asked_code.places(model))
    for name in sized.of or ():
        fitting = [one for one in places if name in one.parameters and set(one.parameters) <= set(sized.of or ())]
        if places and model.parameter(name) is not None and not fitting:
            message = (
                f"{name} names no pixels: it is no text with a size, and no table or pair of sides is of this list"
            )
            yield Diagnostic(sized.place, message, "output-pixels")
