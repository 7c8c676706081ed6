"""What an update did, as findings: each points to the line of the spec and to the line of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from proviso.document import Document, Steps
from proviso.evidence.facts import named
from proviso.evidence.values import shown
from proviso.reports.findings import Finding, Further, Report
from proviso.rewriting.differing import Put, Rename
from proviso.updating.deciding import Decision
from proviso.updating.trying import Reckoned
from proviso.updating.working import Updated

RULES = {
    "fact-written": "What the page says now was written into the spec.",
    "fact-reckoned": "What follows from another fact by arithmetic was worked out again.",
    "fact-left": "What could not be decided was left as a doubt; the old value stays.",
    "source-read": "The digest of a page and the day of reading were written.",
    "page": "A captured page is not the page that facts are cited from.",
}
DONE = frozenset({"written", "reckoned", "left in doubt", "read anew"})
"""The verdicts that say that something was done."""


def report(done: Iterable[Updated], *, shown: str, dry_run: bool) -> Report:
    """Make a report of what was done.

    Args:
        done: what became of each provider's specs.
        shown: the specs, for the title.
        dry_run: whether nothing was written after all.
    """
    listed = list(done)
    found = tuple(finding for one in listed for finding in _findings(one))
    files = [path for one in listed for path in one.written]
    summary = (("nothing was written" if dry_run else "written", ", ".join(files) or "nothing"),)
    if dry_run:
        summary = (("would be written", ", ".join(files) or "nothing"),)
    return Report(command="proviso docs update", title=shown, findings=found, rules=RULES, summary=summary)


def with_pages(report: Report, further: Iterable[Finding]) -> Report:
    """Add what is to be said about the pages themselves."""
    return replace(report, findings=(*report.findings, *further))


def _findings(done: Updated) -> Iterator[Finding]:
    for one in done.decisions:
        yield _left(done, one) if one.why else _written(done, one)
    for each in done.reckoned:
        yield _reckoned(done, each)
    provider = done.folder.provider
    for source in done.read_anew:
        yield Finding(
            rule="source-read",
            title=f"{done.folder.name}/{source}",
            what=source,
            verdict="read anew",
            level="note",
            message="the page has another digest; it and the day of reading were written",
            place=provider.key_place("sources", source, "sha256"),
        )
    for held in done.other_pages:
        other = "" if held.other_model is None else f": it is about the model {held.other_model}"
        yield Finding(
            rule="page",
            title=f"{done.folder.name}/{held.page.name}",
            what=held.page.name,
            verdict="another page",
            level="error",
            message=f"{held.page.shown} is no page of {done.folder.name}/{held.page.name}{other}; nothing is taken from it",
            place=provider.key_place("sources", held.page.name),
        )


def _written(done: Updated, one: Decision) -> Finding:
    verdict = one.first
    renames = [change for change in one.changes if isinstance(change, Rename) and change.steps == one.steps]
    steps = (*one.steps[:-1], renames[0].name) if renames else one.steps
    old, new = verdict.old or "nothing", shown(one.value)
    return _finding(
        done,
        one.document,
        steps,
        rule="fact-written",
        name=one.name,
        verdict="written",
        message=f"{old} -> {new if verdict.kind != 'json' else verdict.new}",
        details=(("old", old), ("new", new), ("source", verdict.page.name)),
        further=tuple(Further(place=said.place, text=said.text) for said in verdict.said),
    )


def _left(done: Updated, one: Decision) -> Finding:
    verdict = one.first
    says = verdict.new if verdict.new is not None else "nothing"
    return _finding(
        done,
        one.document,
        one.steps,
        rule="fact-left",
        name=one.name,
        verdict="left in doubt",
        message=f"the spec keeps {verdict.old or 'nothing'}, the page says {says}: {one.why}",
        details=(("old", verdict.old or "nothing"), ("page", says), ("source", verdict.page.name)),
        further=tuple(Further(place=said.place, text=said.text) for said in verdict.said),
    )


def _reckoned(done: Updated, one: Reckoned) -> Finding:
    value = one.change.value if isinstance(one.change, Put) else None
    return _finding(
        done,
        one.document,
        one.change.steps,
        rule="fact-reckoned",
        name=named(one.change.steps),
        verdict="reckoned",
        message=f"{shown(one.old)} -> {shown(value)}, which follows from what was written",
        details=(("old", shown(one.old)), ("new", shown(value))),
        further=(),
    )


def _finding(
    done: Updated,
    document: Document,
    steps: Steps,
    *,
    rule: str,
    name: str,
    verdict: str,
    message: str,
    details: tuple[tuple[str, str], ...],
    further: tuple[Further, ...],
) -> Finding:
    folder = done.folder
    is_provider = document.path == folder.provider.path
    now = next(one for one in (folder.provider, *folder.models) if one.path == document.path)
    subject = folder.name if is_provider else f"{folder.name}/{PurePosixPath(document.path).stem}"
    return Finding(
        rule=rule,
        title=f"{subject} {name}",
        what=name,
        verdict=verdict,
        level="warning" if rule == "fact-left" else "note",
        message=message,
        place=now.key_place(*steps),
        details=details,
        further=further,
    )
