"""`proviso show`: what is documented, as a person would read it."""

from __future__ import annotations

import dataclasses
import re
import sys
from pathlib import Path

import click

from proviso import ir, pipeline
from proviso.cli import choosing, options
from proviso.emitters import index

_LINK = re.compile(r"\[(`[^`]*`)\]\(#[^)]*\)")


@click.command(
    "show",
    epilog="""\b
Examples:
  proviso show
  proviso show acme
  proviso show acme/still-2""",
)
@click.argument("name", metavar="[PROVIDER[/MODEL]]", default="")
@click.option(
    "--specs", type=click.Path(path_type=Path), default=Path("specs"), show_default=True, help="Folder of specs."
)
@options.format_option
def command(name: str, specs: Path, form: str) -> None:
    """Show parameters, sizes, prices, doubts and sources of all providers, of one, or of one model."""
    found = pipeline.read(specs)
    options.report(found.complaints, form)
    chosen = _choose(found.providers, name)
    if form == "json":
        options.print_json({"providers": [_plain(dataclasses.asdict(provider)) for provider in chosen]})
    elif sys.stdout.isatty():
        from rich.console import Console
        from rich.markdown import Markdown

        Console().print(Markdown(_readable(index.markdown(chosen, "image_providers"))))
    else:
        click.echo(_readable(index.markdown(chosen, "image_providers")))


def _choose(providers: tuple[ir.Provider, ...], name: str) -> tuple[ir.Provider, ...]:
    wanted, _, model = name.partition("/")
    chosen = choosing.providers(providers, wanted)
    return tuple(choosing.with_one_model(one, model) for one in chosen) if model else chosen


def _readable(markdown: str) -> str:
    """Leave out what only serves the committed file: its header comment, its anchors, and links to them."""
    lines = [line for line in markdown.splitlines() if not line.startswith(("<!--", "<a id="))]
    return _LINK.sub(r"\1", "\n".join(lines)).strip()


def _plain(value: object) -> object:
    """Leave places out of data meant for programs."""
    match value:
        case dict():
            return {key: _plain(one) for key, one in value.items() if key != "place"}
        case list() | tuple():
            return [_plain(one) for one in value]
        case _:
            return value
