"""One shape for what commands find out about facts: what was found, how grave it is, and where it stands."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from proviso.diagnostics import Place

Level = Literal["error", "warning", "note", "none"]
Kind = Literal["fail", "open", "pass"]

LEVELS: tuple[Level, ...] = ("error", "warning", "note", "none")
"""From what must be looked at to what is as it should be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Further:
    """Point to another place that a finding is about, such as a line of a captured page."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount in a currency, or in the credits of a provider."""

    amount: Decimal
    currency: str

    def __str__(self) -> str:
        """Write the amount in full, never with an exponent."""
        return f"{self.amount:f} {self.currency}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Say what was found out about one fact.

    rule: the kind of fact or of change, in kebab-case. title: whose fact it is, as in `provider/model parameter`.
    what: which fact of these, the same in every run: it holds no value that was found and no line.
    verdict: the command's word for how it turned out. level: `none` where all is as it should be.
    open: whether nothing could be decided. further: other places. details: short texts by name, in order, such as
    old and new.
    """

    rule: str
    title: str
    what: str
    verdict: str
    level: Level
    message: str
    place: Place | None = None
    open: bool = False
    further: tuple[Further, ...] = ()
    details: tuple[tuple[str, str], ...] = ()

    @property
    def fingerprint(self) -> str:
        """Tell the finding from others in 32 hexadecimal digits, the same wherever it moves and whatever was found."""
        return hashlib.sha256(json.dumps([self.rule, self.title, self.what]).encode()).hexdigest()[:32]

    @property
    def kind(self) -> Kind:
        """Tell whether something is to be looked at, was left open, or is as it should be."""
        if self.level in ("error", "warning"):
            return "fail"
        if self.open:
            return "open"
        return "pass" if self.level == "none" else "fail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Tell all that a run of a command found out.

    command: as it is typed, such as `proviso conform`. title: what it was run on. summary: short texts by name, in order.
    rules: what each rule is about, in one line. spent: what the run cost, an entry a currency.
    """

    command: str
    title: str
    findings: tuple[Finding, ...]
    rules: Mapping[str, str]
    summary: tuple[tuple[str, str], ...] = ()
    spent: tuple[Money, ...] = ()

    @property
    def headline(self) -> str:
        """Count the verdicts, what matters first, as in `1 denied, 3 confirmed`."""
        counts = Counter(one.verdict for one in by_weight(self.findings))
        return ", ".join(f"{number} {verdict}" for verdict, number in counts.items()) or "nothing found"

    @property
    def fails(self) -> bool:
        """Tell whether there is an error."""
        return any(one.level == "error" for one in self.findings)


def by_weight(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Put what matters first; what weighs the same stays in its order.

    Args:
        findings: findings in any order.
    """
    return tuple(sorted(findings, key=lambda one: (LEVELS.index(one.level), not one.open)))
