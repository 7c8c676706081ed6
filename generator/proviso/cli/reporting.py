"""What verbs that report findings share: the form they are shown in, and the files they are written to."""

from __future__ import annotations

import os
import stat
import sys
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click

from proviso.cli import options, report_view
from proviso.diagnostics import Diagnostic, did_you_mean, printable
from proviso.reports import rooting
from proviso.reports.findings import Finding, Report
from proviso.reports.renderings import RENDERINGS

Command = TypeVar("Command", bound=Callable[..., object])


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A file that a report is to be written to, and its form."""

    form: str
    path: Path


def files_option(command: Command) -> Command:
    """Add `--report`; the verb gets `targets`, which `save` takes."""
    return click.option(
        "--report",
        "targets",
        multiple=True,
        metavar="FORMAT=FILE",
        callback=_targets,
        help=f"Write the report to a file too: {', '.join(RENDERINGS)}. May be given several times.",
    )(command)


def report_options(command: Command) -> Command:
    """Add `--format` and `--report`; the verb gets `form` and `targets`, which `deliver` takes."""
    form = click.option(
        "--format",
        "form",
        type=click.Choice(["text", *RENDERINGS]),
        default="text",
        show_default=True,
        help="For people, or for programs.",
    )
    return form(files_option(command))


def deliver(report: Report, form: str, targets: Iterable[Target], *, verbose: bool = False) -> None:
    """Print a report, write its files, and end with status 1 when there is an error in it.

    form: one of RENDERINGS, or `text`, which shows what is as it should be only when verbose is set.
    Raises Misuse that names every file that cannot be written; the report was printed then, and the other files are
    written.
    """
    if form == "text":
        report_view.show(report, verbose=verbose)
    else:
        click.echo(RENDERINGS[form](_in_repository(report) if form == "sarif" else report), nl=False)
    save(report, targets)
    if report.fails:
        sys.exit(options.FINDINGS)


def save(report: Report, targets: Iterable[Target]) -> None:
    """Write a report to files, whose paths begin at the root of the repository.

    Raises Misuse that names every file that cannot be written; the others are.
    """
    told = _in_repository(report)
    failed = []
    for target in targets:
        try:
            write(target.path, RENDERINGS[target.form](told))
        except OSError as error:
            failed.append(f"{target.path}: {error.strerror or error}")
    if failed:
        raise options.Misuse(f"the report cannot be written: {printable('; '.join(failed))}")


def of_complaints(command: str, title: str, complaints: Iterable[Diagnostic]) -> Report:
    """Make a report of complaints about specs, each of which is an error."""
    findings = tuple(
        Finding(
            rule=one.rule,
            title=one.place.path,
            what=one.message,
            verdict="wrong",
            level="error",
            message=one.message,
            place=one.place,
        )
        for one in complaints
    )
    return Report(command=command, title=title, findings=findings, rules={})


def write(path: Path, text: str) -> None:
    """Write a file in one step, with the folders that it is in; a reader finds the old one or the new one.

    Raises OSError when it cannot be written; the old one stays.
    """
    if path.exists() and not stat.S_ISREG(path.stat().st_mode):
        # A device or a pipe is written to, not replaced.
        path.write_text(text, encoding="utf-8")
        return
    real = Path(os.path.realpath(path))
    real.parent.mkdir(parents=True, exist_ok=True)
    aside = real.with_name(f".{uuid.uuid4().hex}.part")
    try:
        aside.write_text(text, encoding="utf-8")
        aside.replace(real)
    finally:
        aside.unlink(missing_ok=True)


def _in_repository(report: Report) -> Report:
    here = Path.cwd()
    return rooting.rooted(report, here=here, root=rooting.root_of(here))


def _targets(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[Target, ...]:
    """Read what files are asked for, and refuse what cannot be written before anything costs time or money."""
    targets: list[Target] = []
    taken: set[str] = set()
    wrong: list[str] = []
    for value in values:
        form, equals, name = value.partition("=")
        target = Target(form=form, path=Path(name))
        if not equals or not name:
            wrong.append(f"{value!r} is not of the form FORMAT=FILE, such as junit=report.xml")
        elif form not in RENDERINGS:
            hint = did_you_mean(form, RENDERINGS) or f"; there are {', '.join(RENDERINGS)}"
            wrong.append(f"{form!r} is no format of a file{hint}")
        elif (reason := _hindrance(target.path)) is not None:
            wrong.append(f"{name!r} cannot be written: {reason}")
        elif (real := os.path.realpath(target.path)) in taken:
            wrong.append(f"{name!r} is named twice")
        else:
            taken.add(real)
            targets.append(target)
    if wrong:
        raise click.BadParameter("; ".join(wrong))
    return tuple(targets)


def _hindrance(path: Path) -> str | None:
    if "\0" in str(path):
        return "no name holds a zero byte"
    try:
        if path.is_dir():
            return "it is a folder"
        holder = next(each for each in path.absolute().parents if each.exists())
    except OSError as error:
        return error.strerror or str(error)
    if not holder.is_dir():
        return f"{str(holder)!r} is no folder"
    return None if os.access(holder, os.W_OK) else f"{str(holder)!r} may not be written to"
