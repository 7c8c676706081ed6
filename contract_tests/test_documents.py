"""Every fact of a spec stands where it is cited, and a page that says another thing is found out, by that fact alone.

The promise is held by an invented provider whose four pages say the same in four layouts, and by the pages that
`PROVISO_DOCUMENTS` names for the specs in the repository.
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from harness import page_mutants, page_noise
from proviso import load, pipeline
from proviso.document import Document, Folder, Steps
from proviso.evidence import captures, checking
from proviso.evidence.citations import cited
from proviso.evidence.coverage import bound_by, covered
from proviso.evidence.facts import value_at
from proviso.evidence.pages import Page

HERE = Path(__file__).parent / "documents"
SPECS = Path(__file__).parents[1] / "specs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """A page, and the specs that cite it."""

    folder: Folder
    page: Page

    def __str__(self) -> str:
        return f"{self.folder.name}-{self.page.name}"

    def held(self, text: str) -> checking.Held:
        """Hold the specs against another text of the page."""
        ((held),) = checking.held(self.folder, {self.page.name: Page(text, name=self.page.name, shown="altered")})
        return held


@cache
def folders(specs: Path) -> tuple[Folder, ...]:
    loaded, complaints = load.load_folders(specs, shown=specs.name)
    assert not complaints
    return loaded


def pages() -> Iterator[Captured]:
    """Yield the invented pages, and the real ones where they are."""
    homes = [(HERE / "specs", HERE / "pages")]
    if (real := os.environ.get("PROVISO_DOCUMENTS")) is not None:
        homes.append((SPECS, Path(real)))
    for specs, docs in homes:
        listed = captures.captured(docs)
        for folder in folders(specs):
            for choice in captures.chosen(folder, listed, {}):
                if choice.capture is not None and choice.by == "digest":
                    yield Captured(folder=folder, page=captures.page(choice.capture, choice.source))


EVERY = pytest.mark.parametrize("captured", list(pages()), ids=str)


def alarms(held: checking.Held) -> list[checking.Verdict]:
    return [one for one in held.verdicts if one.outcome not in ("confirmed", "doubted")]


def test_the_pages_of_the_invented_provider_are_those_that_its_spec_was_written_from() -> None:
    names = {one.page.name for one in pages() if one.folder.name == "inkwell"}
    assert names == {"program", "tables", "page", "rendered"}
    assert not pipeline.read(HERE / "specs").complaints


def test_the_captured_documents_are_there_for_every_real_spec() -> None:
    if "PROVISO_DOCUMENTS" not in os.environ:
        pytest.skip("PROVISO_DOCUMENTS names no folder of captured documents")
    assert {one.folder.name for one in pages()} >= {folder.name for folder in folders(SPECS)}


@pytest.mark.parametrize("specs", [SPECS, HERE / "specs"], ids=["specs", "invented"])
def test_every_fact_is_cited_or_assumed(specs: Path) -> None:
    for folder in folders(specs):
        for document in (folder.provider, *folder.models):
            assert [fact.name for fact in covered(document).neither] == []


def test_no_citation_goes_unread() -> None:
    told: dict[tuple[str, Steps], set[str]] = defaultdict(set)
    homes: dict[str, Folder] = {}
    for captured in pages():
        homes[captured.folder.name] = captured.folder
        for one in captured.held(captured.page.captured).verdicts:
            told[one.document.path, one.steps].add(captured.page.name)
    for folder in homes.values():
        for document in (folder.provider, *folder.models):
            for citation in cited(document).citations:
                bound = [steps for steps in bound_by(citation) if is_stated(document, steps)]
                unread = [one for one in bound if not told[document.path, one] & {*citation.sources}]
                assert unread == [], citation.locator.text


def is_stated(document: Document, steps: Steps) -> bool:
    return value_at(document.data, steps) is not None


@EVERY
def test_every_cited_fact_is_confirmed_by_its_page(captured: Captured) -> None:
    held = captured.held(captured.page.captured)
    assert alarms(held) == []
    assert held.verdicts


def test_the_four_layouts_confirm_the_same_facts() -> None:
    told = {
        one.page.name: {verdict.steps for verdict in one.held(one.page.captured).verdicts} - {("output", "count")}
        for one in pages()
        if one.folder.name == "inkwell"
    }
    assert told["program"] == told["tables"] == told["page"] == told["rendered"]


@EVERY
def test_a_changed_fact_is_reported_with_old_and_new_and_nothing_else_is(captured: Captured) -> None:
    base = captured.held(captured.page.captured).verdicts
    missed, unsaid, false, tried = [], [], [], 0
    for verdict in base:
        for mutant in page_mutants.mutants(verdict) if verdict.outcome == "confirmed" else ():
            tried += 1
            found = {(one.document.path, one.steps): one for one in captured.held(mutant.text).verdicts}
            mine = found.get((verdict.document.path, verdict.steps))
            if mine is None or mine.outcome not in ("changed", "lost", "ambiguous"):
                missed.append(mutant.what)
            elif mine.old != verdict.old or (mutant.new not in (mine.new or "")):
                unsaid.append((mutant.what, mine.old, mine.new))
            false += [
                (mutant.what, one.outcome, one.name, one.new)
                for key, one in found.items()
                if one.outcome not in ("confirmed", "doubted") and key not in page_mutants.overlapping(base, mutant)
            ]
    caught = tried - len(missed)
    sys.stdout.write(f"{captured}: {tried} changes, {caught} found, {len(false)} false alarms\n")
    assert (missed, unsaid, false) == ([], [], [])


@EVERY
def test_a_member_that_is_gone_is_reported_as_lost_and_nothing_else_is(captured: Captured) -> None:
    base = captured.held(captured.page.captured).verdicts
    for verdict, mutant in page_mutants.removed(base):
        found = alarms(captured.held(mutant.text))
        assert [one.outcome for one in found if one.steps == verdict.steps] == ["lost"], mutant.what
        strangers = [one.name for one in found if one.steps[: len(verdict.steps)] != verdict.steps]
        allowed = {facts[-1] for facts in page_mutants.overlapping(base, mutant)}
        assert [name for name in strangers if name not in {".".join(map(str, one)) for one in allowed}] == []


@EVERY
@pytest.mark.parametrize("noise", page_noise.NOISES)
def test_a_change_without_meaning_raises_nothing(captured: Captured, noise: str) -> None:
    other = page_noise.NOISES[noise](captured.page.captured)
    if other == captured.page.captured:
        pytest.skip("this page has nothing of the kind")
    assert [(one.name, one.outcome, one.old, one.new) for one in alarms(captured.held(other))] == []


def test_a_reworded_page_raises_nothing() -> None:
    words = {
        "program": [("What to draw.", "Say what you want to see."), ("Ask us for larger volumes.", "Write to us.")],
        "tables": [("Pictures from words, by Inkwell.", "A model for illustrators."), ("your words", "say anything")],
        "page": [("Words for the picture.", "Describe a scene.")],
        "rendered": [("The words.", "Anything you like."), ("The shape.", "Wide or tall.")],
    }
    for one in pages():
        if one.folder.name == "inkwell":
            text = one.page.captured
            for old, new in words[one.page.name]:
                assert old in text
                text = text.replace(old, new)
            assert alarms(one.held(text)) == []


def test_what_a_page_says_beyond_the_facts_is_new() -> None:
    added = {
        "program": (
            " ## Picture sizes",
            " - **`mood`** (`string`, _optional_): A mood. - Default: `calm` ## Picture sizes",
        ),
        "tables": ("| `sharpen` |", "| `mood` | string | no | calm | | |\n| `sharpen` |"),
        "page": (
            "<h2>Dimensions",
            '<div class="field"><h3><code>mood</code></h3><p>string &middot; optional</p></div><h2>Dimensions',
        ),
        "rendered": ('"1K""1K""2K"', '"1K""1K""2K"moodoptionalstringA mood.\n'),
    }
    for one in pages():
        if one.folder.name == "inkwell":
            old, new = added[one.page.name]
            assert old in one.page.captured
            found = alarms(one.held(one.page.captured.replace(old, new, 1)))
            assert [(verdict.outcome, verdict.name) for verdict in found] == [("new", "parameters.mood")], one.page.name


COUNT = "- **`count`** (`int`, _optional_): How many pictures come back. - Default: `1` - Options: "
EDITS = [
    ("program", "example/v2/tasks/$TASK", "example/v2/eu/tasks/$TASK", [("changed", "job.poll.call")]),
    ("program", "example/v2/tasks/$TASK", "example/v3/tasks/$TASK", []),
    ("rendered", "example/v2\n", "example/v2/eu\n", [("changed", "base_url")]),
    ("rendered", "example/v2\n", "example/v2/\n", []),
    ("program", "kept for 2 hours", "kept for 2 hours 30 minutes", [("changed", "job.retention.lasts")]),
    ("program", "kept for 2 hours", "kept for 1h90m", [("changed", "job.retention.lasts")]),
    ("program", "kept for 2 hours", "kept for 120 months", [("changed", "job.retention.lasts")]),
    ("program", "kept for 2 hours", "kept for 120 minutes", []),
    ("program", "kept for 2 hours", "kept for 1 hour and 60 minutes", []),
    ("program", "kept for 2 hours", "kept for two hours", []),
    ("program", "(`string`, _required_): The shape", "(`string`): The shape", [("lost", "parameters.ratio.required")]),
    ("program", "(`string`, _optional_): The size", "(`string`): The size", []),
    (
        "program",
        "(`string`, _optional_): The size",
        "(`text/plain`, _optional_): The size",
        [("changed", "parameters.tier.type")],
    ),
    ("program", "## Picture", f'{COUNT}"1", "2", "3", "4", "8" ## Picture', [("ambiguous", "parameters.count.enum")]),
    ("program", "## Picture", f'{COUNT}"1", "2", "3", "4" ## Picture', []),
    ("rendered", "429Too many calls\n", "429Too many calls\n503Busy\n", [("new", "errors.statuses.503")]),
    ("rendered", "Accepted\n{", "Accepted\nCopy\n{", []),
]


@pytest.mark.parametrize(("page", "old", "new", "wanted"), EDITS, ids=lambda one: one if isinstance(one, str) else "")
def test_an_edit_raises_what_a_careful_reader_would_name(
    page: str, old: str, new: str, wanted: list[tuple[str, str]]
) -> None:
    (captured,) = (one for one in pages() if (one.folder.name, one.page.name) == ("inkwell", page))
    assert old in captured.page.captured
    found = alarms(captured.held(captured.page.captured.replace(old, new, 1)))
    assert [(one.outcome, one.name) for one in found] == wanted
