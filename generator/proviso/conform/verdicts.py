"""What replies say of facts, and what is known of each in the end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from proviso.conform.facts import Fact, Side

Standing = Literal["confirmed", "denied", "open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one probe says of one fact. evidence: a line. probe: its id. side: what it was seen from."""

    fact: str
    holds: bool
    side: Side
    evidence: str
    probe: str = ""


def confirmed(fact: str, evidence: str, *, side: Side = "inside") -> Verdict:
    """Return the verdict that a fact holds, as seen from a side."""
    return Verdict(fact=fact, holds=True, side=side, evidence=evidence)


def denied(fact: str, evidence: str) -> Verdict:
    """Return the verdict that a fact does not hold."""
    return Verdict(fact=fact, holds=False, side="outside", evidence=evidence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a fact in the end, and by which line."""

    fact: Fact
    standing: Standing
    evidence: str
    probe: str = ""


@dataclass(slots=True, kw_only=True)
class Ledger:
    """All verdicts so far, and why some facts could not be asked about."""

    facts: Mapping[str, Fact]
    verdicts: list[Verdict] = field(default_factory=list[Verdict])
    reasons: dict[str, str] = field(default_factory=dict[str, str])

    def add(self, verdicts: Iterable[Verdict]) -> None:
        """Take verdicts in; those about facts that nobody asked for are dropped."""
        self.verdicts += [one for one in verdicts if one.fact in self.facts]

    def withdraw(self, probes: Iterable[str], reason: str) -> None:
        """Forget what some probes confirmed, since what they sent is refused for another reason."""
        gone = set(probes)
        for one in self.verdicts:
            if one.probe in gone and one.holds:
                self.reasons[one.fact] = reason
        self.verdicts = [one for one in self.verdicts if one.probe not in gone or not one.holds]

    def hinder(self, facts: Iterable[str], reason: str) -> None:
        """Note why facts could not be asked about; the first reason stays."""
        for one in facts:
            self.reasons.setdefault(one, reason)

    def is_denied(self, fact: str) -> bool:
        """Tell whether something was denied."""
        return any(one.fact == fact and not one.holds for one in self.verdicts)

    def shown(self) -> set[str]:
        """Return the facts that need no accepted request any more."""
        return {one.fact for one in self.verdicts if not one.holds or one.side == "inside"}

    def known(self) -> tuple[Known, ...]:
        """Return what is known of every fact, in the order of the spec."""
        by_fact: dict[str, list[Verdict]] = {}
        for one in self.verdicts:
            by_fact.setdefault(one.fact, []).append(one)
        found = {
            key: self._known(fact, by_fact.get(key, [])) for key, fact in self.facts.items() if fact.kind != "doubt"
        }
        doubts = {key: _doubted(fact, found) for key, fact in self.facts.items() if fact.kind == "doubt"}
        return tuple((found | doubts)[key] for key in self.facts)

    def _known(self, fact: Fact, verdicts: list[Verdict]) -> Known:
        for one in verdicts:
            if not one.holds:
                return Known(fact=fact, standing="denied", evidence=one.evidence, probe=one.probe)
        sides = {one.side for one in verdicts}
        if verdicts and sides >= fact.needs:
            last = verdicts[-1]
            return Known(fact=fact, standing="confirmed", evidence=_joined(verdicts), probe=last.probe)
        reason = fact.closed or self.reasons.get(fact.id) or "nothing that was asked shows it"
        half = f"{_joined(verdicts)}; what is left: " if verdicts else ""
        return Known(fact=fact, standing="open", evidence=half + reason)


def _joined(verdicts: list[Verdict]) -> str:
    """Say what was seen from each side, once."""
    return "; ".join({one.side: one.evidence for one in reversed(verdicts)}.values())


def _doubted(fact: Fact, known: Mapping[str, Known]) -> Known:
    """Say what the facts that a doubt touches make of its ruling."""
    touched = [known[one] for one in fact.touches if one in known]
    denied = [one.fact.what for one in touched if one.standing == "denied"]
    left = [one for one in touched if one.standing == "open"]
    if denied:
        return Known(fact=fact, standing="denied", evidence=f"the ruling rests on {', '.join(denied)}, which is denied")
    if touched and not left:
        said = (
            f"all that it touches is confirmed, {len(touched)} facts"
            if len(touched) > 1
            else "what it touches is confirmed"
        )
        return Known(fact=fact, standing="confirmed", evidence=said)
    told = f"{len(touched) - len(left)} of {len(touched)} facts that it touches are confirmed, none is denied; "
    return Known(fact=fact, standing="open", evidence=(told if touched else "") + (fact.closed or ""))
