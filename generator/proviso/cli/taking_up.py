"""Take up a job of a ledger through the generated client of its model, and save what it delivers."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from proviso.cli import job_words, options, target
from proviso.diagnostics import printable
from proviso_runtime import errors, media, media_types
from proviso_runtime.ledger import Accepted, Entry, Ledger

_OTHER = re.compile(r"[^\w.-]+", re.ASCII)
_LONGEST = 80  # characters of an id in the name of a file


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person asks for. job_id: an id found at the provider. timeout: in seconds."""

    package: str
    base_url: str | None
    job_id: str | None
    timeout: float | None
    out: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of it. well: there are results. told: what was done, in a sentence."""

    well: bool
    told: str
    files: tuple[Path, ...] = ()


def take_up(entry: Entry, ledger: Ledger, asked: Asked) -> Taken:
    """Wait for the job of an entry and save its results; or say why there is nothing to wait for.

    Raises click.BadParameter for a model that the package does not have, options.Misuse where no client can be made.
    """
    now = time.time()
    if entry.job_id is not None and asked.job_id not in (None, entry.job_id):
        raise click.BadParameter(f"the ledger knows its job: {entry.job_id}", param_hint="--job")
    job_id = entry.job_id or asked.job_id
    if entry.state in ("refused", "unsent"):
        return Taken(well=False, told="It was not accepted: there is no job, and it can be sent again.")
    if job_id is None or entry.known(now) == "sending":
        advice = job_words.advice(entry, now=now)
        return Taken(well=False, told=advice or "It was answered at once: there is no job to take up.")
    model = target.model(f"{entry.provider}/{entry.model}", asked.package)
    provider, _, name = model.__name__.rpartition(".")
    given = {} if asked.base_url is None else {"base_url": asked.base_url}
    try:
        client = import_module(provider).Client(ledger=ledger, **given)
    except (errors.ProviderError, ValueError) as error:
        raise options.Misuse(str(error)) from error
    with client:
        try:
            job = getattr(client, name).resume(job_id, addresses=entry.addresses or None)
        except (ValueError, TypeError) as error:
            raise options.Misuse(str(error)) from error
        if entry.job_id is None:
            ledger.write([Accepted(entry=entry.id, at=now, job_id=job_id)])
        return _waited(job, entry, asked)


def _waited(job: Any, entry: Entry, asked: Asked) -> Taken:
    again = f"proviso jobs resume {entry.id[: job_words.SHORT]} takes it up again"
    try:
        with _progress() as tell:
            done = job.wait(timeout=asked.timeout, on_update=tell)
            files = tuple(
                _saved(one, asked.out, f"{_stem(job.id)}-{number}") for number, one in enumerate(done.results, 1)
            )
    except errors.WaitTimeout as error:
        return Taken(well=False, told=f"{printable(str(error))}; {again}.")
    except errors.ProviderError as error:
        return Taken(well=False, told=f"{type(error).__name__}: {printable(str(error))}")
    except KeyboardInterrupt:
        return Taken(well=False, told=f"The job goes on: {again}.")
    failed = f", {options.counted(len(done.failures), 'failure')}" if done.failures else ""
    charge = "" if done.charge is None else f", charged {done.charge}"
    return Taken(
        well=bool(files),
        told=f"The job succeeded: {options.counted(len(files), 'result')}{failed}{charge}.",
        files=files,
    )


@contextmanager
def _progress() -> Generator[Callable[[Any], None] | None, None, None]:
    """Give what shows news of a job on a terminal; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status("asking") as status:

        def tell(update: Any) -> None:
            known = printable(str(update.state or update.phase))
            status.update(Text(f"{known} after {update.elapsed:.0f} s, asked {update.polls} times"))

        yield tell


def _saved(result: Any, folder: Path, stem: str) -> Path:
    """Save a result under a name that ends as its content asks for."""
    folder.mkdir(parents=True, exist_ok=True)
    part: Path = result.save(folder / f".{stem}.part")
    with part.open("rb") as file:
        told = media_types.of_content(file.read(media_types.HEAD))
    kind = told or result.media_type or ("text/plain" if isinstance(result, media.Text) else "application/octet-stream")
    return part.replace(folder / f"{stem}.{media_types.extension(kind)}")


def _stem(job_id: str) -> str:
    return _OTHER.sub("_", job_id)[:_LONGEST].lstrip(".")
