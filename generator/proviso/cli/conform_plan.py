"""The plan of a conformance run, as `--dry-run` shows it."""

from __future__ import annotations

import copy

import click

from proviso.cli import options
from proviso.conform.planning import Plan
from proviso.conform.probes import Probe
from proviso.conform.spending import Budget
from proviso.diagnostics import printable

_NAMED = 5  # facts of a request that are named


def show(plan: Plan, budget: Budget, *, facts: int, form: str) -> None:
    """Print what would be asked and what it would cost when every reply is as documented; nothing is sent.

    facts: how many there are.
    """
    if form not in ("text", "json"):
        raise options.Misuse("a plan is written as text or JSON: --format text or --format json")
    left = copy.copy(budget)
    rows = [(one, _hindrance(one, left)) for one in plan.all]
    if form == "json":
        options.print_json(_document(rows, left, facts))
        return
    width = max((len(_money(one, budget)) for one, _ in rows), default=0)
    for number, (one, hindrance) in enumerate(rows, 1):
        mark = click.style("-", fg="yellow") if hindrance else click.style("+", fg="green")
        click.echo(f"{mark} {number:>3}  {_money(one, budget):>{width}}  {printable(one.says)}")
        if one.asking == "request" and one.facts:
            click.echo(f"{'':>{width + 9}}{printable(_shown(one))}")
        if hindrance:
            click.echo(f"{'':>{width + 9}}not sent: {hindrance}")
    sent = [one for one, hindrance in rows if hindrance is None]
    shown = {fact for one in sent for fact in one.facts}
    click.echo(
        f"{options.counted(len(sent), 'request')} of {len(rows)} would be sent, for {left.spent:f} {budget.currency} "
        f"of {budget.cap:f}, to settle up to {len(shown)} of {facts} facts beside those that any reply shows",
        err=True,
    )


def _hindrance(probe: Probe, left: Budget) -> str | None:
    hindrance = left.hindrance(probe.most)
    if hindrance is None:
        left.settle(left.reserve(probe.most), left.price(probe.cost) or left.cap * 0)
    return hindrance


def _shown(probe: Probe) -> str:
    """Say what a request shows, those first of which there is but one place to see them."""
    named = sorted({fact.partition(" ")[2].removeprefix("parameters.") for fact in probe.facts}, key=_weight)
    more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    return f"shows {', '.join(named[:_NAMED])}{more}, beside what any reply shows"


def _weight(what: str) -> tuple[bool, str]:
    return not what.startswith(("sizes[", "output.")), what


def _money(probe: Probe, budget: Budget) -> str:
    cost = budget.price(probe.cost)
    return "unknown" if cost is None else f"{cost:f} {budget.currency}" if cost else "free"


def _document(rows: list[tuple[Probe, str | None]], left: Budget, facts: int) -> dict[str, object]:
    return {
        "currency": left.currency,
        "cap": f"{left.cap:f}",
        "cost": f"{left.spent:f}",
        "facts": facts,
        "requests": [
            {
                "id": one.id,
                "asking": one.asking,
                "model": repr(one.subject),
                "says": one.says,
                "cost": None if one.cost is None else f"{one.cost:f}",
                "at_most": None if one.most is None else f"{one.most:f}",
                "settles": sorted(one.facts),
                "not_sent": hindrance,
            }
            for one, hindrance in rows
        ],
    }
