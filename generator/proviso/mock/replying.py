"""What goes back over the connection, and what the books note of a request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from proviso.answers.documented import Answer
from proviso.mock.asking import Asked
from proviso.mock.books import Entry

Breaks = Literal["close", "half", "hang"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What goes back. wait: real seconds before it. breaks: the connection is closed before it or in it, or left open.

    entry: what the books say of it, where a provider was asked.
    """

    answer: Answer
    wait: float = 0
    breaks: Breaks | None = None
    entry: Entry | None = None


@dataclass(slots=True, kw_only=True)
class Noted:
    """What the books say of a request, beside what every request has. wait: real seconds that the reply takes."""

    operation: str = "unknown"
    model: str | None = None
    job: str | None = None
    remark: str | None = None
    wait: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A request on its way through. asked: as it came. own: with the provider's own paths. now: the provider's time."""

    asked: Asked
    own: Asked
    now: float
    noted: Noted
