"""Lint of files: each can be a part of a multipart form, or several parts of one name."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir, layouts
from proviso.diagnostics import Diagnostic

_RIGHT = "a file is a part of its own, or an item of a list of them"


def file(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that every file can travel where it stands."""
    beside = layouts.beside(model)
    for one in model.parameters:
        if not holds_files(one.kind):
            continue
        if one.name in beside:
            where = f"{one.name} is a file and travels beside the body; {_RIGHT}"
            yield Diagnostic(one.place, f"{where}, in the body of request: {{encoding: multipart}}", "file")
        elif model.encoding != "multipart":
            message = (
                f"{one.name} is a file, and the body is written as {model.encoding}; say request: {{encoding: multipart}}, "
                "or format: data-uri or base64 where the text itself is sent"
            )
            yield Diagnostic(one.place, message, "file")
        elif not layouts.is_file(one.kind):
            yield Diagnostic(one.place, f"{one.name} holds a file beside or inside something else; {_RIGHT}", "file")
    yield from _names(model)


def holds_files(kind: ir.Kind) -> bool:
    """Tell whether a file stands anywhere in a kind."""
    return any(map(layouts.is_file, ir.every_kind(kind)))


def _names(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that one name of a form is that of files or of texts, whichever body it stands in."""
    files = layouts.files(model)
    for arm in layouts.arms(model.body):
        own = layouts.files_of(model, arm.body)
        for spot, _ in layouts.leaves(arm.body):
            if (name := str(spot[-1])) in files and name not in own:
                yield Diagnostic(arm.place, f"{name!r} is a file in one body and a text in this one", "file")
