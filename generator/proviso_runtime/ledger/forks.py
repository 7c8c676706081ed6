"""What happens to ledgers when their process forks: no connection may be open at two ends, and no lock be left held."""

from __future__ import annotations

import os
import threading
import weakref
from typing import Protocol


class Forking(Protocol):
    """Something that has to know of forks."""

    def before_fork(self) -> None:
        """Come to rest, and stay so until `after_fork`."""
        ...

    def after_fork(self, *, child: bool) -> None:
        """Go on, as the process that forked or as its child."""
        ...


_lock = threading.Lock()
_known: weakref.WeakSet[Forking] = weakref.WeakSet()
_resting: list[Forking] = []


def watch(one: Forking) -> None:
    """Tell one of every fork, as long as it lives."""
    with _lock:
        _known.add(one)


def _before() -> None:
    _lock.acquire()
    _resting.extend(_known)
    for one in _resting:
        one.before_fork()


def _after(*, child: bool) -> None:
    for one in _resting:
        one.after_fork(child=child)
    _resting.clear()
    _lock.release()


if hasattr(os, "register_at_fork"):  # Windows has no forks
    os.register_at_fork(
        before=_before, after_in_parent=lambda: _after(child=False), after_in_child=lambda: _after(child=True)
    )
