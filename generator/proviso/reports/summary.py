"""A report as Markdown, for the summary of a CI job or the description of a change."""

from __future__ import annotations

from collections.abc import Iterable

from proviso import markdown
from proviso.reports.findings import Finding, Report, by_weight

MOST = 900_000
"""The longest document, in bytes of UTF-8, without its last sentence; GitHub takes 1 MiB."""

_LONGEST = 500
_HEAD = "| | fact | message | place |\n|---|---|---|---|\n"


def as_markdown(report: Report) -> str:
    """Write a report as Markdown: what is to be looked at as a table, the rest folded away.

    What does not fit into MOST bytes is left out, and counted.

    Args:
        report: texts may hold anything; none is read as markup.
    """
    matters = [one for one in by_weight(report.findings) if one.level in ("error", "warning")]
    rest = [one for one in by_weight(report.findings) if one.level not in ("error", "warning")]
    page = _Page()
    page.add(f"## {_cell(report.command)} {_cell(report.title)}\n\n**{_cell(report.headline)}**\n")
    told = [*report.summary, *(("spent", str(one)) for one in report.spent)]
    if told:
        page.add("\n| | |\n|---|---|\n" + "".join(f"| {_cell(name)} | {_cell(value)} |\n" for name, value in told))
    if matters:
        page.add(f"\n{_HEAD}")
        page.rows(matters)
    if rest:
        page.add(f"\n<details><summary>{len(rest)} more</summary>\n\n{_HEAD}")
        page.rows(rest)
        page.add("\n</details>\n")
    if page.left:
        page.add(f"\n{page.left} findings did not fit in here; the JSON report has all of them.\n")
    return page.text()


class _Page:
    """Text that grows row by row until it is long enough."""

    def __init__(self) -> None:
        self.left = 0
        self._parts: list[str] = []
        self._size = 0

    def add(self, text: str) -> None:
        """Add what belongs there in any case."""
        self._parts.append(text)
        self._size += len(text.encode())

    def rows(self, findings: Iterable[Finding]) -> None:
        """Add a row a finding while there is room, and count the others."""
        for one in findings:
            row = _row(one)
            if self._size + len(row.encode()) > MOST:
                self.left += 1
            else:
                self.add(row)

    def text(self) -> str:
        """Give the whole."""
        return "".join(self._parts)


def _row(one: Finding) -> str:
    details = "".join(f"<br>{_cell(name)}: {_cell(value)}" for name, value in one.details)
    places = [] if one.place is None else [_cell(str(one.place))]
    places += [f"{_cell(str(each.place))} {_cell(each.text)}" for each in one.further]
    cells = (_cell(one.verdict), f"{_cell(one.title)}<br>{_cell(one.rule)}", f"{_cell(one.message)}{details}")
    return f"| {' | '.join(cells)} | {'<br>'.join(places)} |\n"


def _cell(text: str) -> str:
    """Show the beginning of a text, and none of it as markup."""
    cut = text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."
    # Between two dollars GitHub reads a formula; a headline may not end with its own sign.
    return markdown.cell(cut).replace("$", "\\$").replace("#", "\\#")
