"""`proviso docs update`: what pages say now, written into the specs."""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

import click

from proviso.cli import docs_findings, options, reporting
from proviso.cli.docs_pages import docs_option, named_option, read, specs_option
from proviso.diagnostics import in_order
from proviso.document import Folder
from proviso.evidence import captures
from proviso.rewriting.nodes import CannotRewrite
from proviso.updating import findings, working
from proviso.updating.working import Updated


@click.command(
    "update",
    epilog="""\b
Examples:
  proviso docs update --docs captured --dry-run    what would be written?
  proviso docs update acme --docs captured
  proviso docs update --docs captured --report markdown=update.md

Exit status: 0 nothing to do, 1 something was written or left in doubt, 2 misuse.""",
)
@click.argument("provider", default="")
@docs_option
@named_option
@specs_option
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@reporting.report_options
def command(
    provider: str,
    docs: Path | None,
    named: tuple[str, ...],
    specs: Path,
    *,
    dry_run: bool,
    form: str,
    targets: tuple[reporting.Target, ...],
) -> None:
    """Write into the specs what the captured pages say now.

    Only the words of changed facts are touched; comments, order and layout stay. Amounts that follow from a changed
    price are reckoned anew. What cannot be decided is left as a doubt that keeps the old value. Either all files are
    written or none, and none that lint complains of.
    """
    chosen = read(specs, provider, docs, named, form)
    with options.disk(), options.working("Comparing"):
        done = [(folder, choices, brought_up(folder, choices, form)) for folder, choices in chosen]
        if not dry_run:
            write(one for _, _, one in done)
    report = findings.report([one for _, _, one in done], shown=str(specs), dry_run=dry_run)
    unread = [one for folder, choices, _ in done for one in docs_findings.unread(folder, choices)]
    report = findings.with_pages(report, unread)
    reporting.deliver(report, form, targets)
    if any(one.verdict in findings.DONE for one in report.findings):
        sys.exit(options.FINDINGS)


def brought_up(folder: Folder, choices: Iterable[captures.Choice], form: str) -> Updated:
    """Bring one provider's specs up to its pages, in memory; end with the complaints where they would not pass lint."""
    pages: dict[str, working.Read] = {}
    for choice in choices:
        if choice.capture is not None and choice.capture.text is not None:
            page = captures.page(choice.capture, choice.source)
            pages[choice.source] = working.Read(page=page, digest=choice.capture.digest)
    try:
        return working.updated(folder, pages, today=datetime.now().astimezone().date().isoformat())
    except working.Refused as refused:
        options.report(in_order(refused.complaints), form)
        raise
    except CannotRewrite as error:
        raise options.Misuse(f"{folder.name}: {error}") from error


def write(done: Iterable[Updated]) -> None:
    """Write the files of all providers: first beside the old ones, then all in their places.

    Raises OSError when one cannot be written, and Misuse when one was changed meanwhile; all are as they were then.
    """
    listed = list(done)
    texts = {path: one.texts[path] for one in listed for path in one.written}
    old: Mapping[str, str] = {path: one.old[path] for one in listed for path in one.written}
    aside: dict[Path, Path] = {}
    try:
        for path, text in texts.items():
            real = Path(os.path.realpath(path))
            if real.read_bytes() != old[path].encode():
                raise options.Misuse(f"{path} was changed meanwhile; nothing was written")
            aside[real] = real.with_name(f".{uuid.uuid4().hex}.part")
            aside[real].write_bytes(text.encode())
            aside[real].chmod(real.stat().st_mode & 0o777)
        for real, part in aside.items():
            part.replace(real)
    finally:
        for part in aside.values():
            part.unlink(missing_ok=True)
