"""What is found out when a page is read: what stands where a fact is cited, what is missing, what nobody cites."""

from __future__ import annotations

from dataclasses import dataclass

from proviso.document import Steps
from proviso.evidence.citations import Citation

Span = tuple[int, int]
"""Two offsets in the stream of a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Hold what a page says where a fact is cited.

    agrees: as the spec does. said: for people. value: as it was read, None where it is no value of its kind.
    """

    steps: Steps
    citation: Citation
    agrees: bool
    value: object
    said: str
    span: Span
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Hold a fact that a page no longer states where it is cited. is_member: a whole member is gone."""

    steps: Steps
    citation: Citation
    nearest: Span | None
    is_member: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Surplus:
    """Hold what a page states and no fact names: a member of a list, or a fact of a member.

    rank: its place in the list. value, kind: of a fact, as in a reading.
    """

    steps: Steps
    citation: Citation
    said: str
    span: Span
    is_member: bool = False
    rank: int = 0
    value: object = None
    kind: str = ""


Told = Reading | Missing | Surplus
