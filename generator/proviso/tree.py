"""Files of the output: what an emitter yields, before anything touches the disk."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class File:
    """A text file by its path below the output folder, with forward slashes."""

    path: str
    text: str
