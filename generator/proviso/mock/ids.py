"""The ids that a provider gives to its jobs: like those that its documents print."""

from __future__ import annotations

import random
import uuid
from functools import cache

from proviso import ir, reply_paths
from proviso.answers import courses, documented
from proviso.oracle.subject import Subject


def made(subject: Subject, number: int, fresh: str | None, chance: random.Random) -> object:
    """Return the id of a job as replies carry it. number: which job of the mock it is. fresh: the UUID of its request."""
    drawn = uuid.UUID(int=chance.getrandbits(128), version=4)
    if courses.job(subject).id == ir.CHOSEN_ID:
        return fresh if fresh is not None else str(drawn)
    shown = _shown(subject)
    if isinstance(shown, int):
        return 10**9 + number
    return f"{_beginning(shown) if isinstance(shown, str) else ''}{drawn}"


@cache
def _shown(subject: Subject) -> object:
    return next(iter(reply_paths.find(courses.job(subject).id, documented.acceptance(subject).body)), None)


def _beginning(shown: str) -> str:
    """Return what documented ids begin with that says what they are, such as `job_` or `operations/`."""
    before, slash, last = shown.rpartition("/")
    kept = last.rstrip("0123456789abcdef")
    return f"{before}{slash}" + (kept if kept.endswith(("_", "-")) and not _is_uuid(last) else "")


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
