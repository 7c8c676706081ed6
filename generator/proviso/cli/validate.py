"""`proviso validate`: what is wrong with a request body, before it is sent."""

from __future__ import annotations

import json
import sys
from types import ModuleType
from typing import BinaryIO

import click

from proviso.cli import options, target
from proviso.diagnostics import printable
from proviso_runtime.errors import RequestInvalid


@click.command(
    "validate",
    epilog="""\b
Examples:
  proviso validate acme/still-2 request.json
  echo '{"input": {}}' | proviso validate acme/still-2
  proviso validate acme/still-2 requests.jsonl --lines""",
)
@click.argument("model", metavar="PROVIDER/MODEL")
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--lines", is_flag=True, help="One JSON body a line; any number of lines in constant memory.")
@options.package_option
@options.format_option
def command(model: str, file: BinaryIO, package: str, form: str, *, lines: bool) -> None:
    """Check a request body as it would go over the wire; nothing is sent.

    FILE holds the JSON body (default: standard input).
    """
    checked = target.model(model, package)
    found = 0
    if lines:
        for number, text in target.bodies(file):
            found += _report(_breaches(checked, text), form, number)
    else:
        found = _report(_breaches(checked, file.read(target.LONGEST_BODY + 1)), form, None)
    if found:
        sys.exit(options.FINDINGS)


def _breaches(checked: ModuleType, text: bytes | None) -> list[dict[str, str]]:
    try:
        checked.from_body(target.parse(text))
    except target.BodyError as error:
        return [{"at": "", "rule": "json", "message": str(error), "severity": "error"}]
    except RequestInvalid as invalid:
        return [
            {"at": one.at, "rule": one.rule, "message": one.message, "severity": one.severity}
            for one in invalid.violations
        ]
    return []


def _report(breaches: list[dict[str, str]], form: str, line: int | None) -> int:
    if form == "json":
        where = {} if line is None else {"line": line}
        found = {**where, "valid": not breaches, "violations": breaches}
        click.echo(json.dumps(found, ensure_ascii=True, indent=None if line is not None else 2))
        return len(breaches)
    prefix = "" if line is None else f"line {line}: "
    for one in breaches:
        at = printable(one["at"]) or "the body"
        click.echo(
            f"{prefix}{click.style(at, bold=True)}: {one['message']} {click.style('[' + one['rule'] + ']', fg='yellow')}"
        )
    if line is None and not breaches:
        click.echo("valid", err=True)
    return len(breaches)
