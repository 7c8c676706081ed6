"""How far a conformance run is, on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from proviso.conform.running import News
from proviso.conform.spending import Budget
from proviso.diagnostics import printable

_WIDE = 60  # characters of a line about a request


@contextmanager
def progress(budget: Budget) -> Iterator[Callable[[News], None]]:
    """Give what shows how far a run is; in a pipe nothing does."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (BarColumn(bar_width=24), MofNCompleteColumn(), TextColumn("{task.fields[told]}"))
    with Progress(*columns, console=Console(stderr=True)) as shown:
        task = shown.add_task("", total=None, told="")

        def show(news: News) -> None:
            spent = f"{news.spent:f} of {budget.cap:f} {budget.currency}"
            told = escape(printable(f"{spent}  {news.says[:_WIDE]}: {news.standing}"))
            shown.update(task, completed=news.number, total=news.of, told=told)

        yield show
