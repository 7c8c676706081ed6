"""`proviso docs`: specs held against the pages that they are from."""

from __future__ import annotations

import os
from pathlib import Path

import click

from proviso import families, load
from proviso.cli import docs_coverage, docs_findings, options, reporting
from proviso.diagnostics import did_you_mean, in_order
from proviso.document import Folder
from proviso.evidence import captures, checking, citations


@click.group(
    "docs",
    epilog="""\b
Examples:
  proviso docs check --docs captured           which facts still stand on the captured pages?
  proviso docs check acme --page acme/api=api.html
  proviso docs coverage                        how many facts are cited, assumed, in doubt?""",
)
def command() -> None:
    """Hold specs against the pages that they are from."""


def specs_option(wrapped: reporting.Command) -> reporting.Command:
    """Add the folder of specs as an option."""
    return click.option(
        "--specs", type=click.Path(path_type=Path), default=Path("specs"), show_default=True, help="Folder of specs."
    )(wrapped)


@command.command(
    "check",
    epilog="Example: proviso docs check acme --docs captured --report sarif=docs.sarif",
)
@click.argument("provider", default="")
@click.option(
    "--docs",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of captured pages (default: what PROVISO_DOCUMENTS names, or documents).",
)
@click.option(
    "--page",
    "named",
    multiple=True,
    metavar="PROVIDER/SOURCE=FILE",
    help="The captured page of a source. May be given several times.",
)
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
    folders = folders_of(specs, provider, form)
    where = docs or (None if named else Path(os.environ.get("PROVISO_DOCUMENTS", "documents")))
    with options.disk(), options.working(f"Reading {where or 'pages'}"):
        given = _given(named, folders)
        if where is not None and not where.is_dir():
            raise options.Misuse(f"{where}: there is no such folder; say with --docs where the captured pages are")
        listed = () if where is None else captures.captured(where)
    chosen = [(folder, captures.chosen(folder, listed, given)) for folder in folders]
    if not any(choice.capture for _, choices in chosen for choice in choices):
        raise options.Misuse(f"{where}: no file here is a page of {_names(folders)}")
    held = []
    for folder, choices in chosen:
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


def folders_of(specs: Path, provider: str, form: str) -> tuple[Folder, ...]:
    """Read the spec files of one provider, or of all; end with status 1 where one is no YAML or cites in no way."""
    loaded, complaints = load.load_folders(specs, shown=specs.as_posix())
    folders = tuple(folder for folder in loaded if provider in ("", folder.name))
    united = [families.united(folder) for folder in folders]
    wrong = [
        complaint
        for folder, _ in united
        for document in (folder.provider, *folder.models)
        for complaint in citations.cited(document).complaints
    ]
    options.report(in_order([*complaints, *(one for _, apart in united for one in apart), *wrong]), form)
    if not folders:
        known = [folder.name for folder in loaded]
        hint = did_you_mean(provider, known) or f"; there are {', '.join(known) or 'none'}"
        raise options.Misuse(f"{specs} has no provider {provider!r}{hint}")
    return tuple(folder for folder, _ in united)


def _given(named: tuple[str, ...], folders: tuple[Folder, ...]) -> dict[str, captures.Capture]:
    known = {
        f"{folder.name}/{source}"
        for folder in folders
        if isinstance(folder.provider.data, dict) and isinstance(folder.provider.data.get("sources"), dict)
        for source in folder.provider.data["sources"]
    }
    given = {}
    for one in named:
        source, equals, path = one.partition("=")
        if not equals or not path:
            raise options.Misuse(f"{one!r} is not of the form PROVIDER/SOURCE=FILE, such as acme/api=api.html")
        if source not in known:
            raise options.Misuse(f"there is no source {source!r}{did_you_mean(source, known)}")
        given[source] = captures.capture(Path(path))
    return given


def _names(folders: tuple[Folder, ...]) -> str:
    return ", ".join(folder.name for folder in folders)
