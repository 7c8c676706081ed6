"""Several processes on one ledger, and processes that are killed: nothing is lost and nothing doubled."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import IO, Any

import pytest

from proviso_runtime.ledger import Change, Ledger, SqliteLedger, SqlLedger

from . import processes
from .samples import accepted, ended, intended

_TIMES = {"Intended": "intended_at", "Accepted": "accepted_at", "Ended": "ended_at"}


@pytest.fixture
def ledger(place: str) -> Iterator[Ledger]:
    """Open the ledger at the place that the processes share."""
    with SqlLedger(place) if "://" in place else SqliteLedger(place) as opened:
        yield opened


def started(what: str, place: str, *arguments: object) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        "-W",
        "ignore::DeprecationWarning",
        processes.__file__,
        what,
        place,
        *map(str, arguments),
    ]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def write(ledger: Ledger, changes: Sequence[Change]) -> None:
    for change in changes:
        ledger.write([change])


def said(process: subprocess.Popen[str]) -> Any:
    with process:
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    return json.loads(out)


def lines(stream: IO[str] | None, count: int | None = None) -> list[str]:
    assert stream is not None
    return list(islice(stream, count))


@pytest.mark.parametrize("count", [2, 4, 8])
def test_processes_lose_nothing_and_double_nothing(place: str, ledger: Ledger, count: int) -> None:
    jobs = 48 // count
    heard = said(started("share", place, count, jobs))
    entries = list(ledger.find())
    expected = {f"{me}-{number}" for me in (*range(count), "all") for number in range(jobs)}
    assert Counter(entry.id for entry in entries) == Counter(expected)
    assert {(entry.state, entry.job_id, entry.charged) for entry in entries} == {
        ("succeeded", f"job of {name}", Decimal(1)) for name in expected
    }
    assert sum(heard) == jobs


def test_two_that_write_about_the_same_entries_overwrite_nothing_of_each_other(place: str, ledger: Ledger) -> None:
    names = [f"{number}" for number in range(60)]
    ledger.write([intended(name) for name in names])
    with SqlLedger(place) if "://" in place else SqliteLedger(place) as other, ThreadPoolExecutor(2) as pool:
        running = [
            pool.submit(write, ledger, [accepted(name) for name in names]),
            pool.submit(write, other, [ended(name, delivered=2) for name in names]),
        ]
        for one in running:
            one.result()
    assert {(entry.state, entry.job_id, entry.accepted_at, entry.delivered) for entry in ledger.find()} == {
        ("succeeded", "job-1", 1001.0, 2)
    }


@pytest.mark.parametrize("kept", [1, 200])
def test_a_killed_writer_leaves_everything_that_was_kept(place: str, ledger: Ledger, kept: int) -> None:
    threads = 4
    with started("go_on", place, threads) as process:
        told = lines(process.stdout, kept)
        process.kill()
        told += lines(process.stdout)
    entries = {entry.id: entry for entry in ledger.find()}
    changes = {(name, what) for name, what in map(str.split, told)}
    there = {(entry.id, what) for entry in entries.values() for what, at in _TIMES.items() if getattr(entry, at)}
    assert changes <= there
    assert len(there - changes) <= threads  # each thread may have kept one change without having said so
    ledger.write([*processes.job("next")])
    assert {entry.id for entry in ledger.find()} == {*entries, "next"}


def test_a_killed_writer_leaves_a_sound_file(tmp_path: Path) -> None:
    place = tmp_path / "ledger.db"
    for _ in range(5):
        with started("go_on", str(place), 2) as process:
            lines(process.stdout, 20)
            process.kill()
    connection = sqlite3.connect(place)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


def test_a_process_forks_while_its_threads_write(place: str, ledger: Ledger) -> None:
    done = said(started("fork", place, 5))
    assert done["ends"] == [0] * 5
    states = Counter(entry.state for entry in ledger.find())
    assert states == {"succeeded": 5 + done["written"]}


def test_a_full_disk_is_told_and_what_was_kept_before_stands(tmp_path: Path) -> None:
    place = tmp_path / "ledger.db"
    done = said(started("fill", str(place), 400_000))
    assert str(place) in done["told"]
    assert "ledger=None" in done["told"]
    assert len(done["kept"]) > 10
    assert done["found"] == done["kept"]
    assert done["then"] == [*done["kept"], "after"]
