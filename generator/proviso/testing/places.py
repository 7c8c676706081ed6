"""Which folder of specs tests speak of."""

from __future__ import annotations

from collections.abc import Iterable
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
