"""Which folder of specs tests speak of, and what must be installed beside the clients."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from proviso import shipped

chosen: list[Path] = []
"""The folder that the test run was told, where it was told one."""


def folder() -> Path:
    """Return the folder: the one chosen, `specs` in the current one, or the one that comes with the package."""
    return chosen[-1] if chosen else shipped.nearest(Path.cwd())


def listed(names: Iterable[str]) -> str:
    """Write names as a text."""
    return ", ".join(sorted(names)) or "none"


@contextlib.contextmanager
def needing_extra(what: str) -> Iterator[None]:
    """Say how to install what an import lacks. Raises ModuleNotFoundError.

    what: the name that somebody asked for.
    """
    try:
        yield
    except ModuleNotFoundError as missing:
        if missing.name is None or missing.name.partition(".")[0] == "proviso":
            raise
        told = f"{what} needs {missing.name}: pip install 'proviso[testing]'"
        raise ModuleNotFoundError(told, name=missing.name) from None
