"""Ledgers as a person names them, and the entries and times in them."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path
from typing import TypeVar

import click

from proviso.cli import options
from proviso_runtime import errors
from proviso_runtime.ledger import Entry, Ledger, MemoryLedger, places

Command = TypeVar("Command", bound=Callable[..., object])

_SHOWN = 5  # entries that a message lists
_LEAST = 4  # characters of an id that name it
_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*([smhdw])", re.ASCII)
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}


def span(text: str) -> float:
    """Read a span of time such as 90s, 15m, 2h, 30d or 4w, in seconds."""
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        raise click.BadParameter(f"{text!r} is no span of time, such as 90s, 15m, 2h, 30d or 4w")
    return float(found[1]) * _SECONDS[found[2]]


def moment(text: str) -> float:
    """Read a moment, as a span before now or as a day such as 2026-11-20; in seconds since 1970."""
    try:
        return dt.datetime.fromisoformat(text).astimezone().timestamp()
    except (ValueError, OverflowError):
        return time.time() - span(text)


def option(command: Command) -> Command:
    """Add the place of the ledger."""
    return click.option(
        "--ledger",
        "place",
        metavar="PATH_OR_URL",
        help="The ledger: a file, or a database such as postgresql+psycopg://host/name (default: PROVISO_LEDGER, or the "
        "user's own).",
    )(command)


@contextmanager
def at(place: str | None) -> Generator[Ledger, None, None]:
    """Give the ledger at a place, or the one that is used when nobody names one; an empty one where there is none yet.

    What cannot be read is told, with status 2.
    """
    named = place or places.default_place()
    if named is None:
        raise options.Misuse("PROVISO_LEDGER says that there is no ledger; --ledger PATH names one")
    try:
        # To look at what is not there must not make it.
        if "://" in named or Path(named).expanduser().exists():
            yield places.opened(named)
        else:
            click.echo(f"there is no ledger at {named} yet", err=True)
            yield MemoryLedger()
    except errors.LedgerFailed as error:
        raise options.Misuse(str(error)) from error


def entry(ledger: Ledger, name: str) -> Entry:
    """Return the entry that a person names: by its id, the beginning of its id, or the id of its job.

    Raises click.BadParameter where there is none, or more than one.
    """
    exact = chain(ledger.find(ids=[name]), ledger.find(job_id=name))
    found = list(islice(exact, _SHOWN + 1))
    if not found and len(name) >= _LEAST:
        found = list(islice((one for one in ledger.find() if one.id.startswith(name)), _SHOWN + 1))
    if len({one.id for one in found}) > 1:
        listed = ", ".join(one.id for one in found[:_SHOWN])
        raise click.BadParameter(f"{name!r} names several entries: {listed}", param_hint="ID")
    if not found:
        told = "`proviso jobs list` shows what there is"
        raise click.BadParameter(f"the ledger knows no entry or job {name!r}; {told}", param_hint="ID")
    return found[0]
