"""What comes out: its kind and count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

OutputKind = Literal["image", "video", "audio", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What a model makes, and the parameter or number that says how many."""

    kind: OutputKind
    count: str | int
