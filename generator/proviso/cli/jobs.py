"""`proviso jobs`: what was paid for, and what has become of it."""

from __future__ import annotations

import dataclasses
import json
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import get_args

import click

from proviso.cli import job_words, ledgers, options, taking_up
from proviso_runtime.ledger import Entry, Ledger, State
from proviso_runtime.ledger.entries import ENDED

_LISTED = 50  # entries that are listed where nobody says how many
_ASKED = 10  # entries that a question lists
_MANY = 500  # entries that are forgotten at once


class _Verbs(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the verbs in the order of a working day."""
        del ctx
        return list(self.commands)


@click.group(
    "jobs",
    cls=_Verbs,
    epilog="""\b
Examples:
  proviso jobs list --state unknown --state accepted   what is open
  proviso jobs show 3f2a81c0                           everything about one, and what to do
  proviso jobs resume 3f2a81c0 --out pictures          wait for it, and save its results
  proviso jobs forget --ended --older-than 30d         strike out what is settled""",
)
def command() -> None:
    """Look at the ledger of paid requests, take up jobs, and strike out what is settled."""


@command.command("list", epilog="Example: proviso jobs list --provider acme --since 2d")
@click.option("--state", "states", multiple=True, type=click.Choice(get_args(State)), help="Only those; repeatable.")
@click.option("--provider", help="Only those of a provider.")
@click.option("--model", help="Only those of a model, by its id.")
@click.option("--reference", metavar="PREFIX", help="Only those whose reference begins so.")
@click.option("--since", type=ledgers.moment, help="Only those sent since then, such as 2h, 30d or 2026-11-20.")
@click.option("--last", type=click.IntRange(0), help="How many, 0 for all (default: 50, as JSON all).")
@ledgers.option
@options.format_option
def list_(
    *,
    states: tuple[State, ...],
    provider: str | None,
    model: str | None,
    reference: str | None,
    since: float | None,
    last: int | None,
    place: str | None,
    form: str,
) -> None:
    """List paid requests, the newest last.

    Each is shown in the state in which it is as far as is known now: a request of which nothing was heard for too long
    is unknown.
    """
    now = time.time()
    with ledgers.at(place) as ledger:
        # What is not heard of any more is unknown, and kept as being on its way.
        kept: tuple[State, ...] = (*states, "sending") if "unknown" in states else states
        found = ledger.find(provider=provider, model=model, reference=reference, states=kept or None)
        fitting = (
            one
            for one in found
            if (not states or one.known(now) in states) and (since is None or one.intended_at >= since)
        )
        if form == "json":
            _print_json(deque(fitting, last) if last else fitting, now)
            return
        counts: Counter[State] = Counter()
        shown: deque[Entry] = deque(maxlen=(_LISTED if last is None else last) or None)
        for one in fitting:
            counts[one.known(now)] += 1
            shown.append(one)
    if shown:
        click.echo("\n".join(job_words.table(shown, now=now)))
    more = counts.total() - len(shown)
    click.echo(job_words.summary(counts) + (f"; the last {len(shown)} are shown, --last 0 shows all" if more else ""))


@command.command("show", epilog="Example: proviso jobs show 3f2a81c0")
@click.argument("name", metavar="ID")
@ledgers.option
@options.format_option
def show(*, name: str, place: str | None, form: str) -> None:
    """Show everything about one, and what to do.

    ID is that of the entry, its beginning, or that of the job.
    """
    now = time.time()
    with ledgers.at(place) as ledger:
        entry = ledgers.entry(ledger, name)
    if form == "json":
        options.print_json(_plain(entry, now))
        return
    click.echo("\n".join(job_words.about(entry, now=now)))
    if (advice := job_words.advice(entry, now=now)) is not None:
        click.echo(f"\n{advice}")


@command.command("resume", epilog="Example: proviso jobs resume 3f2a81c0 --out pictures --timeout 600")
@click.argument("name", metavar="ID")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="Folder for the results (default: here).",
)
@click.option("--timeout", type=click.FloatRange(0), help="Seconds to wait at most (default: the documented limit).")
@click.option(
    "--job", "job_id", metavar="ID", help="The id of the job, found at the provider, where the ledger has none."
)
@click.option("--base-url", help="Another address than the documented one.")
@options.package_option
@ledgers.option
@options.format_option
def resume(
    *,
    name: str,
    out: Path,
    timeout: float | None,
    job_id: str | None,
    base_url: str | None,
    package: str,
    place: str | None,
    form: str,
) -> None:
    """Wait for a job, and save its results.

    Nothing is sent that costs money. ID is that of the entry, its beginning, or that of the job. The status is 1 where there is no result.
    """
    with ledgers.at(place) as ledger:
        entry = ledgers.entry(ledger, name)
        asked = taking_up.Asked(package=package, base_url=base_url, job_id=job_id, timeout=timeout, out=out)
        with options.disk():
            taken = taking_up.take_up(entry, ledger, asked)
        entry = next(ledger.find(ids=[entry.id]), entry)
    if form == "json":
        options.print_json({
            **_plain(entry, time.time()), "files": [str(path) for path in taken.files], "told": taken.told,
        })  # fmt: skip
    else:
        for path in taken.files:
            click.echo(path)
        click.echo(taken.told, err=True)
    if not taken.well:
        sys.exit(options.FINDINGS)


@command.command("forget", epilog="Example: proviso jobs forget --ended --older-than 30d")
@click.argument("names", metavar="[ID]...", nargs=-1)
@click.option("--ended", is_flag=True, help="All that have ended.")
@click.option("--older-than", type=ledgers.span, help="All of which nothing was heard for so long, such as 30d.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@ledgers.option
@options.format_option
def forget(
    *, names: tuple[str, ...], ended: bool, older_than: float | None, yes: bool, place: str | None, form: str
) -> None:
    """Strike out entries that are settled.

    They are named by their ids, or all go that fit the options. You are asked first where one may still be paid for.
    """
    if bool(names) == (ended or older_than is not None):
        raise click.UsageError("give the ids of entries, or --ended, --older-than or both")
    now = time.time()
    with ledgers.at(place) as ledger:
        chosen = [ledgers.entry(ledger, name) for name in names]

        def found() -> Iterator[Entry]:
            fitting = ledger.find(states=ENDED if ended else None)
            return (one for one in fitting if older_than is None or now - _heard(one) > older_than)

        if not yes:
            _ask(chosen or found(), now)
        gone = _forget(ledger, iter(chosen) if names else found())
    if form == "json":
        options.print_json({"forgotten": gone})
    else:
        click.echo(f"{gone} {'entry' if gone == 1 else 'entries'} forgotten")


def _ask(entries: Sequence[Entry] | Iterator[Entry], now: float) -> None:
    count = 0
    listed: list[Entry] = []
    for one in entries:
        if one.state not in ENDED:
            count += 1
            listed += [one][: _ASKED - len(listed)]
    if not count:
        return
    click.echo(
        "These have not ended, and may still be paid for. Forgotten, they cannot be taken up by this ledger:", err=True
    )
    for line in job_words.named(listed, now=now):
        click.echo(line, err=True)
    if count > len(listed):
        click.echo(f"  and {count - len(listed)} more", err=True)
    click.confirm("Forget them all the same?", abort=True, err=True)


def _forget(ledger: Ledger, entries: Iterator[Entry]) -> int:
    gone = 0
    while some := [one.id for one in islice(entries, _MANY)]:
        gone += ledger.forget(some)
    return gone


def _heard(entry: Entry) -> float:
    """Return when something was last heard of an entry."""
    return max(at for at in (entry.intended_at, entry.accepted_at, entry.ended_at) if at is not None)


def _plain(entry: Entry, now: float) -> dict[str, object]:
    return {**dataclasses.asdict(entry), "known": entry.known(now)}


def _print_json(entries: Iterator[Entry] | deque[Entry], now: float) -> None:
    # One after the other, since there may be more than memory holds.
    click.echo('{"jobs": [', nl=False)
    for number, one in enumerate(entries):
        click.echo(",\n" if number else "\n", nl=False)
        click.echo(json.dumps(_plain(one, now), ensure_ascii=False, default=str), nl=False)
    click.echo("\n]}")
