"""What `proviso docs check` found out, as findings: each points to the line of the spec and to the line of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from proviso.diagnostics import Place, quoted
from proviso.document import Document, Folder
from proviso.evidence.captures import Choice
from proviso.evidence.checking import Held, Outcome, Verdict
from proviso.reports.findings import Finding, Further, Level, Report

RULES = {
    "fact-confirmed": "The page states the fact as the spec does.",
    "fact-changed": "The page states another value than the spec.",
    "fact-lost": "The page no longer states the fact where it is cited.",
    "fact-ambiguous": "Two places of the page disagree on the fact.",
    "fact-new": "The page states something that no fact of the spec names.",
    "fact-doubted": "The page states something that is left out of the spec because of a doubt.",
    "page": "A captured page is not the page that facts are cited from.",
}
_LEVELS: dict[Outcome, Level] = {
    "confirmed": "none",
    "doubted": "none",
    "changed": "error",
    "lost": "error",
    "ambiguous": "error",
    "new": "error",
}
_BY = {
    "name": "by its name",
    "best": "because most locators fit it",
    "given": "as given",
    "digest": "by its digest, the page that was read",
}
Checked = tuple[Folder, tuple[Choice, ...], tuple[Held, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    folder: Folder
    document: Document

    def __str__(self) -> str:
        if self.document is self.folder.provider:
            return self.folder.name
        return f"{self.folder.name}/{PurePosixPath(self.document.path).stem}"


def report(checked: Iterable[Checked], *, shown: str) -> Report:
    """Make a report of what the pages of some providers say now.

    Args:
        checked: a folder, which file is which source, and what was found on each.
        shown: the specs that were checked, for the title.
    """
    listed = list(checked)
    findings = [one for each in listed for one in _findings(*each)]
    summary = tuple(
        (f"{choice.provider}/{choice.source}", f"{choice.capture.shown}, {_BY[choice.by]}")
        for _, choices, _ in listed
        for choice in choices
        if choice.capture is not None
    )
    return Report(command="proviso docs check", title=shown, findings=tuple(findings), rules=RULES, summary=summary)


def unread(folder: Folder, choices: Iterable[Choice]) -> Iterator[Finding]:
    """Tell of the sources that there is no page of."""
    for choice in choices:
        if choice.capture is None:
            yield _of_page(folder, choice, "no page of it was captured", "no page", level="note")
        elif choice.capture.text is None:
            yield _of_page(folder, choice, f"{choice.capture.shown} is no page: {choice.capture.wrong}", "no page")


def _findings(folder: Folder, choices: tuple[Choice, ...], held: tuple[Held, ...]) -> Iterator[Finding]:
    yield from unread(folder, choices)
    by_source = {choice.source: choice for choice in choices}
    for one in held:
        if one.is_another_page:
            why = f"{one.found} of {one.sought} locators found"
            if one.exhausted:
                why += ", and it takes more work to read than a page of facts does"
            elif one.other_model is not None:
                why = f"it is about the model {quoted(one.other_model)}"
            message = f"{one.page.shown} is no page of {folder.name}/{one.page.name}: {why}"
            yield _of_page(folder, by_source[one.page.name], message, "another page")
            continue
        for verdict in one.verdicts:
            yield _finding(_Subject(folder=folder, document=verdict.document), verdict)


def _of_page(folder: Folder, choice: Choice, message: str, verdict: str, *, level: Level = "error") -> Finding:
    return Finding(
        rule="page",
        title=f"{folder.name}/{choice.source}",
        what=choice.source,
        verdict=verdict,
        level=level,
        open=level == "note",
        message=message,
        place=folder.provider.key_place("sources", choice.source),
        further=() if choice.capture is None else (Further(place=Place(choice.capture.shown, 1, 1), text="the file"),),
    )


def _finding(subject: _Subject, verdict: Verdict) -> Finding:
    details = (("spec", verdict.old), ("page", verdict.new), ("source", verdict.page.name))
    return Finding(
        rule=f"fact-{verdict.outcome}",
        title=f"{subject} {verdict.name}",
        what=f"{verdict.page.name}: {verdict.name}",
        verdict=verdict.outcome,
        level=_LEVELS[verdict.outcome],
        message=_message(verdict),
        place=verdict.place,
        further=tuple(Further(place=one.place, text=one.text) for one in verdict.said),
        details=tuple((name, text) for name, text in details if text is not None),
    )


def _message(verdict: Verdict) -> str:
    page, old, new = verdict.page.name, quoted(verdict.old or ""), quoted(verdict.new or "")
    match verdict.outcome:
        case "confirmed":
            return f"{page} says {old} too"
        case "changed":
            return f"the spec says {old}, {page} says {new}"
        case "lost":
            near = f"; the nearest text is {quoted(verdict.said[0].text)}" if verdict.said else ""
            return f"the spec says {old}, and {page} no longer says it where it is cited{near}"
        case "ambiguous":
            return f"places of {page} disagree: the spec says {old}, the page {new}"
        case "new":
            return f"{page} says {new}, and no fact of the spec does"
        case "doubted":
            return f"{page} says {new}, which is left out because of a doubt"
