"""A report as JSON, for programs. What is there stays; `version` grows when a member goes or means something else.

version     1
command, title
counts      findings by level: error, warning, note, none; and `open`, those that could not be decided
verdicts    findings by verdict
summary     [{name, value}]
spent       [{amount, currency}]; amounts are texts
rules       what each rule is about, by rule
findings    [{fingerprint, rule, title, what, verdict, level, open, message, place, further, details}]
            place: {path, line, column} or null; further: [{place, text}]; details: [{name, value}]
"""

from __future__ import annotations

import json
import re
from collections import Counter

from proviso.diagnostics import Place
from proviso.reports.findings import LEVELS, Finding, Report

VERSION = 1
_LONE = re.compile(r"[\ud800-\udfff]")


def as_json(report: Report) -> str:
    """Write a report as a JSON document that ends with a line break.

    Args:
        report: texts may hold anything, also what UTF-8 cannot carry.
    """
    levels = Counter(one.level for one in report.findings)
    counts: dict[str, int] = {level: levels[level] for level in LEVELS}
    return written(
        {
            "version": VERSION,
            "command": report.command,
            "title": report.title,
            "counts": {**counts, "open": sum(one.open for one in report.findings)},
            "verdicts": dict(Counter(one.verdict for one in report.findings)),
            "summary": _named(report.summary),
            "spent": [{"amount": f"{one.amount:f}", "currency": one.currency} for one in report.spent],
            "rules": dict(report.rules),
            "findings": [_finding(one) for one in report.findings],
        }
    )


def written(value: object) -> str:
    """Write a value as JSON that UTF-8 can carry.

    Args:
        value: what JSON has words for.
    """
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return _LONE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def _finding(one: Finding) -> dict[str, object]:
    return {
        "fingerprint": one.fingerprint,
        "rule": one.rule,
        "title": one.title,
        "what": one.what,
        "verdict": one.verdict,
        "level": one.level,
        "open": one.open,
        "message": one.message,
        "place": None if one.place is None else _place(one.place),
        "further": [{"place": _place(each.place), "text": each.text} for each in one.further],
        "details": _named(one.details),
    }


def _place(place: Place) -> dict[str, object]:
    return {"path": place.path, "line": place.line, "column": place.column}


def _named(pairs: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in pairs]
