"""How `proviso docs coverage` shows what is known of the facts of specs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

import click

from proviso.diagnostics import printable
from proviso.document import Document, Folder
from proviso.evidence.coverage import Covered, covered

_HEAD = ("", "facts", "cited", "assumed", "neither", "in doubt", "unknown")


def counted(folders: tuple[Folder, ...]) -> Iterator[tuple[str, Document, Covered]]:
    """Yield the name, the document and the facts of every spec file.

    Args:
        folders: the specs of some providers.
    """
    for folder in folders:
        yield folder.name, folder.provider, covered(folder.provider)
        for model in folder.models:
            yield f"{folder.name}/{PurePosixPath(model.path).stem}", model, covered(model)


def show(listed: list[tuple[str, Document, Covered]], *, verbose: bool) -> None:
    """Print a line a spec file and their sum; with verbose, also every fact that is neither cited nor assumed."""
    rows = [(name, *map(str, numbers(one))) for name, _, one in listed]
    sums = [sum(each) for each in zip(*(numbers(one) for _, _, one in listed), strict=True)]
    table = [_HEAD, *rows, ("all", *map(str, sums))]
    widths = [max(len(row[column]) for row in table) for column in range(len(_HEAD))]
    for row in table:
        cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
        click.echo("  ".join(cells))
    for _, document, one in listed if verbose else ():
        for fact in one.neither:
            click.echo(printable(f"{document.key_place(*fact.steps)}: {fact.name} is neither cited nor assumed"))


def numbers(one: Covered) -> tuple[int, ...]:
    """Give the numbers of a row: facts, cited, assumed, neither, in doubt, unknown."""
    return (one.facts, len(one.cited), len(one.assumed), len(one.neither), len(one.doubted), len(one.unknown))


def as_json(listed: list[tuple[str, Document, Covered]]) -> list[dict[str, object]]:
    """Give the same for programs, with every fact that is neither cited nor assumed."""
    names = ("facts", "cited", "assumed", "neither", "doubted", "unknown")
    return [
        {
            "name": name,
            "path": document.path,
            **dict(zip(names, numbers(one), strict=True)),
            "open": [fact.name for fact in one.neither],
        }
        for name, document, one in listed
    ]
