"""A program: use the ledger at a place as one process of several does. usage: processes.py WHAT PLACE [ARGUMENT...]."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

from proviso_runtime import errors
from proviso_runtime.ledger import Accepted, Change, Ended, Intended, Ledger, line, opened


def say(what: object) -> None:
    """Tell whoever started this."""
    sys.stdout.write(json.dumps(what))


def job(name: str) -> Iterator[Change]:
    """Yield the changes of a job's life; its end names it by its id alone."""
    yield Intended(
        entry=name, provider="acme", model="still-2", at=1.0, until=9e9, body_sha256="f" * 64, reference=name
    )
    yield Accepted(entry=name, at=2.0, job_id=f"job of {name}")
    yield Ended(provider="acme", job_id=f"job of {name}", at=3.0, state="succeeded", charged=Decimal(1))


def share(ledger: Ledger, processes: str, jobs: str) -> None:
    """Write, in so many processes, jobs of one's own and jobs that all write; exit with how many callbacks came first."""
    children = []
    for me in range(int(processes)):
        child = os.fork()
        if not child:
            first = 0
            for number in range(int(jobs)):
                for change in job(f"{me}-{number}"):
                    ledger.write([change])
                ledger.write([*job(f"all-{number}")])
                first += ledger.hear("acme", f"digest {number}", at=1.0)
            sys.exit(first)
        children.append(child)
    say([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children])


def open_files() -> Iterator[str]:
    """Yield the names of the files that are open, where the system tells them."""
    where = Path("/proc/self/fd")
    for one in where.iterdir() if where.exists() else ():
        with contextlib.suppress(OSError):
            yield str(one.readlink())


def go_on(ledger: Ledger, threads: str) -> None:
    """Write jobs without end, and say of each change that it is kept."""

    def work(me: int) -> None:
        number = 0
        while True:
            name = f"{me}-{number}"
            for change in job(name):
                ledger.write([change])
                os.write(1, f"{name} {type(change).__name__}\n".encode())
            number += 1

    for me in range(int(threads)):
        threading.Thread(target=work, args=(me,)).start()


def fill(ledger: Ledger, most: str) -> None:
    """Write until a limit for files stands in the way, take it away, and say what was told and what is kept."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), hard))
    kept: list[str] = []
    told = ""
    while not told:
        name = f"e{len(kept)}"
        try:
            ledger.write([*job(name)])
        except errors.LedgerFailed as error:
            told = str(error)
        else:
            kept.append(name)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
    found = [entry.id for entry in ledger.find()]
    ledger.write([*job("after")])
    say({"told": told, "kept": kept, "found": found, "then": [entry.id for entry in ledger.find()]})


def fork(ledger: Ledger, forks: str) -> None:
    """Fork while threads write; every child writes too, and ends as a program does."""
    stop = threading.Event()
    written: dict[int, int] = {}

    def work(me: int) -> None:
        while not stop.is_set():
            ledger.write([*job(f"thread-{me}-{written.get(me, 0)}")])
            written[me] = written.get(me, 0) + 1

    threads = [threading.Thread(target=work, args=(me,)) for me in range(4)]
    for thread in threads:
        thread.start()
    children = []
    for number in range(int(forks)):
        child = os.fork()
        if not child:
            assert not any("ledger.db" in name for name in open_files())
            before = time.monotonic()
            ledger.write([*job(f"child-{number}")])
            assert time.monotonic() - before < line._LONG, "it waited for a thread that is not there"
            assert next(ledger.find(ids=[f"child-{number}"])).state == "succeeded"
            sys.exit(0)  # with all that a program does in the end
        children.append(child)
    ends = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    stop.set()
    for thread in threads:
        thread.join()
    say({"ends": ends, "written": sum(written.values())})


WHAT: dict[str, Callable[..., None]] = {"share": share, "go_on": go_on, "fill": fill, "fork": fork}

if __name__ == "__main__":
    WHAT[sys.argv[1]](opened(sys.argv[2]), *sys.argv[3:])
