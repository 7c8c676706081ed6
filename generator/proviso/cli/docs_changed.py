"""`proviso docs changed`: the whole way from changed pages to one change that can be reviewed, or to nothing at all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import click

from proviso import comparing, ir, pipeline, store
from proviso.cli import docs_update, options, report_view, reporting, saved_requests
from proviso.cli.docs_pages import docs_option, named_option, read, specs_option
from proviso.comparing import findings as compared
from proviso.evidence import captures, checking
from proviso.reports.findings import Report
from proviso.reports.renderings import RENDERINGS
from proviso.updating import findings
from proviso.updating.working import Updated

_SHOWN = 3000


@click.command(
    "changed",
    epilog="""\b
Examples:
  proviso docs changed --docs captured
  proviso docs changed --docs captured --requests sent.jsonl --model acme/still-2
  make docs-changed DOCS=captured REQUESTS=sent.jsonl

Exit status: 0 done, or nothing to do; 1 something is not as it should be, and nothing was written; 2 misuse.""",
)
@click.argument("provider", default="")
@docs_option
@named_option
@specs_option
@options.out_option
@options.target_option
@click.option("--requests", type=click.File("rb"), metavar="FILE", help="Saved requests to weigh, one a line.")
@click.option("--model", metavar="PROVIDER/MODEL", help="The model of requests that are wire bodies alone.")
@click.option(
    "--tests",
    type=click.Path(path_type=Path, exists=True),
    help="Contract tests that the new clients must pass before anything is written.",
)
@click.option(
    "--summary",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("out/docs-changed.md"),
    show_default=True,
    help="Where the summary is written, in Markdown.",
)
def command(
    *,
    provider: str,
    docs: Path | None,
    named: tuple[str, ...],
    specs: Path,
    out: Path,
    package: str,
    requests: BinaryIO | None,
    model: str | None,
    tests: Path | None,
    summary: Path,
) -> None:
    """Check, update, lint, generate, compare and test on a copy; then write specs and clients, or nothing.

    What changed, what follows from it and what it means to users is shown, and written to a summary in Markdown.
    """
    name = options.package_name(package)
    chosen = read(specs, provider, docs, named, "text")
    with options.disk(), tempfile.TemporaryDirectory(prefix="proviso-") as folder:
        done = [docs_update.brought_up(one, choices, "text") for one, choices in chosen]
        if not any(one.written for one in done):
            click.echo("The pages say what the specs say; nothing was written.", err=True)
            return
        there = _copied(specs, Path(folder) / "specs", done)
        _hold(done, chosen)
        before, after = _read(specs, specs), _read(there, specs)
        with options.working("Generating"):
            files = pipeline.build(after, package=name)
        fresh = Path(folder) / "generated"
        store.write(files, store.compare(files, fresh, name), fresh, name)
        if tests is not None:
            _test(tests, there, fresh, name)
        reports = (
            findings.report(done, shown=str(specs), dry_run=False),
            _compared(before, after, requests, model=model),
        )
        comparison = store.compare(files, out, name)
        if comparison.strays:
            _stop(f"{out}/{comparison.strays[0]}: nobody generates this file; move it, or delete it")
        docs_update.write(done)
        store.write(files, comparison, out, name)
        reporting.write(summary, "\n".join(RENDERINGS["markdown"](one) for one in reports))
    for one in reports:
        report_view.show(one, verbose=False)
    changed = options.counted(len(comparison.changes), "generated file")
    click.echo(f"Written: {sum(len(one.written) for one in done)} specs, {changed}; summary: {summary}", err=True)


def _copied(specs: Path, there: Path, done: Iterable[Updated]) -> Path:
    shutil.copytree(specs, there)
    for one in done:
        for path in one.written:
            (there / Path(path).relative_to(specs)).write_bytes(one.texts[path].encode())
    return there


def _hold(done: Iterable[Updated], chosen: Iterable[tuple[object, tuple[captures.Choice, ...]]]) -> None:
    """Hold the new specs against the pages: none may state anything else now."""
    wrong = []
    for one, (_, choices) in zip(done, chosen, strict=True):
        pages = {
            choice.source: captures.page(choice.capture, choice.source)
            for choice in choices
            if choice.capture is not None and choice.capture.text is not None
        }
        for held in checking.held(one.folder, pages):
            if held.is_another_page:
                wrong.append(f"{held.page.shown} is no page of {one.folder.name}/{held.page.name}")
                continue
            wrong += [
                f"{verdict.place}: {verdict.name} is {verdict.outcome}"
                for verdict in held.verdicts
                if verdict.outcome not in ("confirmed", "doubted")
            ]
    if wrong:
        _stop(*wrong)


def _read(specs: Path, shown: Path) -> tuple[ir.Provider, ...]:
    found = pipeline.read(specs, shown=shown.as_posix())
    options.report(found.complaints, "text")
    return found.providers


def _test(tests: Path, specs: Path, generated: Path, package: str) -> None:
    path = os.pathsep.join(filter(None, (str(generated), os.environ.get("PYTHONPATH"))))
    known = {"PYTHONPATH": path, "PROVISO_SPECS": str(specs), "PROVISO_PACKAGE": package}
    with options.working("Testing"):
        ended = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "--tb=short", str(tests)],
            check=False,
            capture_output=True,
            text=True,
            env={**os.environ, **known},
        )
    if ended.returncode != 0:
        _stop(f"the contract tests do not pass:\n{(ended.stdout + ended.stderr)[-_SHOWN:]}")


def _compared(
    before: tuple[ir.Provider, ...], after: tuple[ir.Provider, ...], requests: BinaryIO | None, *, model: str | None
) -> Report:
    changes = comparing.compare(before, after)
    if requests is None:
        return compared.report(changes, title="before after", requests=(), totals=None)
    told, totals = saved_requests.weighed(requests, before, after, model=model, on=datetime.now(UTC).date())
    return compared.report(changes, title="before after", requests=told, totals=totals)


def _stop(*messages: str) -> None:
    for one in messages:
        click.echo(one, err=True)
    click.echo("Nothing was written.", err=True)
    sys.exit(options.FINDINGS)
