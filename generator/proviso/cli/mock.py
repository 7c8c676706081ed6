"""`proviso mock`: the documented providers as a server."""

from __future__ import annotations

import gc
import ipaddress
import json
import math
import sys
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path

import click

from proviso import ir, shipped
from proviso.cli import choosing, kept_specs, mock_view, options
from proviso.mock import faults
from proviso.mock import options as setting
from proviso.mock.clock import ByPoll, Clock, Running
from proviso.mock.provider_mock import Mock


@click.command(
    "mock",
    epilog="""\b
Examples:
  proviso mock                                      every provider of specs, on port 4010
  proviso mock acme --speed 100 --balance 10        jobs a hundred times faster, 10 to spend
  proviso mock acme --fault "poll:502 x2" --fault "submit:lost after 1"
  proviso mock --chaos 0.1 --seed 7                 a tenth of the requests goes wrong
  proviso mock acme --explain                       what of this is documented, what is guessed
  curl localhost:4010/__proviso__/books             requests, jobs and money

\b
A fault is STEP:WHAT, then a time, a number and a start as need be: poll:502 x2, poll:slow 3s, submit:lost after 1.
Steps: submit, immediate, poll, collect, cancel, resolve, file, callback, job, any.
WHAT: a status, drop, lost, half, hang, slow, garbage; billed (a refusal costs money); of jobs failed, moderated,
expired, partial, stuck; of callbacks lost, twice, slow.

Exit status: 0 stopped by Ctrl-C or SIGTERM, 1 the specs have complaints, 2 misuse.""",
)
@click.argument("providers", nargs=-1, metavar="[PROVIDER]...")
@click.option(
    "--specs", type=click.Path(path_type=Path), help="Folder of specs; by default specs, else those of this package."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=4010, show_default=True, help="0 for any free one.")
@click.option("--speed", default="1", show_default=True, help="How many times faster than documented, or poll.")
@click.option("--balance", help="What there is to spend, in each provider's currency; no end of it by default.")
@click.option("--price", help="What a request without a documented price costs; nobody knows by default.")
@click.option("--fault", "faulty", multiple=True, metavar="FAULT", help="What goes wrong; see below. Repeatable.")
@click.option("--chaos", type=click.FloatRange(0, 1), default=0.0, help="Share of requests that go wrong by chance.")
@click.option("--seed", type=int, default=0, show_default=True, help="How chance begins.")
@click.option("--key", default=setting.KEY, show_default=True, help="The only key that is taken.")
@click.option("--keep", type=click.IntRange(1), default=20_000, show_default=True, help="Finished jobs that are kept.")
@click.option(
    "--allow-private-callbacks", "private", is_flag=True, help="Let callbacks go to this machine and to its networks."
)
@click.option("--explain", is_flag=True, help="Say what of it is documented and what is guessed, and serve nothing.")
@click.option("--log/--no-log", "logs", default=None, help="A line a request; by default on a terminal alone.")
@options.format_option
def command(
    *,
    providers: tuple[str, ...],
    specs: Path | None,
    host: str,
    port: int,
    speed: str,
    balance: str | None,
    price: str | None,
    faulty: tuple[str, ...],
    chaos: float,
    seed: int,
    key: str,
    keep: int,
    private: bool,
    explain: bool,
    logs: bool | None,
    form: str,
) -> None:
    """Serve each PROVIDER, or all, as the specs document it: it checks, bills, works, delivers and forgets.

    Keys of a mock are no secrets, and money at it is none.
    """
    settings = setting.Options(
        key=_key(key),
        balance=_amount(balance, "--balance"),
        price=_amount(price, "--price"),
        faults=_faults(faulty),
        share=chaos,
        seed=seed,
        keep=keep,
        private_callbacks=private,
        clock=_clock(speed),
    )
    chosen = _chosen(specs, providers, form)
    if explain:
        mock_view.explain(chosen, settings, form)
        return
    _serve(Mock(chosen, settings), host=host, port=port, logs=sys.stdout.isatty() if logs is None else logs, form=form)


def _serve(mock: Mock, *, host: str, port: int, logs: bool, form: str) -> None:
    try:
        from proviso.mock import serving
    except ModuleNotFoundError as missing:
        raise options.Misuse(f"the mock needs {missing.name}: pip install 'proviso[mock]'") from None
    try:
        at = serving.listening(host, port)
    except serving.CannotListen as wrong:
        raise options.Misuse(str(wrong)) from None
    told: Callable[..., None] | None = (mock_view.log_json if form == "json" else mock_view.log) if logs else None
    server = serving.Server(mock, at, told=told)

    def ready() -> None:
        if form == "json":
            click.echo(json.dumps(mock_view.as_json(mock, server.origin)))
        else:
            mock_view.welcome(mock, server.origin)
        if not _is_loopback(at.getsockname()[0]):
            click.echo(f"warning: {host} can be reached from other machines, and so can the mock", err=True)

    gc.freeze()  # what the specs say lives as long as the mock
    server.run(ready=ready)
    if form == "json":
        click.echo(json.dumps({"stopped": mock_view.summary(mock)}))
    else:
        mock_view.farewell(mock)


def _chosen(named: Path | None, names: tuple[str, ...], form: str) -> tuple[ir.Provider, ...]:
    try:
        specs = shipped.nearest(Path()) if named is None else named
    except FileNotFoundError as missing:
        raise options.Misuse(f"there is no folder specs here, and {missing}") from None
    found, complaints = kept_specs.read(specs)
    options.report(complaints, form)
    chosen = {one.name: one for name in names or ("",) for one in choosing.providers(found, name)}
    return tuple(chosen.values())


def _key(key: str) -> str:
    if not key or not key.isascii() or not key.isprintable() or " " in key:
        raise click.BadParameter("a key is of visible ASCII characters", param_hint="--key")
    return key


def _faults(texts: tuple[str, ...]) -> tuple[faults.Fault, ...]:
    try:
        return faults.parse_all(texts)
    except faults.WrongFault as wrong:
        raise click.BadParameter(str(wrong), param_hint="--fault") from None


def _clock(speed: str) -> Clock:
    if speed == "poll":
        return ByPoll()
    try:
        times = float(speed)
    except ValueError:
        times = math.nan
    if not 0 < times <= 1e6:
        raise click.BadParameter(f"{speed!r} is neither a number such as 100 nor poll", param_hint="--speed")
    return Running(times)


def _amount(text: str | None, option: str) -> Decimal | None:
    if text is None:
        return None
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0 or amount > 10**12:
        raise click.BadParameter(f"{text!r} is no amount of money such as 0.05", param_hint=option)
    return amount


def _is_loopback(address: str) -> bool:
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback
