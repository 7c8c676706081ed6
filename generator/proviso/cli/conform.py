"""`proviso conform`: what a provider confirms of its spec, and what it denies."""

from __future__ import annotations

import fnmatch
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

import click

from proviso import ir, load, pipeline
from proviso.cli import choosing, conform_asking, conform_plan, conform_view, options
from proviso.cli.conform_asking import Address
from proviso.cli.reporting import Target, deliver, report_options
from proviso.conform import costs, planning, reporting, stated, witnesses
from proviso.conform.facts import KINDS, Fact
from proviso.conform.running import Asker, Outcome, Run
from proviso.conform.secrets_kept import Veil
from proviso.conform.spending import Budget
from proviso.diagnostics import did_you_mean

_NO_END = Decimal(10) ** 12
"""A cap for what was paid already."""


class _Amount(click.ParamType[Decimal]):
    name = "amount"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """Read an amount of money."""
        try:
            amount = Decimal(str(value))
        except InvalidOperation:
            self.fail(f"{value!r} is no amount; one is written like 0.10", param, ctx)
        if not amount.is_finite() or amount < 0 or abs(amount) >= _NO_END:
            self.fail(f"{value!r} is no amount that can be spent; one is written like 0.10", param, ctx)
        return amount


@click.command(
    "conform",
    epilog="""\b
Examples:
  proviso conform acme --dry-run                        what would be asked, and what it costs
  proviso conform acme/still-2 --max-spend 0.50         ask the provider, with the key of its variable
  proviso conform acme --max-spend 0                    only what cannot cost anything
  proviso conform acme --facts '*sizes*' --max-spend 2  facts by their names, or by a kind such as limit
  proviso conform acme --record witnesses/acme          keep what was asked and heard, without secrets
  proviso conform acme --replay witnesses/acme --report junit=conform.xml --report sarif=conform.sarif
  ACME_API_KEY=mock-key proviso conform acme --base-url http://127.0.0.1:4010 --poll-every 0

\b
A request counts with the most that it may cost, before it is sent: also one that the
provider is to refuse, since it may take it. One whose price is not documented is too
dear unless --assume-price says what to count with. The amounts are in the currency of
the provider's prices.

Exit status: 0 nothing is denied, 1 something is, 2 misuse.""",
)
@click.argument("target", metavar="PROVIDER[/MODEL]")
@click.option("--specs", type=click.Path(path_type=Path), default="specs", show_default=True, help="Folder of specs.")
@click.option("--base-url", metavar="URL", help="Ask there and not at the documented address, such as a mock.")
@click.option("--api-key-env", metavar="NAME", help="Variable that holds the key, in place of the documented one.")
@click.option("--max-spend", type=_Amount(), default="0.10", show_default=True, help="The most that may be spent.")
@click.option("--assume-price", type=_Amount(), help="What a request without a documented price counts as.")
@click.option("--facts", "pattern", metavar="GLOB", help="Facts by name or kind, such as '*sizes*' or limit.")
@click.option("--poll-every", type=click.FloatRange(min=0), help="Seconds between polls, for the documented ones.")
@click.option("--job-timeout", type=click.FloatRange(min=0), default=600, show_default=True, help="Seconds for a job.")
@click.option("--dry-run", is_flag=True, help="Print what would be asked, and what it costs. Sends nothing.")
@click.option("--record", type=click.Path(path_type=Path, file_okay=False), help="Folder to keep what was heard in.")
@click.option(
    "--replay", type=click.Path(path_type=Path, file_okay=False), help="Judge what such a folder keeps. Sends nothing."
)
@click.option("-v", "--verbose", is_flag=True, help="Show what is confirmed as well.")
@report_options
def command(
    *,
    target: str,
    specs: Path,
    base_url: str | None,
    api_key_env: str | None,
    max_spend: Decimal,
    assume_price: Decimal | None,
    pattern: str | None,
    poll_every: float | None,
    job_timeout: float,
    dry_run: bool,
    record: Path | None,
    replay: Path | None,
    verbose: bool,
    form: str,
    targets: tuple[Target, ...],
) -> None:
    """Say, fact by fact, what a provider confirms of its spec, what it denies, and what stays open.

    Free questions come first: without a key, with a wrong one, and one request for every
    rule that breaks it. Then paid ones, the cheapest that show the most of what is open,
    within --max-spend.
    """
    if replay is not None and (record is not None or dry_run):
        raise click.UsageError("--replay goes neither with --record nor with --dry-run")
    provider, facts = _read(specs, target)
    wanted = _chosen(facts, pattern)
    budget = Budget(cap=max_spend, currency=_currency(provider), assumed=assume_price)
    if dry_run:
        plan = planning.plan(stated.subjects(provider), wanted, budget.currency)
        conform_plan.show(plan, budget, facts=len(wanted), form=form)
        return
    if replay is not None:
        _replayed(provider, facts, wanted, replay, form=form, targets=targets, verbose=verbose)
        return
    every = None if poll_every is None else Decimal(str(poll_every))
    address = Address(base=base_url, key_variable=api_key_env)
    follower = conform_asking.follower(provider, address, every=every, patience=job_timeout)
    asker: Asker = follower
    if record is not None:
        veil = Veil([follower.keys.key, follower.keys.secret])
        recorder = witnesses.Recorder(asker=follower, folder=record, provider=provider, veil=veil)
        with options.disk():
            recorder.begin()
        asker = recorder
    with options.disk():
        outcome = _run(provider, facts, wanted, budget, asker)
    if not outcome.answered:
        raise options.Misuse(f"{follower.home.base} cannot be asked: {'; '.join(outcome.stops)}")
    told = reporting.report(provider, outcome, where=follower.home.base)
    if all(one.open for one in told.findings) and pattern is None:
        # A page of a gateway, or another service, denies nothing; a green run would be a lie.
        raise options.Misuse(
            f"{follower.home.base} answers, and nothing that it says is of {provider.name}: is it the right address?"
        )
    deliver(told, form, targets, verbose=verbose)


def _replayed(
    provider: ir.Provider,
    facts: Mapping[str, Fact],
    wanted: Mapping[str, Fact],
    folder: Path,
    *,
    form: str,
    targets: tuple[Target, ...],
    verbose: bool,
) -> None:
    paid = Budget(cap=_NO_END, currency=_currency(provider), assumed=Decimal(0))
    try:
        recording = witnesses.opened(folder, provider)
        outcome = _run(provider, facts, wanted, paid, recording)
    except witnesses.UnreadableError as error:
        raise options.Misuse(str(error)) from None
    report = reporting.report(provider, outcome, where=f"the recording {folder}", fits=recording.fits, paid=False)
    deliver(report, form, targets, verbose=verbose)


def _run(
    provider: ir.Provider, facts: Mapping[str, Fact], wanted: Mapping[str, Fact], budget: Budget, asker: Asker
) -> Outcome:
    with conform_view.progress(budget) as tell:
        return Run(provider=provider, facts=facts, wanted=wanted, budget=budget, asker=asker, tell=tell).outcome()


def _read(specs: Path, target: str) -> tuple[ir.Provider, dict[str, Fact]]:
    with options.working(f"Reading {specs}"):
        found = pipeline.read(specs)
    options.report(found.complaints, "text")
    name, slash, wanted = target.partition("/")
    if not name or (slash and not wanted):
        raise click.BadParameter(f"{target!r} is not of the form PROVIDER or PROVIDER/MODEL", param_hint="PROVIDER")
    (provider,) = choosing.providers(found.providers, name)
    if wanted:
        provider = choosing.with_one_model(provider, wanted)
    folders, _ = load.load_folders(specs, shown=specs.as_posix())
    documents = {one.path: one for folder in folders for one in (folder.provider, *folder.models)}
    return provider, stated.facts(provider, documents)


def _currency(provider: ir.Provider) -> str:
    known = (costs.currency(model) for model in provider.models)
    return next((one for one in known if one is not None), "USD")


def _chosen(facts: dict[str, Fact], pattern: str | None) -> dict[str, Fact]:
    if pattern is None:
        return facts
    kept = {key: one for key, one in facts.items() if fnmatch.fnmatchcase(key, pattern) or one.kind == pattern}
    if not kept:
        hint = did_you_mean(pattern, KINDS)
        raise click.BadParameter(f"no fact is named like {pattern!r}{hint}", param_hint="--facts")
    return kept
