"""What a run found out, as a report: what is denied first, then what stays open and why."""

from __future__ import annotations

from proviso import ir
from proviso.conform.facts import KINDS
from proviso.conform.running import Outcome
from proviso.conform.verdicts import Known
from proviso.reports.findings import Finding, Level, Money, Report


def report(provider: ir.Provider, outcome: Outcome, *, where: str, fits: bool = True, paid: bool = True) -> Report:
    """Return the report of a run.

    Args:
        provider: the one that was asked.
        outcome: what is known.
        where: what was asked, such as an address or a recording.
        fits: whether a recording is of the spec as it is now.
        paid: whether anything was spent for it now.
    """
    summary = [("asked", where), ("requests", str(outcome.asked))]
    summary += [("stopped", reason) for reason in outcome.stops]
    if outcome.missing:
        summary.append(("not in the recording", f"{outcome.missing} requests"))
    if not fits:
        summary.append(("recording", "it was made of another state of the spec"))
    return Report(
        command="proviso conform",
        title=provider.name,
        findings=tuple(map(_finding, outcome.known)),
        rules={kind: KINDS[kind] for kind in sorted({one.fact.kind for one in outcome.known})},
        summary=tuple(summary),
        spent=(Money(amount=outcome.budget.spent, currency=outcome.budget.currency),) if paid else (),
    )


def _finding(known: Known) -> Finding:
    fact = known.fact
    level: Level = "error" if known.standing == "denied" else "none"
    doubts = tuple(("doubt", one.removeprefix("doubts.")) for one in fact.doubts)
    assumed = (("assumed", fact.assumed),) if fact.assumed is not None else ()
    return Finding(
        rule=fact.kind,
        title=fact.id,
        what=fact.what,
        verdict=known.standing,
        level=level,
        message=f"{fact.says} ({known.evidence})",
        place=fact.place,
        open=known.standing == "open",
        details=(*doubts, *assumed) if known.standing == "denied" else (),
    )
