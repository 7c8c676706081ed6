"""Places as the repository names them, wherever a command was run."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from proviso.diagnostics import Place
from proviso.reports.findings import Report


def rooted(report: Report, *, here: Path, root: Path) -> Report:
    """Give a report whose paths begin at the root of a repository; what lies outside of it has whole paths.

    Args:
        report: its relative paths begin at `here`.
        here: the whole path of a folder.
        root: the whole path of a folder.
    """

    def moved(place: Place) -> Place:
        # Symbolic links are not followed: a viewer shows the file under the name that the repository has for it.
        whole = Path(os.path.normpath(here / place.path))
        return replace(place, path=str(whole.relative_to(root) if whole.is_relative_to(root) else whole))

    findings = [
        replace(
            one,
            place=None if one.place is None else moved(one.place),
            further=tuple(replace(each, place=moved(each.place)) for each in one.further),
        )
        for one in report.findings
    ]
    return replace(report, findings=tuple(findings))


def root_of(here: Path) -> Path:
    """Find the root of the repository that a folder is in; the folder itself where there is none.

    Args:
        here: the whole path of a folder.
    """
    return next((each for each in (here, *here.parents) if (each / ".git").exists()), here)
