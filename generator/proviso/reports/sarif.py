"""A report as SARIF 2.1.0, for viewers of code that show findings at their lines."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePath
from urllib.parse import quote

from proviso.diagnostics import Place, printable
from proviso.reports import texts
from proviso.reports.documents import written
from proviso.reports.findings import Finding, Report

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_LINK = re.compile(r"\](?=\()")


def as_sarif(report: Report) -> str:
    """Write a report as a SARIF log of one run.

    Relative paths are taken to begin where the repository does. A fingerprint holds whatever line a finding moves to.

    Args:
        report: texts may hold anything, also what SARIF reads as a link.
    """
    rules = {rule: at for at, rule in enumerate(dict.fromkeys([*report.rules, *(one.rule for one in report.findings)]))}
    driver: dict[str, object] = {
        "name": "proviso",
        **_version(),
        "rules": [{"id": rule, "shortDescription": {"text": _text(report.rules.get(rule, rule))}} for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": printable(f"{report.command} {report.title}/")},
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, rules[one.rule]) for one in report.findings],
        "properties": {
            "summary": [{"name": name, "value": value} for name, value in report.summary],
            "spent": [{"amount": f"{one.amount:f}", "currency": one.currency} for one in report.spent],
        },
    }
    return written({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _result(one: Finding, index: int) -> dict[str, object]:
    result: dict[str, object] = {
        "ruleId": one.rule,
        "ruleIndex": index,
        "kind": one.kind,
        # What did not fail has no level in SARIF.
        "level": one.level if one.kind == "fail" else "none",
        "message": {"text": _text(f"{one.title}: {one.message}")},
        "partialFingerprints": {"proviso/v1": one.fingerprint},
        "properties": {
            "verdict": one.verdict,
            "title": one.title,
            "what": one.what,
            "details": [{"name": name, "value": value} for name, value in one.details],
        },
    }
    if one.place is not None:
        result["locations"] = [{"physicalLocation": _physical(one.place)}]
    if one.further:
        result["relatedLocations"] = [
            {"id": number, "physicalLocation": _physical(each.place), "message": {"text": _text(each.text)}}
            for number, each in enumerate(one.further, 1)
        ]
    return result


def _physical(place: Place) -> dict[str, object]:
    path = PurePath(place.path)
    # A path that UTF-8 cannot carry points nowhere, and breaks nothing.
    encoded = quote(path.as_posix().encode("utf-8", "surrogatepass"))
    location = (
        {"uri": f"file://{'' if encoded.startswith('/') else '/'}{encoded}"}
        if path.is_absolute()
        else {"uri": encoded, "uriBaseId": _ROOT}
    )
    return {"artifactLocation": location, "region": {"startLine": place.line, "startColumn": place.column}}


def _text(text: str) -> str:
    """Keep a text from being read as a link: what comes from pages and replies leads nowhere."""
    return _LINK.sub("] ", texts.lines(text))


def _version() -> dict[str, str]:
    try:
        return {"version": printable(version("proviso"))}
    except PackageNotFoundError:  # pragma: no cover - run from a folder that nobody installed
        return {}
