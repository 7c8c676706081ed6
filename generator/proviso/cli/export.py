"""`proviso export`: what is documented, in the languages of other people's tools."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from proviso import ir, pipeline
from proviso.cli import choosing, options
from proviso.exports import arazzo, openapi, text
from proviso.kind_schemas import Schema

Command = TypeVar("Command", bound=Callable[..., object])

_STDOUT = Path("-")


def _options(command: Command) -> Command:
    """Add what both languages are asked with."""
    specs = click.option(
        "--specs", type=click.Path(path_type=Path), default=Path("specs"), show_default=True, help="Folder of specs."
    )
    out = click.option(
        "--out",
        metavar="DIR|-",
        type=click.Path(path_type=Path, allow_dash=True),
        default=_STDOUT,
        show_default=True,
        help="Folder to write to; - for a single document on standard output.",
    )
    return click.argument("provider", default="")(specs(out(command)))


@click.group(
    "export",
    epilog="""\b
Examples:
  proviso export openapi acme > acme.openapi.json
  proviso export openapi --out out
  proviso export arazzo acme --out out""",
)
def command() -> None:
    """Write documents for other people's tools, one a provider, from the same specs as the clients."""


@command.command("openapi", epilog="Example: proviso export openapi acme --out out")
@_options
def _openapi(provider: str, specs: Path, out: Path) -> None:
    """Write the operations of PROVIDER, or of all, as OpenAPI 3.1."""
    _write("openapi", openapi.document, provider, specs=specs, out=out)


@command.command("arazzo", epilog="Example: proviso export arazzo acme --out out")
@_options
def _arazzo(provider: str, specs: Path, out: Path) -> None:
    """Write how the results of PROVIDER, or of all, are come by as Arazzo 1.0.1 workflows.

    The operations are those of the OpenAPI document, which is looked for in the same folder.
    """
    _write("arazzo", _workflows, provider, specs=specs, out=out)


def _workflows(provider: ir.Provider) -> Schema:
    return arazzo.document(provider, beside=f"./{_name(provider, 'openapi')}")


def _write(language: str, document: Callable[[ir.Provider], Schema], provider: str, *, specs: Path, out: Path) -> None:
    found = pipeline.read(specs)
    options.report(found.complaints, "text")
    chosen = choosing.providers(found.providers, provider)
    if out == _STDOUT:
        if len(chosen) != 1:
            listed = ", ".join(one.name for one in chosen)
            message = f"there are {len(chosen)} providers ({listed}); name one, or give a folder with --out"
            raise click.UsageError(message)
        click.echo(text.written(document(chosen[0])), nl=False)
        return
    with options.disk():
        out.mkdir(parents=True, exist_ok=True)
        for one in chosen:
            (out / _name(one, language)).write_bytes(text.written(document(one)).encode())
    click.echo(f"{options.counted(len(chosen), 'file')} written in {out}")


def _name(provider: ir.Provider, language: str) -> str:
    return f"{provider.name}.{language}.json"
