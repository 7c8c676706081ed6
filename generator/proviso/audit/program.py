"""Run a program for so long, and end everything that it has started."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

_KEPT = 1024 * 1024  # bytes of output, the last ones
_GRACE = 2.0  # seconds between asking a program to end and ending it


class NotStarted(OSError):
    """A command that cannot be run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a program ended. status: None where it was stopped. took: seconds. output: both streams, the end of it."""

    status: int | None
    took: float
    output: str

    def without(self, secret: str) -> Ended:
        """Return the same without a secret in the output."""
        return replace(self, output=self.output.replace(secret, "***"))


async def run(command: Sequence[str], *, environment: Mapping[str, str], timeout: float) -> Ended:
    """Run a command in a process group of its own, and end the whole group after it, whatever happens here.

    Args:
        command: the program and its arguments.
        environment: what is set beside what this process has.
        timeout: seconds, greater than 0.

    Raises NotStarted.
    """
    clock = asyncio.get_running_loop().time
    start = clock()
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            env={**os.environ, **environment},
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise NotStarted(f"{command[0]} cannot be run: {reason}") from None
    kept = bytearray()
    reading = asyncio.ensure_future(_read(process, kept))
    status: int | None = None
    try:
        status = await asyncio.wait_for(process.wait(), timeout)
    except TimeoutError:
        _signal(process.pid, signal.SIGTERM)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), _GRACE)
    finally:
        took = clock() - start
        _signal(process.pid, signal.SIGKILL)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(reading, _GRACE)
        await process.wait()
    return Ended(status=status, took=took, output=kept.decode(errors="replace"))


async def _read(process: asyncio.subprocess.Process, kept: bytearray) -> None:
    assert process.stdout is not None
    while data := await process.stdout.read(64 * 1024):
        kept += data
        if len(kept) > 2 * _KEPT:
            del kept[:-_KEPT]


def _signal(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, number)
