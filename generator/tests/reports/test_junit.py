"""A report as JUnit XML is what systems that show tests take, whatever its texts hold."""

from __future__ import annotations

import io
from xml.etree.ElementTree import Element, ElementTree

from hypothesis import given

from proviso.diagnostics import printable
from proviso.reports.findings import Report
from proviso.reports.junit import as_junit

from . import samples

# Attributes that must be there, those that may, and elements in the order of the schemas of Jenkins and of Ant.
COUNTS = {"tests", "failures", "errors", "skipped", "time"}
LAID_OUT = {
    "testsuites": ({"name", *COUNTS}, set[str](), ["testsuite"]),
    "testsuite": ({"name", *COUNTS}, set[str](), ["properties", "testcase"]),
    "properties": (set[str](), set[str](), ["property"]),
    "property": ({"name", "value"}, set[str](), list[str]()),
    "testcase": ({"classname", "name", "time"}, {"file", "line"}, ["skipped", "failure", "system-out"]),
    "skipped": ({"message"}, set[str](), list[str]()),
    "failure": ({"message", "type"}, set[str](), list[str]()),
    "system-out": (set[str](), set[str](), list[str]()),
}


def parsed(text: str) -> Element:
    root = ElementTree(file=io.BytesIO(text.encode("utf-8"))).getroot()
    assert root is not None
    return root


def test_an_error_fails_what_is_open_is_skipped_and_the_rest_passes() -> None:
    root = parsed(as_junit(samples.REPORT))
    outcomes = {case.get("name"): [child.tag for child in case] for case in root.iter("testcase")}
    assert outcomes == {
        "price: hold": [],
        "price: charge": ["skipped"],
        "limit: unit": ["system-out"],
        "limit: minimum": ["system-out"],
        "limit: maximum": ["failure"],
    }
    assert [root.get(name) for name in ("tests", "failures", "skipped", "errors")] == ["5", "1", "1", "0"]
    (failure,) = root.iter("failure")
    assert failure.get("message") == "denied: 51 is accepted"
    assert failure.text == (
        "51 is accepted\ndocumented: 50\nfound: 51\nat specs/acme/still-1.yaml:12:5\n"
        "see pages/still-1.md:40:1: what the page says"
    )
    (case,) = [case for case in root.iter("testcase") if len(case) and case[0].tag == "failure"]
    assert (case.get("classname"), case.get("file"), case.get("line")) == (
        "acme/still-1 steps",
        "specs/acme/still-1.yaml",
        "12",
    )
    assert {one.get("name"): one.get("value") for one in root.iter("property")} == {"facts": "5", "spent": "0.01 USD"}


@samples.TRIED
@given(samples.REPORTS)
def test_no_text_breaks_the_document(report: Report) -> None:
    root = parsed(as_junit(report))
    for element in root.iter():
        must, may, children = LAID_OUT[element.tag]
        assert must <= set(element.attrib) <= must | may
        places = [children.index(child.tag) for child in element]
        assert places == sorted(places)
    cases = list(root.iter("testcase"))
    assert [root.get("tests"), root.get("failures"), root.get("skipped")] == [
        str(len(cases)),
        str(len(list(root.iter("failure")))),
        str(len(list(root.iter("skipped")))),
    ]
    for one, case in zip(report.findings, cases, strict=True):
        assert case.get("classname") == printable(one.title)
        assert case.get("name") == printable(f"{one.rule}: {one.what}")
        assert [child.get("message") for child in case if child.tag in ("failure", "skipped")] == (
            [printable(f"{one.verdict}: {one.message}")] if one.level == "error" or one.kind == "open" else []
        )
