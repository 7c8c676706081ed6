"""`proviso quote`: what a request body will cost."""

from __future__ import annotations

import datetime as dt
import inspect
import sys
from types import ModuleType
from typing import BinaryIO

import click

from proviso.cli import beside, options, target
from proviso_runtime import pricing

_AMOUNTS = ("hold", "charge", "least", "most")


@click.command("quote", epilog="Example: proviso quote acme/still-2 request.json --format json")
@click.argument("model", metavar="PROVIDER/MODEL")
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--currency", help="The currency, where there are prices in several.")
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="The day of the request, where prices change (default: today)."
)
@click.option(
    "--where", multiple=True, metavar="SETTING=VALUE", help="A setting that the price goes by, such as region=eu."
)
@beside.option
@options.package_option
@options.format_option
def command(
    *,
    model: str,
    file: BinaryIO,
    currency: str | None,
    on: dt.datetime | None,
    where: tuple[str, ...],
    beside_the_body: tuple[str, ...],
    package: str,
    form: str,
) -> None:
    """Say what a request body will hold and charge, or why that is unknown.

    FILE holds the JSON body (default: standard input). A body that breaks a limit
    gets no quote: its violations are printed, and the status is 1. One that carries
    several requests costs the sum.
    """
    asked = target.model(model, package)
    text = file.read(target.LONGEST_BODY + 1)
    more = beside.read(asked, beside_the_body)
    breaches = target.breaches(asked, text, more)
    if target.errors(breaches):
        target.report(breaches, form)
        sys.exit(options.FINDINGS)
    reckon = asked.quote_many if target.carries_many(asked) else asked.quote
    quote = reckon(target.read(asked, target.parse(text), more), **_chosen(asked, currency, on, where))
    if form == "json":
        amounts = {name: None if (value := getattr(quote, name)) is None else str(value) for name in _AMOUNTS}
        options.print_json({**amounts, "currency": quote.currency, "known": quote.known, "because": quote.because})
        return
    hold = "unknown" if quote.hold is None else pricing.money(quote.hold, quote.currency)
    click.echo(f"hold     {hold}")
    click.echo(f"charge   {quote.span}")
    click.echo(f"because  {quote.because}")


def _chosen(
    asked: ModuleType, currency: str | None, on: dt.datetime | None, where: tuple[str, ...]
) -> dict[str, object]:
    """Give the arguments that choose one of several prices."""
    settings = [one.partition("=") for one in where]
    chosen: dict[str, object] = {name: value for name, _, value in settings}
    chosen |= {name: value for name, value in (("currency", currency), ("on", on)) if value is not None}
    known = list(inspect.signature(asked.quote).parameters)[1:]
    for name in chosen:
        if name not in known:
            goes = f"by {' and '.join(known)}" if known else "for every request"
            raise click.BadParameter(f"{name!r} makes no difference: there is a price {goes}")
    return chosen
