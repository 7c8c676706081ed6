"""A report as JSON holds all that the report holds, in a shape that stays."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given

from proviso.reports.documents import as_json
from proviso.reports.findings import Report

from . import samples


def test_the_shape_is_the_documented_one() -> None:
    found = json.loads(as_json(samples.REPORT))
    denied = found.pop("findings")[-1]
    assert found == {
        "version": 1,
        "command": "proviso conform",
        "title": "acme",
        "counts": {"error": 1, "warning": 1, "note": 2, "none": 1, "open": 1},
        "verdicts": {"confirmed": 1, "open": 1, "told": 1, "doubted": 1, "denied": 1},
        "summary": [{"name": "facts", "value": "5"}],
        "spent": [{"amount": "0.01", "currency": "USD"}],
        "rules": {"limit": "The limits of a parameter.", "price": "What a request costs."},
    }
    assert denied == {
        "fingerprint": samples.DENIED.fingerprint,
        "rule": "limit",
        "title": "acme/still-1 steps",
        "what": "maximum",
        "verdict": "denied",
        "level": "error",
        "open": False,
        "message": "51 is accepted",
        "place": {"path": "specs/acme/still-1.yaml", "line": 12, "column": 5},
        "further": [{"place": {"path": "pages/still-1.md", "line": 40, "column": 1}, "text": "what the page says"}],
        "details": [{"name": "documented", "value": "50"}, {"name": "found", "value": "51"}],
    }


@samples.TRIED
@given(samples.REPORTS)
def test_every_text_comes_back_as_it_was_through_a_file(report: Report) -> None:
    found = json.loads(as_json(report).encode("utf-8"))
    assert (found["command"], found["title"], found["rules"]) == (report.command, report.title, dict(report.rules))
    assert _pairs(found["summary"]) == report.summary
    assert [(one["amount"], one["currency"]) for one in found["spent"]] == [
        (f"{one.amount:f}", one.currency) for one in report.spent
    ]
    assert len(found["findings"]) == len(report.findings)
    for one, told in zip(report.findings, found["findings"], strict=True):
        for name in ("fingerprint", "rule", "title", "what", "verdict", "level", "open", "message"):
            assert told[name] == getattr(one, name)
        assert _pairs(told["details"]) == one.details
        assert [each["text"] for each in told["further"]] == [each.text for each in one.further]
        assert (told["place"] and told["place"]["path"]) == (one.place and one.place.path)


def _pairs(told: list[dict[str, Any]]) -> tuple[tuple[str, str], ...]:
    return tuple((one["name"], one["value"]) for one in told)
