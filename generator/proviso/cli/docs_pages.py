"""Options of the verbs that read captured pages, and which file is which page."""

from __future__ import annotations

import os
from pathlib import Path

import click

from proviso import families, load
from proviso.cli import options, reporting
from proviso.diagnostics import did_you_mean, in_order
from proviso.document import Folder
from proviso.evidence import captures, citations


def docs_option(wrapped: reporting.Command) -> reporting.Command:
    """Add the folder of captured pages."""
    return click.option(
        "--docs",
        type=click.Path(path_type=Path, file_okay=False),
        help="Folder of captured pages (default: what PROVISO_DOCUMENTS names, or documents).",
    )(wrapped)


def named_option(wrapped: reporting.Command) -> reporting.Command:
    """Add files that are named one by one."""
    return click.option(
        "--page",
        "named",
        multiple=True,
        metavar="PROVIDER/SOURCE=FILE",
        help="The captured page of a source. May be given several times.",
    )(wrapped)


def specs_option(wrapped: reporting.Command) -> reporting.Command:
    """Add the folder of specs as an option."""
    return click.option(
        "--specs", type=click.Path(path_type=Path), default=Path("specs"), show_default=True, help="Folder of specs."
    )(wrapped)


def read(
    specs: Path, provider: str, docs: Path | None, named: tuple[str, ...], form: str
) -> list[tuple[Folder, tuple[captures.Choice, ...]]]:
    """Read specs, and tell which captured file is which page of theirs.

    Raises Misuse where there is no folder of captured pages, and where no file in it is a page of the specs.
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
    return chosen


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
