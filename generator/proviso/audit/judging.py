"""Findings about a run: how they are worded, what belongs to them, and what they cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from proviso.audit.evidence import Evidence
from proviso.audit.record import Seen
from proviso.audit.rules import RULES
from proviso.audit.scenarios import CLEAN
from proviso.mock import pricing
from proviso.oracle.subject import Subject
from proviso.reports.findings import Finding, Level

_SHOWN = 24  # requests of a timeline


def finding(
    rule: str,
    message: str,
    *,
    run: Evidence,
    about: Subject | None,
    cost: str | None = None,
    level: Level | None = None,
    is_open: bool = False,
) -> Finding:
    """Make a finding about a run.

    Args:
        rule: one of RULES.
        message: what the program did, in one sentence.
        run: what was seen.
        about: the model that it concerns; None where it concerns none.
        cost: what it would have cost, where it costs something.
        level: another one than the rule's.
        is_open: whether the run was too short to decide it.
    """
    known = RULES[rule]
    details = [("cost", cost)] if cost is not None else []
    details += timeline(run)
    details += [("a careful client", known.careful)] if known.careful else []
    return Finding(
        rule=rule,
        title="the program" if about is None else f"{about!r}",
        what=run.scenario.title,
        verdict=known.verdict if not is_open else f"{known.verdict} (open)",
        level=level or known.level,
        message=message,
        place=None if about is None else about.model.place,
        open=is_open,
        details=tuple(details),
    )


def nothing(run: Evidence, about: Subject | None) -> Finding:
    """Say that a run brought nothing to light, or that nothing could go wrong in it.

    Args:
        run: what was seen.
        about: the model that it concerns.
    """
    if run.has_met:
        return finding("scenario", "nothing was found", run=run, about=about)
    met = finding("scenario", "the program did nothing that could go wrong so", run=run, about=about, is_open=True)
    return replace(met, verdict="not met")


def timeline(run: Evidence) -> list[tuple[str, str]]:
    """Return what happened in a run, a line a request and one for the end."""
    seen = run.record.seen
    lines = [(f"{one.at:.1f}s", _line(one)) for one in seen]
    if len(lines) > _SHOWN:
        half = _SHOWN // 2
        lines = [*lines[:half], ("...", f"{len(lines) - _SHOWN} more requests"), *lines[-half:]]
    end = "it was stopped" if run.stopped else f"it ended with status {run.ended.status}"
    return [*lines, (f"{run.ended.took:.1f}s", end)]


def cost(seen: Iterable[Seen]) -> str:
    """Say what paid requests cost in all, at most."""
    accepted = list(seen)
    amounts = [one.cost for one in accepted]
    if not accepted or None in amounts:
        return "nobody knows: no document gives a price"
    subject = accepted[0].subject
    unit = "" if subject is None else f" {pricing.currency(subject.provider)}"
    return f"{sum((one for one in amounts if one is not None), Decimal(0)):f}{unit}"


def united(findings: Iterable[Finding], *, everywhere: Iterable[str]) -> tuple[Finding, ...]:
    """Say once what was found in several runs alike, and say of the rest when it was.

    Args:
        findings: those of all the runs, in their order.
        everywhere: rules whose findings are not about what went wrong.
    """
    once = frozenset(everywhere)
    found: dict[tuple[str, str, str], Finding] = {}
    for one in findings:
        key = (one.rule, one.title, one.message if one.rule in once else one.what + one.message)
        first = found.setdefault(key, one)
        if first is not one and first.what != one.what:
            found[key] = replace(first, details=(*first.details, ("also when", one.what)))
    return tuple(one if one.what == CLEAN.title else _dated(one) for one in found.values())


def _dated(one: Finding) -> Finding:
    return replace(one, message=f"when {one.what}: {one.message}")


def _line(one: Seen) -> str:
    entry = one.entry
    told = "no whole reply" if entry.status is None else str(entry.status)
    parts = [f"{entry.verb} {entry.path}", f"({entry.operation})", "->", told]
    parts += [f"[{entry.fault}]"] if entry.fault is not None else []
    parts += [one.phase] if one.heard and one.phase is not None else []
    return " ".join(parts)
