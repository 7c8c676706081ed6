"""The paid acts of the demonstration: a cap, a job, a reply that is lost, and the books of both sides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image
from rich.markup import escape
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table

from harness.demo_provider import Provider, QuickClock
from harness.faces import Line
from harness.subjects import Params, Subject
from proviso.oracle import access, meaning
from proviso_runtime import clients, errors, waiting
from proviso_runtime.ledger import SqliteLedger

if TYPE_CHECKING:
    from rich.console import Console

_SHORT = 9  # characters of an id


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What the acts share. promised: the pixels that the size table promises."""

    console: Console
    subject: Subject
    params: Params
    promised: tuple[int, int]
    provider: Provider
    clock: QuickClock
    ledger: SqliteLedger
    client: clients.Client
    out: Path

    def line(self, **options: Any) -> Line:
        """Return the calls of the model, with some options."""
        return Line.blocking(self.client.with_options(**options), self.subject)


def client(subject: Subject, provider: Provider, *, clock: QuickClock, ledger: SqliteLedger) -> clients.Client:
    """Return a client of a provider that is served."""
    kind: Any = subject.provider_module.Client
    known = {**provider.keys, **access.settings(subject.provider)}
    made: clients.Client = kind(**known, base_url=provider.address, clock=clock, ledger=ledger)
    return made


def cap(stage: Stage) -> None:
    """Show that what may cost too much is not sent."""
    quote = stage.subject.module.quote(stage.params)
    assert quote.charge is not None
    limit = quote.charge / 2
    try:
        stage.line(max_cost=limit).submit(stage.params)
    except errors.TooDear as refused:
        stage.console.print(f"max_cost={limit}: [yellow]{escape(str(refused))}[/]")
    else:
        raise AssertionError("a request that may cost too much was sent")
    received = len(stage.provider.books.requests)
    stage.console.print(f"the provider received {received} requests")
    assert received == 0, "what may cost too much is not sent"


def job(stage: Stage) -> None:
    """Start a job, wait for it while one poll goes wrong, and save its image."""
    console, line = stage.console, stage.line(reference="poster 1")
    stage.provider.fail("poll:502 x1 after 1")
    start = stage.clock.monotonic()
    job = line.submit(stage.params)
    console.print(f"job [bold]{escape(job.id)}[/], in the ledger before the first poll")
    with _progress(stage, start) as tell:
        done = line.wait(job, on_update=tell)
    gone_wrong = [one for one in stage.provider.books.requests if one.fault]
    for one in gone_wrong:
        console.print(f"[yellow]a {one.operation} was answered with {one.status}[/]: asked again, since it is free")
    assert len(gone_wrong) == 1, "one poll goes wrong"
    result = done.results[0]
    header = line.inspect(result)
    assert header is not None, "it is an image"
    ending = header.media_type.rpartition("/")[2]
    saved = line.save(result, stage.out / f"{stage.subject.attribute}.{ending}")
    with Image.open(saved) as image:
        image.load()
        pixels = image.size
    width, height = stage.promised
    console.print(f"[green]saved[/]   [bold]{escape(str(saved))}[/], {saved.stat().st_size:,} bytes; open it")
    console.print(f"pixels  {pixels[0]} x {pixels[1]}, promised {width} x {height}")
    by = "as the provider says" if done.cost else "as quoted for what was delivered"
    console.print(f"charged {escape(str(done.charge))}, {by}")
    assert pixels == stage.promised, "the image has the promised pixels"
    assert done.differences == (), "what was delivered is what was asked for"


def lost(stage: Stage) -> None:
    """Show that a request whose reply is lost is not sent again."""
    stage.provider.fail("submit:lost x1")
    before = stage.provider.books
    submits, accepted = before.submits, before.accepted
    try:
        stage.line(reference="poster 2").submit(stage.params)
    except errors.OutcomeUnknown as unknown:
        stage.console.print(f"[yellow]OutcomeUnknown[/]: {escape(str(unknown))}")
    else:
        raise AssertionError("a lost reply went unnoticed")
    books = stage.provider.books
    assert (books.submits - submits, books.accepted - accepted) == (1, 1), "what may be paid is not sent again"
    stage.console.print("sent once, and taken on once: a client that tries again would have paid twice")


def books(stage: Stage) -> None:
    """Hold the ledger of the client against the books of the provider."""
    known, entries = stage.provider.books, sorted(stage.ledger.find(), key=lambda one: one.intended_at)
    accepted, jobs = known.accepted, {one.id: one for one in known.jobs}
    unclaimed = [jobs[name] for name in jobs.keys() - {one.job_id for one in entries}]
    table = Table("paid request", "in our ledger", "in the provider's books", "job", pad_edge=False, box=None)
    for entry in entries:
        found = jobs[entry.job_id] if entry.job_id else unclaimed.pop()
        charged = "may be charged" if entry.charged is None else f"{entry.charged.normalize():f} charged"
        ours = f"{entry.state}, {charged}"
        theirs = f"{found.charged} charged" if found.phase == "succeeded" else f"{found.held} held"
        short = found.id if len(found.id) <= _SHORT else f"{found.id[:_SHORT]}..."
        table.add_row(entry.reference, ours, f"{found.phase}, {theirs}", escape(short))
    stage.console.print(table)
    paid = f"{len(entries)} paid requests sent, {accepted} taken on; paid twice: {accepted - len(entries)}"
    stage.console.print(f"{paid}; jobs that we do not know of: {len(unclaimed)}")
    stage.console.print(f"[dim]look yourself: PROVISO_LEDGER={escape(str(stage.ledger.path))} proviso jobs list[/]")
    assert accepted == len(entries) == len(jobs) == 2, "each paid request was sent once"
    assert not unclaimed, "every job of the provider stands in the ledger"
    ended = [one for one in entries if one.state == "succeeded"]
    assert [one.charged for one in ended] == [known.charged], "both say what it costs"


@contextmanager
def _progress(stage: Stage, start: float) -> Iterator[Callable[[waiting.Update], None]]:
    """Show how a job goes on: a bar on a terminal, lines everywhere."""
    clock = stage.clock
    typical = meaning.pace(stage.subject.model, stage.params).typical
    usual = None if typical is None else f"{typical[0]:g} to {typical[1]:g} s"
    console = stage.console
    console.print(f"documented: {usual or 'no time'}; a second takes less here")

    def told(update: waiting.Update) -> str:
        return f"t+{clock.monotonic() - start:4.1f} s  poll {update.polls}  {update.shown} ({update.phase})"

    if not console.is_terminal:
        yield lambda update: console.print(escape(told(update)))
        return
    columns = (BarColumn(bar_width=32), TextColumn("{task.fields[told]}"))
    with Progress(*columns, console=console, transient=True) as shown:
        bar = shown.add_task("", total=None if typical is None else float(typical[1]), told="submitted")
        clock.passing = lambda: shown.update(bar, completed=clock.monotonic() - start)

        def tell(update: waiting.Update) -> None:
            shown.update(bar, told=update.shown)
            console.print(escape(told(update)))

        yield tell
        clock.passing = lambda: None
