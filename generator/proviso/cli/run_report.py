"""What `proviso run` says before and afterwards."""

from __future__ import annotations

import json
from decimal import Decimal

import click

from proviso.cli import options
from proviso.cli.run_options import Asked
from proviso.diagnostics import printable
from proviso_runtime import batches
from proviso_runtime.batches.money import Sums
from proviso_runtime.batches.planning import OnFinding
from proviso_runtime.batches.tally import Tally

_SENDS = {
    "send": "to send",
    "wait": "accepted before, to wait for",
    "collect": "to fetch again",
    "done": "done before",
    "keep": "not to be sent again",
}


def finding(form: str) -> OnFinding:
    """Give what prints what is wrong with a line, or advised against."""

    def show(one: batches.Finding) -> None:
        if form == "json":
            told = {"line": one.line, "at": one.at, "rule": one.rule, "message": one.message, "severity": one.severity}
            click.echo(json.dumps(told))
            return
        at = click.style(printable(one.at) or "the line", bold=True)
        rule = f"[{one.rule}{', advice' if one.severity == 'advice' else ''}]"
        click.echo(f"line {one.line}: {at}: {one.message} {click.style(rule, fg='yellow')}", err=True)

    return show


def plan(plan: batches.Plan, form: str, *, err: bool = False) -> None:
    """Say what will be sent and what it costs."""
    if form == "json":
        click.echo(json.dumps(_planned(plan)))
        return
    told = [f"{number} {_SENDS[action]}" for action, number in sorted(plan.actions.items(), reverse=True) if number]
    wrong = f", {plan.invalid} wrong" if plan.invalid else ""
    click.echo(f"{options.counted(plan.lines + plan.invalid, 'line')}{wrong}: {', '.join(told) or 'none'}", err=err)
    if plan.actions["send"]:
        unpriced = f", and {plan.unpriced} without a known price" if plan.unpriced else ""
        click.echo(f"sending costs {_span(plan)}{unpriced}", err=err)
    if plan.charged.amounts or plan.held.amounts:
        click.echo(f"earlier runs: charged {plan.charged}, held {plan.held}", err=err)


def summary(tally: Tally, plan: batches.Plan, asked: Asked) -> None:
    """Say what came of it."""
    if asked.form == "json":
        click.echo(json.dumps({**_summed(tally), "invalid": plan.invalid}))
        return
    parts = [f"{tally.succeeded} of {options.counted(tally.lines, 'line')} succeeded"]
    parts += [f"{number} {state}" for state, number in sorted(tally.states.items()) if state != "succeeded" and number]
    parts += [f"{tally.left} still running"] if tally.left else []
    parts += [f"{tally.untried} not sent"] if tally.untried else []
    parts += [f"{plan.invalid} left out, wrong"] if plan.invalid else []
    click.echo(", ".join(parts))
    click.echo(f"charged {tally.charged}, held {tally.held}; {asked.out / 'results.jsonl'} has a line for each")
    if tally.stopped is not None:
        click.echo(f"stopped: {printable(tally.stopped)}", err=True)
    if tally.unknown:
        click.echo(
            f"{options.counted(tally.unknown, 'request')} may have been accepted and billed, or not. When each was "
            "sent, and the digest of its body, stand in results.jsonl: look at the provider's list of jobs or at the "
            "balance. --retry-unknown sends them again; what was accepted is then paid for twice",
            err=True,
        )
    if tally.left or tally.untried:
        click.echo(f"the same command goes on, and pays for nothing twice:\n  {asked.again}", err=True)


def _span(plan: batches.Plan) -> str:
    return str(plan.most) if plan.least.amounts == plan.most.amounts else f"{plan.least} to {plan.most}"


def _planned(plan: batches.Plan) -> dict[str, object]:
    return {
        "lines": plan.lines,
        "invalid": plan.invalid,
        **{action: plan.actions[action] for action in ("send", "wait", "collect", "done", "keep")},
        "least": _amounts(plan.least),
        "most": _amounts(plan.most),
        "unpriced": plan.unpriced,
        "charged": _amounts(plan.charged),
        "held": _amounts(plan.held),
        "refused": None if plan.refusal is None else str(plan.refusal),
    }


def _summed(tally: Tally) -> dict[str, object]:
    return {
        "lines": tally.lines,
        "states": dict(tally.states),
        "before": tally.before,
        "running": tally.left,
        "untried": tally.untried,
        "charged": _amounts(tally.charged),
        "held": _amounts(tally.held),
        "stopped": tally.stopped,
    }


def _amounts(sums: Sums) -> dict[str, str]:
    return {currency: _plain(amount) for currency, amount in sums.amounts.items()}


def _plain(amount: Decimal) -> str:
    return f"{amount:f}"
