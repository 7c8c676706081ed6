"""A report as rows for a terminal, which the command line draws."""

from __future__ import annotations

from dataclasses import dataclass

from proviso.diagnostics import printable
from proviso.reports.findings import Level, Report, by_weight


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A finding in finished words, each on one line, without anything that a terminal would obey."""

    level: Level
    verdict: str
    title: str
    message: str
    place: str
    details: tuple[str, ...]


def rows(report: Report, *, settled: bool = True) -> tuple[Row, ...]:
    """Write the findings of a report as rows, what matters first.

    Args:
        report: texts may hold anything.
        settled: whether those are shown that are as they should be.
    """
    return tuple(
        Row(
            level=one.level,
            verdict=printable(one.verdict),
            title=printable(one.title),
            message=printable(f"{one.message} [{one.rule}]"),
            place="" if one.place is None else printable(str(one.place)),
            details=(
                *(printable(f"{name}: {value}") for name, value in one.details),
                *(printable(f"{each.place}: {each.text}") for each in one.further),
            ),
        )
        for one in by_weight(report.findings)
        if settled or one.kind != "pass"
    )
