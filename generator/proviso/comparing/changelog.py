"""The entry of a set of changes in a changelog, under `Unreleased`; nothing else in the file is touched.

The file is one as keepachangelog.com describes. What stands there already is not added again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from proviso.comparing.changes import Change
from proviso.comparing.gathering import shown_subjects
from proviso.markdown import cell

_UNRELEASED = re.compile(r"^## +\[?unreleased\]?.*$", re.IGNORECASE)
_RELEASE = re.compile(r"^## ")
_SECTION = re.compile(r"^### +(.*?) *$")
_LINK = re.compile(r"^\[[^\]]+\]: ")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_HEAD = "# Changelog\n"
_SECTIONS = ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")


def entered(text: str, changes: Iterable[Change]) -> str:
    """Give a changelog with the changes that users notice under `Unreleased`; the same text where all stand there.

    text: the changelog so far; an empty one gets its title.
    """
    wanted: dict[str, list[str]] = {}
    for change in changes:
        if change.means != "information" or change.rule == "deprecated":
            wanted.setdefault(_section(change), []).append(_entry(change))
    if not wanted:
        return text
    end = "\r\n" if "\r\n" in text else "\n"
    lines = (text or _HEAD).splitlines()
    begin = _unreleased(lines)
    for section in _SECTIONS:
        _put(lines, begin, section, wanted.get(section, []))
    return end.join(lines) + end


def _section(change: Change) -> str:
    if change.rule == "deprecated":
        return "Deprecated"
    if change.new is None and change.means == "breaking":
        return "Removed"
    return "Added" if change.old is None and change.means == "compatible" else "Changed"


def _entry(change: Change) -> str:
    breaks = "**Breaking:** " if change.means == "breaking" else ""
    return f"- {breaks}{cell(shown_subjects(change))}: {cell(change.consequence)}"


def _unreleased(lines: list[str]) -> int:
    """Find the line of the heading, or write it above the first release."""
    headings = list(_headings(lines))
    for index in headings:
        if _UNRELEASED.match(lines[index]):
            return index
    at = headings[0] if headings else _end(lines, len(lines))
    before = [""] if at and lines[at - 1].strip() else []
    after = [""] if at < len(lines) else []
    lines[at:at] = [*before, "## [Unreleased]", *after]
    return at + len(before)


def _headings(lines: list[str]) -> Iterator[int]:
    """Yield the lines that begin a release; what stands in a block of code begins none."""
    fence = ""
    for index, line in enumerate(lines):
        mark = _FENCE.match(line)
        if mark is not None:
            fence = "" if fence == mark[1] else fence or mark[1]
        elif not fence and _RELEASE.match(line):
            yield index


def _end(lines: list[str], at: int) -> int:
    """Go back over empty lines and the links at the end of a part."""
    while at and (not lines[at - 1].strip() or _LINK.match(lines[at - 1])):
        at -= 1
    return at


def _put(lines: list[str], begin: int, section: str, entries: list[str]) -> None:
    """Add the entries that are not there yet to one section under the heading."""
    stop = next((index for index in _headings(lines) if index > begin), len(lines))
    stop = _end(lines, stop)
    there = {line.strip() for line in lines[begin:stop]}
    missing = [one for one in dict.fromkeys(entries) if one not in there]
    if not missing:
        return
    sections = {found[1]: index for index in range(begin, stop) if (found := _SECTION.match(lines[index]))}
    if section not in sections:
        lines[stop:stop] = ["", f"### {section}", "", *missing]
        if stop + 3 + len(missing) < len(lines) and lines[stop + 3 + len(missing)].strip():
            lines.insert(stop + 3 + len(missing), "")
        return
    start = sections[section]
    last = min((index for index in sections.values() if index > start), default=stop)
    last = _end(lines, last)
    lines[last:last] = ["", *missing] if last == start + 1 else missing
