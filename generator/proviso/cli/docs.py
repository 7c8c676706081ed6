"""`proviso docs`: specs held against the pages that they are from."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import click

from proviso.cli import docs_coverage, docs_findings, options, reporting
from proviso.cli.docs_pages import docs_option, folders_of, named_option, read, specs_option
from proviso.evidence import captures, checking

_LATER = ("update", "draft", "changed", "fetch")


class _Commands(click.Group):
    """Commands of which those that write specs are imported when they are used: most runs only check."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of a working day."""
        return [*super().list_commands(ctx), *_LATER]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command that writes specs."""
        if cmd_name not in _LATER:
            return super().get_command(ctx, cmd_name)
        found = import_module(f"proviso.cli.docs_{cmd_name}").command
        return found if isinstance(found, click.Command) else None


@click.group(
    "docs",
    cls=_Commands,
    epilog="""\b
Examples:
  proviso docs check --docs captured           which facts still stand on the captured pages?
  proviso docs check acme --page acme/api=api.html
  proviso docs coverage                        how many facts are cited, assumed, in doubt?""",
)
def command() -> None:
    """Hold specs against the pages that they are from."""


@command.command(
    "check",
    epilog="Example: proviso docs check acme --docs captured --report sarif=docs.sarif",
)
@click.argument("provider", default="")
@docs_option
@named_option
@specs_option
@click.option("--verbose", "-v", is_flag=True, help="Show also what is confirmed.")
@reporting.report_options
def check(
    provider: str,
    docs: Path | None,
    named: tuple[str, ...],
    specs: Path,
    *,
    form: str,
    targets: tuple[reporting.Target, ...],
    verbose: bool,
) -> None:
    """Say for every cited fact whether the captured pages still state it.

    A file is the page of a source by its digest, by its name (PROVIDER/SOURCE.md), by --page, or because most locators
    fit it. Each fact is confirmed, changed, lost or ambiguous; what a page states beyond the facts is new.
    """
    held = []
    for folder, choices in read(specs, provider, docs, named, form):
        pages = {
            choice.source: captures.page(choice.capture, choice.source)
            for choice in choices
            if choice.capture is not None and choice.capture.text is not None
        }
        held.append((folder, choices, checking.held(folder, pages)))
    reporting.deliver(docs_findings.report(held, shown=str(specs)), form, targets, verbose=verbose)


@command.command("coverage", epilog="Example: proviso docs coverage acme -v")
@click.argument("provider", default="")
@specs_option
@click.option("--verbose", "-v", is_flag=True, help="Name every fact that is neither cited nor assumed.")
@options.format_option
def coverage(provider: str, specs: Path, *, verbose: bool, form: str) -> None:
    """Count the facts of specs: cited from a page, assumed, neither; in doubt; and what the pages do not say."""
    listed = list(docs_coverage.counted(folders_of(specs, provider, form)))
    if form == "json":
        options.print_json({"files": docs_coverage.as_json(listed)})
    else:
        docs_coverage.show(listed, verbose=verbose)
