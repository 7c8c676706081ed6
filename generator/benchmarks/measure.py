"""Time contenders in turn, so that whatever else the machine does falls on all of them alike."""

from __future__ import annotations

import gc
import os
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_BATCH = 2_000_000  # nanoseconds: long against the clock, short against what disturbs


@dataclass(frozen=True, slots=True, kw_only=True)
class Samples:
    """What one contender took in every round, in seconds."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The usual time."""
        return median(self.seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """A command, and what has to be cleared away before each run; its output is shown when it fails."""

    command: Sequence[str | Path]
    prepare: Callable[[], object] | None = None


def ratio(ours: Samples, theirs: Samples) -> float:
    """Return the median over the rounds of our time to theirs, each pair taken one right after the other."""
    return median(one / other for one, other in zip(ours.seconds, theirs.seconds, strict=True))


def difference(ours: Samples, theirs: Samples) -> float:
    """Return the median over the rounds of what we take longer, in seconds."""
    return median(one - other for one, other in zip(ours.seconds, theirs.seconds, strict=True))


def calls(contenders: Mapping[str, Callable[[], object]], *, rounds: int) -> dict[str, Samples]:
    """Time functions, each in batches of some two milliseconds."""
    counts = {name: _batch_size(call) for name, call in contenders.items()}
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    with _undisturbed():
        for number in range(rounds):
            for name in _in_turn(list(contenders), number):
                taken[name].append(_batch(contenders[name], counts[name]) / counts[name] / 1e9)
    return {name: Samples(seconds=tuple(times)) for name, times in taken.items()}


def processes(contenders: Mapping[str, Process], *, rounds: int) -> dict[str, Samples]:
    """Time whole processes in the order given, from start to end."""
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, process in contenders.items():
            taken[name].append(run(process))
    return {name: Samples(seconds=tuple(times)) for name, times in taken.items()}


def run(process: Process) -> float:
    """Run a command once and return how many seconds it took."""
    if process.prepare is not None:
        process.prepare()
        os.sync()
    start = time.perf_counter()
    done = subprocess.run(process.command, capture_output=True, text=True, check=False, env=_environment())
    taken = time.perf_counter() - start
    if done.returncode:
        message = f"{process.command[0]} ended with {done.returncode}: {done.stdout}{done.stderr}"
        raise RuntimeError(message)
    return taken


def _environment() -> dict[str, str]:
    """Return the environment of a user, whose Python keeps what it has compiled."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _in_turn(names: list[str], number: int) -> list[str]:
    first = number % len(names)
    return names[first:] + names[:first]


def _batch_size(call: Callable[[], object]) -> int:
    count = 1
    while (taken := _batch(call, count)) < _BATCH:
        count = max(2 * count, int(count * _BATCH / max(taken, 1)))
    return count


def _batch(call: Callable[[], object], count: int) -> int:
    turns = range(count)
    start = time.perf_counter_ns()
    for _ in turns:
        call()
    return time.perf_counter_ns() - start


@contextmanager
def _undisturbed() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
