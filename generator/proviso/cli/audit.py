"""`proviso audit`: run any program against mocks that go wrong, and grade it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path

import click

from proviso import ir, pipeline
from proviso.audit import auditing, environment, program, scenarios
from proviso.audit.evidence import Evidence
from proviso.audit.scenarios import Scenario
from proviso.cli import options, reporting
from proviso.diagnostics import did_you_mean, printable
from proviso.mock.faults import WrongFault

_NAMES = {one.name: one for one in scenarios.scenarios()}


@click.command(
    "audit",
    context_settings={"ignore_unknown_options": True},
    epilog="""\b
Examples:
  proviso audit -- python make_pictures.py
  proviso audit --provider acme -- node app.mjs --url {base_url}
  proviso audit --runs lost,bad-gateway --show-output -- python make_pictures.py
  proviso audit --fault "poll:502 x3" --report sarif=audit.sarif -- ./app

The program finds the mock by ACME_BASE_URL (one such variable a provider), by {base_url} and {key} in its arguments,
or by the proxy that HTTPS_PROXY names: then it needs no change at all. Its key is in the documented variable.
It says by its exit status whether it got what it wanted; a job counts as named when its id is in the output.

\b
Runs: """
    + ", ".join(_NAMES)
    + """

Exit status: 0 clean, 1 findings, 2 misuse.""",
)
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
@click.option("--specs", type=click.Path(path_type=Path), default=Path("specs"), show_default=True)
@click.option("--provider", "names", multiple=True, metavar="NAME", help="Whom the program uses; by default all.")
@click.option("--runs", metavar="NAME,...", help="Only these runs, beside the one where nothing goes wrong.")
@click.option(
    "--fault", "faults", multiple=True, metavar="FAULT", help='One run more, with faults as of "proviso mock".'
)
@click.option("--timeout", type=click.FloatRange(0.1, 86400), default=60, show_default=True, help="Seconds of a run.")
@click.option("--speed", type=click.FloatRange(0.01, 10000), default=20, show_default=True, help="How fast jobs go on.")
@click.option("--at-once", type=click.IntRange(1, 64), default=1, show_default=True, help="Runs at the same time.")
@click.option("--show-output", is_flag=True, help="Show what the program printed in runs with findings.")
@click.option("--verbose", is_flag=True, help="Show the runs without findings too.")
@reporting.report_options
def command(
    *,
    command: tuple[str, ...],
    specs: Path,
    names: tuple[str, ...],
    runs: str | None,
    faults: tuple[str, ...],
    timeout: float,
    speed: float,
    at_once: int,
    show_output: bool,
    verbose: bool,
    form: str,
    targets: tuple[reporting.Target, ...],
) -> None:
    """Run a program against mock providers that fail, and say where it pays twice, loses jobs or waits for ever.

    COMMAND is any program that uses a provider, such as a script or somebody's SDK. It is run once where nothing goes
    wrong, and once for each thing that can. Nothing that it sends leaves this machine.
    """
    chosen = _scenarios(runs, faults)
    found = pipeline.read(specs)
    options.report(found.complaints, "text")
    order = auditing.Order(
        command=command,
        providers=_providers(found.providers, names),
        scenarios=chosen,
        timeout=timeout,
        speed=speed,
        at_once=at_once,
    )
    try:
        audited = asyncio.run(auditing.audit(order, told=_told))
    except program.NotStarted as error:
        raise options.Misuse(printable(str(error))) from None
    except auditing.NothingSent as nothing:
        raise options.Misuse(_nothing(nothing.run, order)) from None
    if show_output:
        _show(audited)
    reporting.deliver(audited.report, form, targets, verbose=verbose)


def _told(run: Evidence) -> None:
    end = "stopped" if run.stopped else f"status {run.ended.status}"
    sent = options.counted(len(run.record.seen), "request")
    click.echo(f"{run.scenario.name}: {sent}, {end}, {run.ended.took:.1f} s", err=True)


def _nothing(run: Evidence, order: auditing.Order) -> str:
    """Say why nothing came, as far as it can be known."""
    ended = "was stopped" if run.stopped else f"ended with status {run.ended.status}"
    said = [f"it {ended} and sent nothing to {' or '.join(one.name for one in order.providers)}"]
    if run.record.distrusted:
        said.append(
            f"it does not trust the proxy's certificate for {', '.join(sorted(set(run.record.distrusted)))}: "
            "let it read SSL_CERT_FILE, or set its base URL"
        )
    if run.record.turned:
        said.append(f"it asked {', '.join(sorted({one.host for one in run.record.turned}))} instead")
    if not run.record.distrusted:
        variables = ", ".join(environment.of_base_url(one) for one in order.providers)
        said.append(f"let it take its address from {variables} or from {{base_url}}, or go through HTTPS_PROXY")
    tail = run.ended.output.strip().splitlines()[-1:]
    said += [f"the last that it printed: {tail[0][:300]}"] if tail else []
    return "\n  ".join(printable(one) for one in said)


def _scenarios(runs: str | None, faults: tuple[str, ...]) -> tuple[Scenario, ...]:
    wrong: list[str] = []
    asked = [] if runs is None else [one.strip() for one in runs.split(",") if one.strip()]
    wrong += [f"{name!r} is no run{_hint(name, _NAMES)}" for name in asked if name not in _NAMES]
    chosen = [_NAMES[name] for name in asked if name in _NAMES]
    if runs is None and not faults:
        chosen = list(_NAMES.values())
    try:
        chosen += [scenarios.given(faults)] if faults else []
    except WrongFault as error:
        wrong.append(str(error))
    if wrong:
        raise options.Misuse("; ".join(wrong))
    return tuple(dict.fromkeys(chosen))


def _providers(known: tuple[ir.Provider, ...], names: tuple[str, ...]) -> tuple[ir.Provider, ...]:
    there = {one.name: one for one in known}
    wrong = [name for name in names if name not in there]
    if wrong:
        raise options.Misuse("; ".join(f"{name!r} is no provider{_hint(name, there)}" for name in wrong))
    return tuple(there[name] for name in dict.fromkeys(names)) or known


def _hint(name: str, known: Iterable[str]) -> str:
    return did_you_mean(name, known) or f"; there are {', '.join(known)}"


def _show(audited: auditing.Audited) -> None:
    told = {one.what for one in audited.report.findings if one.kind != "pass"}
    for run in audited.runs:
        if run.scenario.title in told:
            click.echo(f"--- {run.scenario.name}", err=True)
            click.echo("\n".join(printable(line) for line in run.ended.output.splitlines()), err=True)
