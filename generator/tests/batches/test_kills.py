"""Kill -9 at random moments of a batch: nothing is lost, nothing is paid twice, and no more is unknown than must be."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from proviso_runtime.ledger import Entry, SqliteLedger

from . import provider
from .bookkeeper import PNG
from .provider import Provider

PROFILE = os.environ.get("HYPOTHESIS_PROFILE")
THOROUGH = PROFILE == "thorough"
JOBS, KILLS = (500, 50) if THOROUGH else (100, 10)
FLIGHT = 8
PATIENCE = 60.0  # seconds
SEED = int(os.environ.get("PROVISO_SEED") or (1 if PROFILE == "ci" else random.SystemRandom().randrange(10**6)))

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are killed with SIGKILL here")


@dataclass(kw_only=True)
class Nursery:
    """Processes that run the command, one after the other."""

    process: subprocess.Popen[str]

    def begin(self, words: list[str]) -> int:
        """Start one, and return its id."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(words) + "\n")
        self.process.stdin.flush()
        return self._told()

    def ended(self) -> int:
        """Wait for its end, and return how it ended."""
        return self._told()

    def _told(self) -> int:
        assert self.process.stdout is not None
        return int(self.process.stdout.readline())


@contextmanager
def nursery(said: Path) -> Iterator[Nursery]:
    command = [sys.executable, str(Path(__file__).with_name("nursery.py")), str(said)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Nursery(process=process)
        assert process.stdin is not None
        process.stdin.close()


@dataclass(kw_only=True)
class Killings:
    """What is seen of a batch that is killed: at each kill, the intents without a handle."""

    acme: Provider
    desk: Path
    chances: random.Random
    open_at_kills: list[set[str]] = field(default_factory=list[set[str]])
    begun: int = 0

    def entries(self) -> list[Entry]:
        """Read the ledger, as it is now."""
        with SqliteLedger(self.desk / "ledger.db") as ledger:
            return list(ledger.find())

    def kill(self, pid: int, left: int) -> None:
        """Kill a process when it has sent some requests and a little later, or at any moment of its life.

        left: how many kills are to come.
        """
        if self.chances.random() < 0.2:
            time.sleep(self.chances.random() * 0.3)
        else:
            # So many at a time that there is something to send until the last one.
            goal = len(self.acme.accepted) + self.chances.random() * 1.5 * (JOBS - self.begun) / (left + 1)
            until = time.monotonic() + PATIENCE
            while len(self.acme.accepted) < goal and time.monotonic() < until and _lives(pid):
                time.sleep(0.0005)
            time.sleep(self.chances.random() * 0.01)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    def look(self) -> None:
        """See what a kill has left open."""
        entries = self.entries()
        self.begun = len(entries)
        self.open_at_kills.append({one.id for one in entries if one.state == "sending"})


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_kills_lose_nothing_and_pay_for_nothing_twice(desk: Path) -> None:
    chances = random.Random(SEED)
    prompts = [f"hat {number}" for number in range(JOBS)]
    provider.write(desk / "in.jsonl", *prompts)
    kills = 0
    with provider.running(seed=SEED, submit=0.002, job=0.05) as acme, nursery(desk / "said") as children:
        killings = Killings(acme=acme, desk=desk, chances=chances)
        words = provider.arguments(acme.address, "--concurrency", str(FLIGHT), "--max-cost", str(JOBS))
        for left in reversed(range(KILLS)):
            pid = children.begin(words)
            killings.kill(pid, left)
            kills += children.ended() == -signal.SIGKILL
            killings.look()
        children.begin(words)
        status = children.ended()
        time.sleep(0.1)
        books = list(acme.accepted)
    assert kills == KILLS, (SEED, killings.begun)
    _judge(killings, books, prompts, status)


def _judge(killings: Killings, books: list[dict[str, str]], prompts: list[str], status: int) -> None:
    entries = killings.entries()
    unknown = {one.id: one for one in entries if one.state == "unknown"}
    told = {one["reference"]: one for one in provider.ended(killings.desk)}
    states = Counter(one["state"] for one in told.values())
    said = (killings.desk / "said").read_text("utf-8")
    seen = f"seed {SEED}: {states}, {len(books)} accepted, {list(map(len, killings.open_at_kills))}, {said[-2000:]}"
    sys.stdout.write(f"{seen}\n")
    # What is unknown is what a kill found between intent and handle, and nothing else.
    assert set(unknown) == set().union(*killings.open_at_kills), seen
    assert all(
        len(now - before) <= FLIGHT
        for before, now in zip([set(), *killings.open_at_kills], killings.open_at_kills, strict=False)
    ), seen
    # Every line has one entry, which has succeeded or is unknown; nothing is lost.
    assert len(entries) == len(prompts) == len({one.reference for one in entries}), seen
    assert (
        states
        == Counter(one.state for one in entries)
        == Counter(succeeded=len(prompts) - len(unknown), unknown=len(unknown))
    ), seen
    assert status == (1 if unknown else 0), seen
    # The provider's books: no request was accepted twice, and what the ledger does not know is among the unknown.
    assert max(Counter(one["prompt"] for one in books).values()) == 1, seen
    known = {one.job_id for one in entries if one.state == "succeeded"}
    assert known <= {one["job"] for one in books}, seen
    lost = [one["sha256"] for one in books if one["job"] not in known]
    assert set(lost) <= {one.body_sha256 for one in unknown.values()}, seen
    assert len(books) == len(known) + len(lost) <= len(known) + len(unknown), seen
    # All that succeeded is there, each file that of its line.
    for one in told.values():
        if one["state"] == "succeeded":
            (file,) = one["files"]
            assert (killings.desk / "pictures" / file).read_bytes() == PNG + prompts[one["line"] - 1].encode(), seen
    left = {one.name for one in (killings.desk / "pictures").iterdir()}
    assert left == {
        "batch.json",
        "batch.lock",
        "results.jsonl",
        *(file for one in told.values() for file in one["files"]),
    }, seen
