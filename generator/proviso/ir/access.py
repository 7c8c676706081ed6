"""How a provider is shown a key."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderKey:
    """A key sent in a header, behind a prefix; the variable of the environment that holds it."""

    header: str
    prefix: str
    variable: str
