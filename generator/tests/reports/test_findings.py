"""Findings keep their fingerprint while lines move and values change, and come in the order of their weight."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from proviso.diagnostics import Place
from proviso.reports.findings import Report, by_weight

from . import samples


def test_a_fingerprint_is_of_the_fact_and_of_nothing_else() -> None:
    moved = replace(
        samples.DENIED, place=Place(path="a", line=1, column=1), message="60 is accepted", verdict="open", details=()
    )
    assert moved.fingerprint == samples.DENIED.fingerprint
    others = [
        replace(samples.DENIED, rule="other"),
        replace(samples.DENIED, title="other"),
        replace(samples.DENIED, what="other"),
    ]
    prints = {one.fingerprint for one in (*others, samples.DENIED, replace(samples.DENIED, title="", what="x"))}
    assert len(prints) == 5
    # It stands in files of users: another one is another version of what they keep.
    assert samples.DENIED.fingerprint == "ba8c4863327904381e6d2c6d508528e2"


def test_no_two_facts_have_a_fingerprint_because_their_words_run_together() -> None:
    one, other = (replace(samples.DENIED, rule=rule, title=title) for rule, title in (("a", "bc"), ("ab", "c")))
    assert one.fingerprint != other.fingerprint


def test_a_headline_counts_what_matters_first() -> None:
    assert samples.REPORT.headline == "1 denied, 1 doubted, 1 open, 1 told, 1 confirmed"
    assert replace(samples.REPORT, findings=()).headline == "nothing found"


@samples.TRIED
@given(samples.REPORTS)
def test_weighing_loses_nothing(report: Report) -> None:
    weighed = by_weight(report.findings)
    assert sorted(map(id, weighed)) == sorted(map(id, report.findings))
    assert report.fails == (bool(weighed) and weighed[0].level == "error")
