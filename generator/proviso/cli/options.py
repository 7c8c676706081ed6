"""Options and output that several verbs share."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click

from proviso import naming
from proviso.diagnostics import Diagnostic, printable

Command = TypeVar("Command", bound=Callable[..., object])

FINDINGS = 1
MISUSE = 2


class Misuse(click.ClickException):
    """What was asked for cannot be done here."""

    exit_code = MISUSE


def specs_argument(command: Command) -> Command:
    """Add the folder of specs."""
    return click.argument("specs", type=click.Path(path_type=Path), default=Path("specs"))(command)


def out_option(command: Command) -> Command:
    """Add the folder that holds the generated package."""
    help_text = "Folder that holds the generated package."
    return click.option(
        "--out", type=click.Path(path_type=Path), default=Path("generated"), show_default=True, help=help_text
    )(command)


def package_option(command: Command) -> Command:
    """Add the name of the generated package."""
    return click.option(
        "--package", default="image_providers", show_default=True, help="Generated package: its name, or its folder."
    )(command)


def target_option(command: Command) -> Command:
    """Add the name of the package to write."""
    return click.option(
        "--package", default="image_providers", show_default=True, help="Name of the package, a folder in --out."
    )(command)


def counted(count: int, noun: str) -> str:
    """Say how many of something, as in `1 file` and `2 files`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def format_option(command: Command) -> Command:
    """Add the choice of output format."""
    choice = click.Choice(["text", "json"])
    return click.option(
        "--format", "form", type=choice, default="text", show_default=True, help="For people, or for programs."
    )(command)


def package_name(package: str) -> str:
    """Hold the name of a package that is to be written to what Python can import."""
    if not naming.is_name(package) or package in ("proviso", "proviso_runtime"):
        message = f"{package!r} cannot name a package; one is named like image_providers"
        raise click.BadParameter(message, param_hint="--package")
    return package


@contextmanager
def working(what: str) -> Iterator[None]:
    """Show on a terminal that work is going on; say nothing in a pipe."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield


@contextmanager
def disk() -> Iterator[None]:
    """Turn a refusal of the file system into a message and status 2."""
    try:
        yield
    except OSError as error:
        raise Misuse(f"{error.filename or 'a file'}: {error.strerror or error}") from error


def report(complaints: Iterable[Diagnostic], form: str, *, always: bool = False) -> None:
    """Print complaints and end with status 1 when there is one.

    always: as JSON, say also that there is none; elsewhere another document follows.
    """
    listed = list(complaints)
    if form == "json" and (listed or always):
        print_json({"complaints": [as_json(one) for one in listed]})
    else:
        for one in listed:
            say(one)
        if listed:
            noun = "complaint" if len(listed) == 1 else "complaints"
            click.echo(f"{len(listed)} {noun}", err=True)
    if listed:
        sys.exit(FINDINGS)


def print_json(value: object) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False, default=str))


def say(one: Diagnostic) -> None:
    """Print a complaint, or what is like one, for people."""
    place = click.style(printable(str(one.place)), bold=True)
    click.echo(f"{place}: {printable(one.message)} {click.style(f'[{one.rule}]', fg='yellow')}")


def as_json(one: Diagnostic) -> dict[str, object]:
    """Give a complaint, or what is like one, for programs."""
    place = one.place
    return {"path": place.path, "line": place.line, "column": place.column, "message": one.message, "rule": one.rule}
