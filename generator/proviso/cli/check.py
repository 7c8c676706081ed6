"""`proviso check`: what `generate` would change."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from proviso import pipeline, store
from proviso.cli import options


@click.command("check", epilog="Example: proviso check && echo the clients agree with the specs")
@options.specs_argument
@options.out_option
@options.target_option
@options.format_option
def command(specs: Path, out: Path, package: str, form: str) -> None:
    """Compare the generated package with SPECS (default: specs); write nothing.

    Prints what would change as a unified diff, and ends with status 1 when anything would.
    """
    name = options.package_name(package)
    with options.working(f"Reading {specs}"):
        found = pipeline.read(specs)
    options.report(found.complaints, form)
    with options.disk(), options.working(f"Comparing with {out}/{name}"):
        comparison = store.compare(pipeline.build(found.providers, package=name), out, name)
    stale = [change.path for change in comparison.changes]
    if form == "json":
        options.print_json({"stale": stale, "strays": list(comparison.strays)})
    else:
        for change in comparison.changes:
            for line in _diff(change):
                click.echo(line)
        for stray in comparison.strays:
            click.echo(f"{out}/{stray}: nobody generates this file")
        click.echo(
            f"{options.counted(len(stale), 'stale file')}, {options.counted(len(comparison.strays), 'stray')}", err=True
        )
    if stale or comparison.strays:
        sys.exit(options.FINDINGS)


def _diff(change: store.Change) -> Iterator[str]:
    colours = {"+": "green", "-": "red", "@": "cyan"}
    old, new = (change.old or "").splitlines(), (change.new or "").splitlines()
    for line in difflib.unified_diff(old, new, f"a/{change.path}", f"b/{change.path}", lineterm=""):
        yield click.style(line, fg=colours.get(line[:1]))
