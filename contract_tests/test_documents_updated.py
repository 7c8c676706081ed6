"""What a changed page says comes into the spec, passes lint, is confirmed by the page, and changes its client alone.

What cannot be written is left in doubt, and leaves the clients as they are.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from harness import page_mutants
from proviso import comparing, families, load, pipeline
from proviso.document import Folder
from proviso.evidence import captures, checking
from proviso.evidence.pages import Page
from proviso.updating import trying, working
from proviso.updating.working import Read

HERE = Path(__file__).parent / "documents"
SPECS = Path(__file__).parents[1] / "specs"
EVERY = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
PACE = 1 if EVERY else 29
"""Of how many changes one is tried."""


@cache
def known() -> dict[str, tuple[Folder, dict[str, Page]]]:
    """Give the providers with the pages that they were written from."""
    homes = [(HERE / "specs", HERE / "pages")]
    if (real := os.environ.get("PROVISO_DOCUMENTS")) is not None:
        homes.append((SPECS, Path(real)))
    found = {}
    for specs, docs in homes:
        listed = captures.captured(docs)
        for loaded in load.load_folders(specs, shown=specs.as_posix())[0]:
            folder, _ = families.united(loaded)
            chosen = [
                one for one in captures.chosen(folder, listed, {}) if one.capture is not None and one.by == "digest"
            ]
            pages = {one.source: captures.page(one.capture, one.source) for one in chosen if one.capture is not None}
            found[folder.name] = folder, pages
    return found


def tried() -> Iterator[tuple[str, str, page_mutants.Mutant]]:
    for name, (folder, pages) in known().items():
        listed = [
            (name, held.page.name, mutant)
            for held in checking.held(folder, pages)
            for verdict in held.verdicts
            if verdict.outcome == "confirmed" and verdict.steps != ("model",)
            for mutant in page_mutants.mutants(verdict)
        ]
        yield from listed[::PACE]


def files(folder: Folder, texts: trying.Texts) -> dict[str, str]:
    with trying.written(folder, texts) as there:
        return {file.path: file.text for file in pipeline.build(pipeline.read(there).providers, package="clients")}


@pytest.mark.parametrize(
    ("name", "source", "mutant"), [pytest.param(*one, id=f"{one[0]}-{one[1]}-{one[2].what}") for one in tried()]
)
def test_what_a_changed_page_says_is_written_or_left_in_doubt_and_the_page_then_confirms_the_spec(
    name: str, source: str, mutant: page_mutants.Mutant
) -> None:
    folder, pages = known()[name]
    altered = {**pages, source: Page(mutant.text, name=source, shown="altered")}
    done = working.updated(
        folder, {key: Read(page=page, digest="0" * 63 + "a") for key, page in altered.items()}, today="2026-12-01"
    )
    assert done.decisions or done.other_pages, mutant.what
    for held in checking.held(done.folder, altered):
        if not held.is_another_page:
            assert [one.name for one in held.verdicts if one.outcome not in ("confirmed", "doubted")] == []
    before, after = trying.linted(folder, done.old), trying.linted(folder, done.texts)
    assert not after.complaints
    assert before.provider is not None
    assert after.provider is not None
    written = {str(step) for one in done.decisions if one.changes for step in one.steps}
    changes = comparing.compare((before.provider,), (after.provider,))
    if not written:
        assert {one.rule for one in changes} <= {"doubt", "source"}


def test_a_dearer_page_changes_the_lines_of_the_price_alone() -> None:
    folder, pages = known()["inkwell"]
    price = next(
        verdict
        for held in checking.held(folder, pages)
        for verdict in held.verdicts
        if verdict.kind == "money" and verdict.outcome == "confirmed"
    )
    altered = {
        source: Page(next(one.text for one in page_mutants.mutants(verdict)), name=source, shown="altered")
        for source, page in pages.items()
        for held in checking.held(folder, {source: page})
        for verdict in held.verdicts
        if verdict.steps == price.steps
    }
    done = working.updated(
        folder, {key: Read(page=page, digest="0" * 63 + "a") for key, page in altered.items()}, today="2026-12-01"
    )
    (decision,) = done.decisions
    assert decision.changes, decision.why
    before, after = files(folder, done.old), files(folder, done.texts)
    old, new = str(decision.first.old), str(decision.first.new)
    for path, text in after.items():
        lines = difflib.unified_diff(before[path].splitlines(), text.splitlines(), n=0, lineterm="")
        for line in lines:
            if line[:1] in "+-" and line[:3] not in ("+++", "---"):
                assert old.rstrip("0") in line or new.rstrip("0") in line or "2026-" in line or "sha256" in line, line
