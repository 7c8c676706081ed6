"""Tell a callback that was heard before from one that comes for the first time.

The ledger of a client remembers, for all processes that share it. A client without one has a memory of its own, which
ends with it.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Protocol

from proviso_runtime import errors

if TYPE_CHECKING:
    from proviso_runtime.callbacks import Told

_MOST = 20_000  # callbacks; some 5 MB


class Hears(Protocol):
    """What remembers callbacks: a ledger, or a Memory."""

    def hear(self, provider: str, digest: str, /, *, at: float) -> bool:
        """Remember a callback by its digest, and tell whether it came for the first time."""
        ...


class Memory:
    """The callbacks that one client has heard; safe to share between threads.

    most: how many are remembered. Those that came first are forgotten first.
    """

    def __init__(self, *, most: int = _MOST) -> None:
        self._most = most
        self._heard: dict[tuple[str, str], float] = {}
        self._lock = threading.Lock()

    def hear(self, provider: str, digest: str, /, *, at: float) -> bool:
        """Remember a callback by its digest, and tell whether it came for the first time."""
        with self._lock:
            first = (provider, digest) not in self._heard
            self._heard.setdefault((provider, digest), at)
            if len(self._heard) > self._most:
                del self._heard[next(iter(self._heard))]
            return first


def heard(hears: Hears, told: Told, *, at: float) -> bool:
    """Remember a callback, and tell whether it came for the first time. at: now, in seconds since 1970.

    Raises LedgerFailed, with the job's id.
    """
    try:
        return hears.hear(told.provider, told.digest, at=at)
    except errors.ProviderError as error:
        error.job_id = error.job_id or told.job_id
        raise


async def awaited(hears: Hears, told: Told, *, at: float) -> bool:
    """Do the same without keeping others waiting."""
    if isinstance(hears, Memory):
        return heard(hears, told, at=at)
    import asyncio  # here, because only calls that are awaited need it

    return await asyncio.to_thread(heard, hears, told, at=at)
