"""`proviso generate`: write the generated package."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from proviso import stamp
from proviso.cli import options


@click.command("generate", epilog="Example: proviso generate specs --out generated --package image_providers")
@options.specs_argument
@options.out_option
@options.target_option
@options.format_option
def command(specs: Path, out: Path, package: str, form: str) -> None:
    """Write the clients from SPECS (default: specs); only what changed is written.

    Nothing is touched when a spec has a complaint.
    """
    name = options.package_name(package)
    with options.disk():
        given = stamp.inputs(specs)
        if stamp.is_current(given, out, name):
            _say({"written": [], "removed": []}, form, f"{out}/{name} is up to date")
            return
        written, removed = _generate(specs, out, name, form)
        stamp.keep(given, out, name)
    summary = f"{options.counted(len(written), 'file')} written, {len(removed)} removed in {out}/{name}"
    _say(
        {"written": written, "removed": removed}, form, summary if written or removed else f"{out}/{name} is up to date"
    )


def _generate(specs: Path, out: Path, package: str, form: str) -> tuple[list[str], list[str]]:
    # Imported here so that a run with nothing to do does not pay for the whole tool.
    from proviso import pipeline, store

    with options.working(f"Reading {specs}"):
        found = pipeline.read(specs)
    options.report(found.complaints, form)
    models = sum(len(provider.models) for provider in found.providers)
    with options.working(f"Generating {models} models"):
        files = pipeline.build(found.providers, package=package)
    comparison = store.compare(files, out, package)
    if comparison.strays:
        for stray in comparison.strays:
            click.echo(f"{out}/{stray}: nobody generates this file; move it, or delete it", err=True)
        click.echo("Nothing was written.", err=True)
        sys.exit(options.FINDINGS)
    store.write(files, comparison, out, package)
    written = [change.path for change in comparison.changes if change.new is not None]
    removed = [change.path for change in comparison.changes if change.new is None]
    return written, removed


def _say(facts: dict[str, list[str]], form: str, summary: str) -> None:
    if form == "json":
        options.print_json(facts)
    else:
        click.echo(summary, err=True)
