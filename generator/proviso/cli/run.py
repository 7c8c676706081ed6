"""`proviso run`: many requests to a model, each paid for once, however often the command is run."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import BinaryIO

import click

from proviso.cli import interrupting, options, run_options, run_report, run_view, target
from proviso.cli.run_options import Asked
from proviso_runtime import batches, clients, errors, settings
from proviso_runtime.batches.tally import Tally
from proviso_runtime.ledger import Ledger, places


@click.command(
    "run",
    epilog="""\b
Examples:
  proviso run acme/still-2 --params requests.jsonl --out pictures --dry-run
  proviso run acme/still-2 --params requests.jsonl --out pictures --max-cost 5
  proviso run acme/still-2 --params requests.jsonl --out pictures --max-cost 5 --retry-failed

Exit status: 0 all succeeded, 1 some did not or nothing was sent, 2 misuse.""",
)
@click.argument("model", metavar="PROVIDER/MODEL")
@run_options.all_of_them
@options.package_option
@options.format_option
def command(**given: object) -> None:
    """Send one request for every line of a file, wait for the jobs, and save what they make.

    Every line is checked and quoted before anything is sent. Stopped or killed, the same command goes on where it
    was: what was paid for is not paid for again, and jobs that were accepted are taken up by their ids. What was on
    its way to the provider at that moment is reported as unknown, and not sent again.

    The folder gets the results as 000001-1.png and so on, by line, and results.jsonl, with a line for each request.
    """
    asked = run_options.asked(given)
    model = target.model(asked.model, asked.package)
    try:
        ledger = places.open_default() if asked.ledger is None else places.opened(asked.ledger)
        if ledger is None:
            raise options.Misuse("a batch needs a ledger, and PROVISO_LEDGER is off: name one with --ledger")
        with options.disk():
            if asked.dry_run:
                _dry(asked, model, ledger)
            else:
                _run(asked, model, ledger)
    except batches.LinesInvalid as error:
        raise _Refused(f"{error}. --skip-invalid leaves them out") from error
    except errors.TooDear as error:
        raise _Refused(str(error)) from error
    except (batches.BatchRefused, errors.ProviderError) as error:
        raise options.Misuse(str(error)) from error


class _Refused(click.ClickException):
    """It was not done, for a reason that lies in the lines or in who ran it."""

    exit_code = options.FINDINGS


def _dry(asked: Asked, model: ModuleType, ledger: Ledger) -> None:
    """Say what would be sent and what it would cost."""
    provider = _client(model).provider
    plan = batches.dry_run(
        model,
        _lines(asked.params),
        asked.choices,
        out=asked.out,
        ledger=ledger,
        settings=settings.resolve(provider, {}),
        on_finding=run_report.finding(asked.form),
    )
    run_report.plan(plan, asked.form)
    plan.check()


def _run(asked: Asked, model: ModuleType, ledger: Ledger) -> None:
    """Do it, and say what came of it."""
    client = _client(model)(base_url=asked.base_url, ledger=ledger, connections=asked.concurrency)
    with batches.Batch(model, client, out=asked.out) as batch:
        plan = batch.plan(_lines(asked.params), asked.choices, on_finding=run_report.finding(asked.form))
        if asked.form == "text":
            run_report.plan(plan, asked.form, err=True)
        plan.check()
        try:
            tally = asyncio.run(_all(asked, client, batch, plan))
        except asyncio.CancelledError:
            raise _Refused(f"left at once. The same command goes on:\n  {asked.again}") from None
    run_report.summary(tally, plan, asked)
    if not tally.complete:
        sys.exit(options.FINDINGS)


async def _all(asked: Asked, client: clients.AsyncClient, batch: batches.Batch, plan: batches.Plan) -> Tally:
    with run_view.progress(plan) as show, interrupting.handled(batch) as interrupts:
        async with client:
            return await interrupts.obeyed(
                batch.run(plan, concurrency=asked.concurrency, timeout=asked.timeout, on_progress=show)
            )


def _lines(file: BinaryIO) -> Iterator[batches.Line]:
    """Read the params of every line."""
    for number, text in target.bodies(file):
        try:
            yield batches.Line(number=number, params=target.parse(text))
        except target.BodyError as error:
            yield batches.Line(number=number, problem=str(error))


def _client(model: ModuleType) -> type[clients.AsyncClient]:
    """Return the client of the provider of a model."""
    client: type[clients.AsyncClient] = import_module(model.__name__.rpartition(".")[0]).AsyncClient
    return client
