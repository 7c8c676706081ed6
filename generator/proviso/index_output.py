"""The row of the index about what a request asks for, with which results are compared."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import asked_code, ir, result_words, words
from proviso.markdown import cell


def rows(model: ir.Model) -> Iterator[tuple[str, str]]:
    """Yield how many results a request asks for, what names their pixels, and what chooses their format."""
    made = model.output
    told = [f"{result_words.MEMBERS[made.kind]}: {'at most ' if made.at_most else ''}{made.count}"]
    if named := asked_code.named_places(model)[0]:
        when = (
            f" when {words.conditions(made.pixels.when)}"
            if isinstance(made.pixels, ir.Sized) and made.pixels.when
            else ""
        )
        told.append(f"pixels by {', or '.join(' and '.join(one.parameters) for one in named)}{when}")
    elif isinstance(made.pixels, ir.Unknown):
        told.append(f"pixels: {made.pixels.why.removesuffix('.')}")
    if (chosen := asked_code.chooser(model)) is not None:
        told.append(f"format by {chosen.parameter}")
    yield "Asks for", cell("; ".join(told))
