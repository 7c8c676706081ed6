"""`proviso quote`: what a request body will cost."""

from __future__ import annotations

import datetime as dt
import inspect
import sys
from typing import BinaryIO

import click

from proviso.cli import options, target

_AMOUNTS = ("hold", "charge", "least", "most")


@click.command("quote", epilog="Example: proviso quote acme/still-2 request.json --format json")
@click.argument("model", metavar="PROVIDER/MODEL")
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--currency", help="The currency, where there are prices in several.")
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="The day of the request, where prices change (default: today)."
)
@options.package_option
@options.format_option
def command(
    *, model: str, file: BinaryIO, currency: str | None, on: dt.datetime | None, package: str, form: str
) -> None:
    """Say what a request body will hold and charge, or why that is unknown.

    FILE holds the JSON body (default: standard input). A body that breaks a limit
    gets no quote: its violations are printed, and the status is 1.
    """
    asked = target.model(model, package)
    text = file.read(target.LONGEST_BODY + 1)
    if breaches := target.breaches(asked, text):
        target.report(breaches, form)
        sys.exit(options.FINDINGS)
    chosen = {name: value for name, value in (("currency", currency), ("on", on)) if value is not None}
    known = inspect.signature(asked.quote).parameters
    for name in chosen.keys() - known.keys():
        raise click.BadParameter(f"{model} has one price for all", param_hint=f"--{name}")
    quote = asked.quote(asked.from_body(target.parse(text)), **chosen)
    if form == "json":
        amounts = {name: None if (value := getattr(quote, name)) is None else str(value) for name in _AMOUNTS}
        options.print_json({**amounts, "currency": quote.currency, "known": quote.known, "because": quote.because})
        return
    hold = "unknown" if quote.hold is None else f"{quote.hold} {quote.currency}"
    click.echo(f"hold     {hold}")
    click.echo(f"charge   {quote.span}")
    click.echo(f"because  {quote.because}")
