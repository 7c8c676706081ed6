"""`proviso check`: what `generate` would change."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from proviso import pipeline, store
from proviso.cli import options, reporting
from proviso.diagnostics import Place
from proviso.reports.findings import Finding, Report


@click.command("check", epilog="Example: proviso check && echo the clients agree with the specs")
@options.specs_argument
@options.out_option
@options.target_option
@options.format_option
@reporting.files_option
def command(specs: Path, out: Path, package: str, form: str, targets: tuple[reporting.Target, ...]) -> None:
    """Compare the generated package with SPECS (default: specs); write nothing.

    Prints what would change as a unified diff, and ends with status 1 when anything would.
    """
    name = options.package_name(package)
    with options.working(f"Reading {specs}"):
        found = pipeline.read(specs)
    try:
        options.report(found.complaints, form)
    finally:
        if found.complaints:
            reporting.save(reporting.of_complaints("proviso check", str(specs), found.complaints), targets)
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
    reporting.save(_report(comparison, specs, out), targets)
    if stale or comparison.strays:
        sys.exit(options.FINDINGS)


def _report(comparison: store.Comparison, specs: Path, out: Path) -> Report:
    says = {
        change.path: ("stale", "it is not what the specs give: run proviso generate") for change in comparison.changes
    }
    says |= dict.fromkeys(comparison.strays, ("stray", "nobody generates this file"))
    findings = tuple(
        Finding(
            rule=rule,
            title=path,
            what=rule,
            verdict=rule,
            level="error",
            message=message,
            place=Place(path=str(out / path), line=1, column=1),
        )
        for path, (rule, message) in says.items()
    )
    rules = {
        "stale": "A generated file differs from what the specs give.",
        "stray": "A file that nobody generates lies in the generated package.",
    }
    return Report(command="proviso check", title=str(specs), findings=findings, rules=rules)


def _diff(change: store.Change) -> Iterator[str]:
    colours = {"+": "green", "-": "red", "@": "cyan"}
    old, new = (change.old or "").splitlines(), (change.new or "").splitlines()
    for line in difflib.unified_diff(old, new, f"a/{change.path}", f"b/{change.path}", lineterm=""):
        yield click.style(line, fg=colours.get(line[:1]))
