"""`proviso diff`: what is another between two states of specs, and what that means to users."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

import click

from proviso import comparing, ir, pipeline
from proviso.cli import options, reporting, revisions, saved_requests
from proviso.comparing import changelog, findings
from proviso.comparing.totals import Totals
from proviso.diagnostics import Diagnostic
from proviso.reports.findings import Finding


@click.command(
    "diff",
    epilog="""\b
Examples:
  proviso diff HEAD                          what is not committed yet
  proviso diff v1.2 v1.3                     between two releases
  proviso diff main:other/specs specs        another folder of a branch
  proviso diff old new --requests sent.jsonl --model acme/still-2
  proviso diff HEAD~1 --report sarif=diff.sarif --changelog CHANGELOG.md

Exit status: 0 nothing breaks, 1 something does, 2 misuse, or specs with complaints.""",
)
@click.argument("old")
@click.argument("new", default="specs")
@click.option(
    "--requests",
    type=click.File("rb"),
    metavar="FILE",
    help='Saved requests, one a line: a wire body, or {"model": "PROVIDER/MODEL", "body": ..., "with": {...}}.',
)
@click.option("--model", metavar="PROVIDER/MODEL", help="The model of lines that are wire bodies alone.")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day whose prices saved requests are reckoned by (default: today).",
)
@click.option(
    "--changelog",
    "log",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the changes under Unreleased in this file.",
)
@reporting.report_options
def command(
    *,
    old: str,
    new: str,
    requests: BinaryIO | None,
    model: str | None,
    on: dt.datetime | None,
    log: Path | None,
    form: str,
    targets: tuple[reporting.Target, ...],
) -> None:
    """Compare two states of specs by meaning.

    OLD and NEW (default: specs) are folders, or revisions of git: HEAD~1, v1.2, or main:PATH for another folder than
    specs. Every change is breaking, compatible or information, with what it means to users and where it stands.
    """
    before, after = _states(old, new, form)
    changes = comparing.compare(before, after)
    told: tuple[Finding, ...] = ()
    totals: Totals | None = None
    if requests is not None:
        day = dt.datetime.now(dt.UTC).date() if on is None else on.date()
        told, totals = saved_requests.weighed(requests, before, after, model=model, on=day)
    elif model is not None:
        raise click.BadParameter("is about saved requests: give --requests as well", param_hint="--model")
    if log is not None:
        _log(log, changes)
    report = findings.report(changes, title=f"{old} {new}", requests=told, totals=totals)
    reporting.deliver(report, form, targets)


def _states(old: str, new: str, form: str) -> tuple[tuple[ir.Provider, ...], tuple[ir.Provider, ...]]:
    """Read both states; show the complaints of both, as lint does, where there are any."""
    with ExitStack() as kept, options.disk():
        found = []
        for named in (old, new):
            state = kept.enter_context(revisions.state(named))
            with options.working(f"Reading {named}"):
                found.append(pipeline.read(state.folder, shown=state.shown))
    complaints = [complaint for one in found for complaint in one.complaints]
    if complaints:
        _refuse(complaints, form)
    return found[0].providers, found[1].providers


def _refuse(complaints: Iterable[Diagnostic], form: str) -> None:
    listed = tuple(complaints)
    if form == "json":
        options.print_json({"complaints": [options.as_json(one) for one in listed]})
    else:
        for one in listed:
            options.say(one)
    raise options.Misuse(f"{options.counted(len(listed), 'complaint')}: only specs without any can be compared")


def _log(path: Path, changes: tuple[comparing.Change, ...]) -> None:
    with options.disk():
        try:
            text = path.read_bytes().decode("utf-8") if path.exists() else ""
        except UnicodeDecodeError as error:
            raise options.Misuse(
                f"{path} is not UTF-8: byte {error.start} cannot be read; it stays as it is"
            ) from error
        entered = changelog.entered(text, changes)
        if entered != text:
            reporting.write(path, entered)
