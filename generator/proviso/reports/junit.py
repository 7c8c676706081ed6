"""A report as JUnit XML: a test case a finding, so that systems that show tests show facts."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from proviso.diagnostics import printable
from proviso.reports import texts
from proviso.reports.findings import Finding, Report


def as_junit(report: Report) -> str:
    """Write a report as JUnit XML: an error fails, what is open is skipped, a warning or a note is output of a test.

    Args:
        report: texts may hold anything; what XML cannot carry is shown as an escape.
    """
    counts = {
        "tests": str(len(report.findings)),
        "failures": str(sum(one.level == "error" for one in report.findings)),
        "errors": "0",
        "skipped": str(sum(one.kind == "open" for one in report.findings)),
        "time": "0",
    }
    top = Element("testsuites", {"name": printable(report.command), **counts})
    suite = SubElement(top, "testsuite", {"name": printable(f"{report.command} {report.title}"), **counts})
    told = [*report.summary, *(("spent", str(one)) for one in report.spent)]
    if told:
        properties = SubElement(suite, "properties")
        for name, value in told:
            SubElement(properties, "property", {"name": printable(name), "value": printable(value)})
    for one in report.findings:
        _case(suite, one)
    indent(top)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(top, encoding="unicode")}\n'


def _case(suite: Element, one: Finding) -> None:
    named = {"classname": printable(one.title), "name": printable(f"{one.rule}: {one.what}"), "time": "0"}
    if one.place is not None:
        named |= {"file": printable(one.place.path), "line": str(one.place.line)}
    case = SubElement(suite, "testcase", named)
    message = printable(f"{one.verdict}: {one.message}")
    if one.level == "error":
        SubElement(case, "failure", {"message": message, "type": printable(one.rule)}).text = texts.body(one)
    elif one.kind == "open":
        SubElement(case, "skipped", {"message": message})
    elif one.level != "none":
        SubElement(case, "system-out").text = f"{one.level}: {printable(one.verdict)}\n{texts.body(one)}"
