"""`proviso show`: what is documented, as a person would read it."""

from __future__ import annotations

import dataclasses
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from proviso import formula_words, ir, pipeline, units
from proviso.cli import choosing, options
from proviso.diagnostics import Place
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
        options.print_json({"providers": [_plain(provider) for provider in chosen]})
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
    """Turn the representation into data meant for programs: without places, formulas and units as they are written."""
    match value:
        case ir.Reckoned(formula=formula):
            return formula_words.written(formula)
        case units.Unit():
            return str(value)
        case _ if dataclasses.is_dataclass(value):
            members = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
            return {key: _plain(one) for key, one in members.items() if not isinstance(one, Place)}
        case Mapping():
            return {key: _plain(one) for key, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case _:
            return value
