"""How far a batch is, on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from proviso_runtime import batches, quotes
from proviso_runtime.batches.running import OnProgress
from proviso_runtime.batches.tally import Tally


@contextmanager
def progress(plan: batches.Plan) -> Iterator[OnProgress | None]:
    """Give what shows how far a batch is; in a pipe nothing does."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.fields[told]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as shown:
        task = shown.add_task("", total=plan.lines, told="")

        def show(tally: Tally) -> None:
            told = f"{counts(tally)}; {money(tally)}"
            shown.update(task, completed=tally.states.total() + tally.left, told=told)

        yield show


def counts(tally: Tally) -> str:
    """Say how many there are of each."""
    told = [(tally.succeeded, "done"), (tally.running, "running"), (tally.failed, "failed"), (tally.unknown, "unknown")]
    return ", ".join(f"{number} {what}" for number, what in told)


def money(tally: Tally) -> str:
    """Say what is held, what was charged, and what is left."""
    left = "" if tally.budget is None else f", left {quotes.money(tally.budget.left, tally.budget.currency)}"
    return f"held {tally.held}, charged {tally.charged}{left}"
