"""The version that a set of changes asks for, by semantic versioning."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from proviso.comparing.changes import Change

Bump = Literal["major", "minor", "patch", "none"]


def bump(changes: Iterable[Change], *, stable: bool) -> Bump:
    """Propose which part of the version of the generated package grows.

    stable: whether it is at 1.0 or above; below, what breaks grows the minor part, and the rest the patch.
    """
    means = {one.means for one in changes}
    if not means:
        return "none"
    if "breaking" in means:
        return "major" if stable else "minor"
    return "minor" if "compatible" in means and stable else "patch"


def proposal(changes: Iterable[Change]) -> str:
    """Say the proposal for both, such as `major (minor while the version is 0.x)`."""
    listed = tuple(changes)
    after, before = bump(listed, stable=True), bump(listed, stable=False)
    return after if after == before else f"{after} ({before} while the version is 0.x)"
