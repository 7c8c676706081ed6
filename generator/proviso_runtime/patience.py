"""How long a provider asks to be left alone: Retry-After, and the headers that say the same in other ways."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from proviso_runtime import protocol
from proviso_runtime.replies import Reply

_NUMBER = re.compile(r"[0-9]{1,15}(\.[0-9]{1,9})?", re.ASCII)
_LONGEST = 7 * 86400.0  # seconds; whoever asks for more is taken for one who made a mistake


def asked_for(reply: Reply, waits: Iterable[protocol.Wait]) -> float | None:
    """Return the seconds from the reply on that a provider asks to wait; None where it does not say.

    waits: the documented headers. Retry-After itself is always understood, as seconds and as a date.
    """
    documented = [(wait.header.lower(), _READERS[wait.unit]) for wait in waits]
    for header, read in (*documented, ("retry-after", _seconds), ("retry-after", _until)):
        seconds = read(reply.headers.get(header, "").strip(), reply.received)
        if seconds is not None and seconds <= _LONGEST:
            return max(0.0, seconds)
    return None


def _seconds(text: str, _received: float) -> float | None:
    return float(text) if _NUMBER.fullmatch(text) else None


def _milliseconds(text: str, _received: float) -> float | None:
    return float(text) / 1000 if _NUMBER.fullmatch(text) else None


def _since_1970(text: str, received: float) -> float | None:
    return float(text) - received if _NUMBER.fullmatch(text) and received else None


def _until(text: str, received: float) -> float | None:

    if not received or ":" not in text or len(text) > 64:
        return None
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = read(text)
        except (ValueError, OverflowError):
            continue
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - received
    return None


_READERS: dict[str, Callable[[str, float], float | None]] = {
    "s": _seconds,
    "ms": _milliseconds,
    "unix": _since_1970,
    "date": _until,
}
