"""Texts of findings on one line or several, without what terminals and XML cannot show."""

from __future__ import annotations

from proviso.diagnostics import printable
from proviso.reports.findings import Finding


def lines(text: str) -> str:
    """Show invisible characters as escapes; line breaks stay.

    Args:
        text: any text.
    """
    return "\n".join(printable(line) for line in text.split("\n"))


def body(finding: Finding) -> str:
    """Write all that a finding says: its message, its details a line each, and its places.

    Args:
        finding: what was found.
    """
    said = [lines(finding.message)]
    said += [f"{printable(name)}: {printable(value)}" for name, value in finding.details]
    said += [printable(f"at {finding.place}")] if finding.place is not None else []
    said += [printable(f"see {each.place}: {each.text}") for each in finding.further]
    return "\n".join(said)
