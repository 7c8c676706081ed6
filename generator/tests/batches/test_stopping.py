"""A batch that is stopped: by Ctrl-C, and by itself where sending more makes no sense."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from proviso_runtime.ledger import SqliteLedger
from tests.desk import run

from . import provider
from .provider import Provider, ended, write

PATIENCE = 20.0  # seconds
unix = pytest.mark.skipif(os.name == "nt", reason="signals are sent")


def begin(acme: Provider, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "proviso", *provider.arguments(acme.address, *options)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def until_accepted(acme: Provider, many: int) -> None:
    until = time.monotonic() + PATIENCE
    while len(acme.accepted) < many:
        assert time.monotonic() < until
        time.sleep(0.005)


@unix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_leaves_what_runs_to_the_next_run(desk: Path, number: signal.Signals) -> None:
    write(desk / "in.jsonl", *map(str, range(30)))
    with provider.running(job=30, submit=0.1) as slow:
        process = begin(slow, "--concurrency", "5")
        until_accepted(slow, 3)
        process.send_signal(number)
        stdout, stderr = process.communicate(timeout=PATIENCE)
        assert process.returncode == 1
        assert "0 of 30 lines succeeded, 5 still running, 25 not sent" in stdout
        assert "stopped: it was interrupted" in stderr
        assert "proviso run acme/still-1 --params in.jsonl --out pictures" in stderr
        assert len(slow.accepted) == 5
    with SqliteLedger(desk / "ledger.db") as ledger:
        assert {one.state for one in ledger.find()} == {"accepted"}


@unix
def test_a_second_interruption_ends_it_at_once(desk: Path) -> None:
    write(desk / "in.jsonl", *map(str, range(30)))
    with provider.running(submit=30) as stuck:
        process = begin(stuck, "--concurrency", "5")
        path = desk / "ledger.db"
        until = time.monotonic() + PATIENCE
        while not path.exists() or len(list(SqliteLedger(path).find())) < 5:
            assert time.monotonic() < until
            time.sleep(0.02)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        time.sleep(0.3)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=PATIENCE)
        assert process.returncode == 1
        assert "Ctrl-C again to leave at once" in stderr
        assert "left at once. The same command goes on" in stderr
        assert "Traceback" not in stderr
    with SqliteLedger(path) as ledger:
        assert [one.state for one in ledger.find()] == ["unknown"] * 5


@pytest.mark.parametrize("status", [401, 402])
def test_nothing_more_is_sent_where_the_account_is_refused(desk: Path, status: int) -> None:
    write(desk / "in.jsonl", *(f"no {number}" for number in range(40)))
    with provider.running(refuse={"no": status}) as acme:
        done = run(*provider.arguments(acme.address, "--concurrency", "4"))
        assert done.exit_code == 1
        assert "stopped: " in done.stderr
        assert f"HTTP {status}" in done.stderr
        assert 1 <= len(ended(desk)) <= 4
        assert {one["state"] for one in ended(desk)} == {"refused"}
    with provider.running() as acme:
        assert run(*provider.arguments(acme.address)).exit_code == 0
        assert len(acme.accepted) == 40


def test_nothing_more_is_sent_where_many_in_a_row_come_to_nothing(desk: Path) -> None:
    write(desk / "in.jsonl", *(f"no {number}" for number in range(40)))
    with provider.running(refuse={"no": 502}) as acme:
        done = run(*provider.arguments(acme.address, "--concurrency", "2"))
    assert done.exit_code == 1
    assert "requests in a row came to nothing" in done.stderr
    assert 8 <= len(ended(desk)) <= 9
    assert {one["state"] for one in ended(desk)} == {"unknown"}


def test_refusals_of_single_requests_stop_nothing(desk: Path) -> None:
    write(desk / "in.jsonl", *(f"no {number}" for number in range(40)))
    with provider.running(refuse={"no": 400}) as acme:
        done = run(*provider.arguments(acme.address, "--concurrency", "2"))
    assert "0 of 40 lines succeeded, 40 refused" in done.stdout
    assert "stopped" not in done.stderr


def test_a_folder_that_takes_no_files_stops_it_and_loses_nothing(desk: Path, acme: Provider) -> None:
    write(desk / "in.jsonl")
    assert run(*provider.arguments(acme.address)).exit_code == 0
    (desk / "pictures/000001-1.png").mkdir()
    write(desk / "in.jsonl", "a", *map(str, range(40)))
    done = run(*provider.arguments(acme.address, "--concurrency", "1"))
    assert done.exit_code == 1
    assert "stopped: the results cannot be saved: Is a directory" in done.stderr
    assert len(acme.accepted) == 1
    (desk / "pictures/000001-1.png").rmdir()
    assert run(*provider.arguments(acme.address)).exit_code == 0
    assert len(acme.accepted) == 41
