"""`proviso conform`: what a provider confirms of its spec, and what it denies."""

from __future__ import annotations

import fnmatch
from decimal import Decimal, InvalidOperation
from pathlib import Path

import click

from proviso import ir, pipeline
from proviso.cli import choosing, conform_plan, options
from proviso.cli.reporting import report_options
from proviso.conform import costs, planning, stated
from proviso.conform.facts import Fact
from proviso.conform.spending import Budget


class _Amount(click.ParamType[Decimal]):
    name = "amount"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """Read an amount of money."""
        try:
            amount = Decimal(str(value))
        except InvalidOperation:
            self.fail(f"{value!r} is no amount; one is written like 0.10", param, ctx)
        if not amount.is_finite() or amount < 0:
            self.fail(f"{value!r} is no amount that can be spent; one is written like 0.10", param, ctx)
        return amount


@click.command("conform")
@click.argument("target", metavar="PROVIDER[/MODEL]")
@click.option(
    "--specs", type=click.Path(path_type=Path), default=Path("specs"), show_default=True, help="Folder of specs."
)
@click.option("--max-spend", type=_Amount(), default="0.10", show_default=True, help="The most that may be spent.")
@click.option("--assume-price", type=_Amount(), help="What a request without a documented price counts as.")
@click.option("--facts", "pattern", metavar="GLOB", help="Ask about facts with such names only, such as '*sizes*'.")
@click.option("--dry-run", is_flag=True, help="Print what would be asked, and what it costs. Sends nothing.")
@report_options
def command(
    *,
    target: str,
    specs: Path,
    max_spend: Decimal,
    assume_price: Decimal | None,
    pattern: str | None,
    dry_run: bool,
    form: str,
    targets: object,
) -> None:
    """Say, fact by fact, what a provider confirms of its spec, what it denies, and what stays open."""
    del targets
    with options.working(f"Reading {specs}"):
        found = pipeline.read(specs)
    options.report(found.complaints, "text")
    name, _, wanted = target.partition("/")
    (provider,) = choosing.providers(found.providers, name)
    if wanted:
        provider = choosing.with_one_model(provider, wanted)
    budget = Budget(cap=max_spend, currency=_currency(provider), assumed=assume_price)
    facts = _chosen(stated.facts(provider), pattern)
    if dry_run:
        plan = planning.plan(stated.subjects(provider), facts, budget.currency)
        conform_plan.show(plan, budget, facts=len(facts), form=form)


def _currency(provider: ir.Provider) -> str:
    known = (costs.currency(model) for model in provider.models)
    return next((one for one in known if one is not None), "USD")


def _chosen(facts: dict[str, Fact], pattern: str | None) -> dict[str, Fact]:
    if pattern is None:
        return facts
    kept = {key: one for key, one in facts.items() if fnmatch.fnmatchcase(key, pattern) or one.kind == pattern}
    if not kept:
        raise click.BadParameter(f"no fact is named like {pattern!r}", param_hint="--facts")
    return kept
