"""How a report looks: a table on a terminal, a finding a line elsewhere."""

from __future__ import annotations

import sys

import click

from proviso.diagnostics import printable
from proviso.reports.findings import Level, Report
from proviso.reports.rows import Row, rows

_COLOURS: dict[Level, str] = {"error": "red", "warning": "yellow", "note": "cyan", "none": "green"}


def show(report: Report, *, verbose: bool) -> None:
    """Print a report for people: its findings, and on standard error what it comes to.

    verbose: show also what is as it should be.
    """
    shown = rows(report, settled=verbose)
    if shown and sys.stdout.isatty():
        _table(shown)
    else:
        for row in shown:
            _lines(row)
    click.echo(f"{printable(report.title)}: {printable(report.headline)}", err=True)
    for name, value in (*report.summary, *(("spent", str(one)) for one in report.spent)):
        click.echo(printable(f"{name}: {value}"), err=True)


def _table(shown: tuple[Row, ...]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for row in shown:
        # A Text is no markup, whatever is in it.
        said = Text("\n").join(
            [
                Text(row.message),
                *(Text(detail, style="dim") for detail in (*row.details, *([row.place] if row.place else []))),
            ]
        )
        table.add_row(Text(row.verdict, style=f"bold {_COLOURS[row.level]}"), Text(row.title, style="bold"), said)
    Console(highlight=False, emoji=False).print(table)


def _lines(row: Row) -> None:
    place = f"{row.place}: " if row.place else ""
    click.echo(f"{place}{click.style(row.verdict, fg=_COLOURS[row.level])}: {row.title}: {row.message}")
    for detail in row.details:
        click.echo(f"    {detail}")
