"""`proviso validate`: what is wrong with a request body, before it is sent."""

from __future__ import annotations

import sys
from typing import BinaryIO

import click

from proviso.cli import beside, options, target


@click.command(
    "validate",
    epilog="""\b
Examples:
  proviso validate acme/still-2 request.json
  echo '{"input": {}}' | proviso validate acme/still-2
  proviso validate acme/still-2 request.json --with style=anime
  proviso validate acme/still-2 requests.jsonl --lines""",
)
@click.argument("model", metavar="PROVIDER/MODEL")
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--lines", is_flag=True, help="One JSON body a line; any number of lines in constant memory.")
@beside.option
@options.package_option
@options.format_option
def command(
    model: str, file: BinaryIO, package: str, form: str, *, lines: bool, beside_the_body: tuple[str, ...]
) -> None:
    """Check a request body as it would go over the wire; nothing is sent.

    FILE holds the JSON body (default: standard input). What is only advised is printed as well; it refuses no
    request, so the status is 0.
    """
    checked = target.model(model, package)
    more = beside.read(checked, beside_the_body)
    found = 0
    if lines:
        for number, text in target.bodies(file):
            found += target.report(target.breaches(checked, text, more), form, line=number)
    else:
        found = target.report(target.breaches(checked, file.read(target.LONGEST_BODY + 1), more), form)
    if found:
        sys.exit(options.FINDINGS)
