"""`proviso lint`: complaints about specs."""

from __future__ import annotations

from pathlib import Path

import click

from proviso import pipeline
from proviso.cli import options, reporting


@click.command("lint", epilog="Example: proviso lint specs --report sarif=lint.sarif --report junit=lint.xml")
@options.specs_argument
@options.format_option
@reporting.files_option
def command(specs: Path, form: str, targets: tuple[reporting.Target, ...]) -> None:
    """Check specs and print every complaint as file:line:column: message [rule].

    SPECS is the folder that holds a folder for every provider (default: specs).
    """
    with options.working(f"Reading {specs}"):
        found = pipeline.read(specs)
    try:
        options.report(found.complaints, form, always=True)
    finally:
        reporting.save(reporting.of_complaints("proviso lint", str(specs), found.complaints), targets)
    if form == "text":
        models = sum(len(provider.models) for provider in found.providers)
        click.echo(
            f"{options.counted(len(found.providers), 'provider')}, {options.counted(models, 'model')}: no complaints",
            err=True,
        )
