"""`proviso audit`: run any program against mocks that go wrong, and grade it."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from proviso import ir, pipeline
from proviso.audit import environment, program, scenarios
from proviso.audit.evidence import Evidence
from proviso.audit.scenarios import Scenario
from proviso.cli import options, reporting
from proviso.diagnostics import did_you_mean, printable
from proviso.mock.faults import WrongFault

if TYPE_CHECKING:
    from proviso.audit import auditing

_RUNS = {one.name: one for one in scenarios.scenarios()}
_LISTED = "\n".join(f"  {one.name:<14} {one.title}" for one in _RUNS.values())
_INTERRUPTED = 130


@click.command(
    "audit",
    context_settings={"ignore_unknown_options": True},
    epilog=f"""\b
Examples:
  proviso audit -- python make_pictures.py
  proviso audit --provider acme -- node app.mjs --url {{base_url}} --key {{key}}
  proviso audit --runs lost,polls-fail --show-output -- python make_pictures.py
  proviso audit --fault "poll:502 x3" --report sarif=audit.sarif -- ./app

\b
The program comes to the mock
  by an address: ACME_BASE_URL, one such variable a provider, or {{base_url}} in its arguments;
  or without any change: HTTPS_PROXY and its kin lead there, SSL_CERT_FILE and its kin say whom to trust.
Its key is the mock's, in the documented variable. It says by its exit status whether it got what it wanted.
A job that it gives up counts as named when its id is in the output.

\b
Runs, of which those are made that concern the program:
{_LISTED}

A fault is one of "proviso mock --help". Exit status: 0 clean, 1 findings, 2 misuse.""",
)
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
@click.option(
    "--specs", type=click.Path(path_type=Path), default=Path("specs"), show_default=True, help="Folder of specs."
)
@click.option("--provider", "names", multiple=True, metavar="NAME", help="Whom the program uses; by default all.")
@click.option("--runs", metavar="NAME,...", help="Only these, beside the one where nothing goes wrong.")
@click.option(
    "--fault", "faulty", multiple=True, metavar="FAULT", help="A run with these faults; others as --runs says."
)
@click.option("--timeout", type=click.FloatRange(0.1, 86400), default=90, show_default=True, help="Seconds of a run.")
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
    faulty: tuple[str, ...],
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
    wrong, and once for each thing that can. What it sends by way of the mock's addresses or the proxy stays on this
    machine.
    """
    if os.name != "posix":
        raise options.Misuse("the audit ends programs by their process group, which this system does not have")
    try:
        from proviso.audit import auditing
    except ModuleNotFoundError as missing:
        raise options.Misuse(f"the audit needs {missing.name}: pip install 'proviso[audit]'") from None
    chosen = _scenarios(runs, faulty)
    found = pipeline.read(specs)
    options.report(found.complaints, "text")
    order = auditing.Order(
        command=command,
        providers=_providers(found.providers, names, command),
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
        raise options.Misuse(_nothing(nothing.run, order.providers)) from None
    except KeyboardInterrupt:
        click.echo("interrupted; the program and what it had started were ended", err=True)
        sys.exit(_INTERRUPTED)
    if show_output:
        _show(audited)
    reporting.deliver(audited.report, form, targets, verbose=verbose)


def _told(run: Evidence) -> None:
    end = "stopped" if run.stopped else f"status {run.ended.status}"
    sent = options.counted(len(run.record.seen), "request")
    click.echo(f"{run.scenario.name}: {sent}, {end}, {run.ended.took:.1f} s", err=True)


def _nothing(run: Evidence, providers: Iterable[ir.Provider]) -> str:
    """Say why nothing came, as far as it can be known."""
    ended = "was stopped" if run.stopped else f"ended with status {run.ended.status}"
    said = [f"the program {ended} and sent nothing to {' or '.join(one.name for one in providers)}"]
    if run.record.distrusted:
        hosts = ", ".join(sorted(set(run.record.distrusted)))
        said.append(f"it does not trust the proxy's certificate for {hosts}: let it read SSL_CERT_FILE")
    if run.record.turned:
        said.append(f"it asked {', '.join(sorted({one.host for one in run.record.turned}))} instead")
    variables = ", ".join(environment.of_base_url(one) for one in providers)
    said.append(f"let it take its address from {variables} or from {{base_url}}, or go by the proxy in HTTPS_PROXY")
    tail = run.ended.output.strip().splitlines()[-1:]
    said += [f"the last that it printed: {tail[0][:300]}"] if tail else []
    return "\n  ".join(printable(one) for one in said)


def _scenarios(runs: str | None, faulty: tuple[str, ...]) -> tuple[Scenario, ...]:
    asked = [] if runs is None else [one.strip() for one in runs.split(",") if one.strip()]
    wrong = [f"{name!r} is no run{_hint(name, _RUNS)}" for name in asked if name not in _RUNS]
    chosen = [_RUNS[name] for name in asked if name in _RUNS]
    if runs is None and not faulty:
        chosen = list(_RUNS.values())
    try:
        chosen += [scenarios.given(faulty)] if faulty else []
    except WrongFault as error:
        wrong.append(str(error))
    if wrong:
        raise options.Misuse(printable("; ".join(wrong)))
    return tuple(dict.fromkeys(chosen))


def _providers(
    known: tuple[ir.Provider, ...], names: tuple[str, ...], command: tuple[str, ...]
) -> tuple[ir.Provider, ...]:
    there = {one.name: one for one in known}
    wrong = [f"{name!r} is no provider{_hint(name, there)}" for name in names if name not in there]
    if wrong:
        raise options.Misuse(printable("; ".join(wrong)))
    chosen = tuple(there[name] for name in dict.fromkeys(names)) or known
    if len(chosen) > 1 and any("{base_url}" in one for one in command):
        raise options.Misuse(f"whose {{base_url}}? Say --provider, one of {', '.join(there)}")
    return chosen


def _hint(name: str, known: Iterable[str]) -> str:
    return did_you_mean(name, known) or f"; there are {', '.join(known)}"


def _show(audited: auditing.Audited) -> None:
    told = {one.what for one in audited.report.findings if one.kind != "pass"}
    for run in audited.runs:
        if run.scenario.title in told:
            click.echo(f"--- {run.scenario.name}", err=True)
            click.echo("\n".join(printable(line) for line in run.ended.output.splitlines()), err=True)
