"""A report as SARIF is valid, points into the repository, and holds no text that a viewer would obey."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes

import jsonschema
from hypothesis import given

from proviso.diagnostics import Place
from proviso.reports.findings import Report
from proviso.reports.rooting import root_of, rooted
from proviso.reports.sarif import as_sarif

from . import samples

SCHEMA = json.loads(Path(__file__).with_name("sarif-2.1.0.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft7Validator(SCHEMA, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)


def read(report: Report) -> Any:
    log = json.loads(as_sarif(report).encode("utf-8"))
    assert [error.message for error in VALIDATOR.iter_errors(log)] == []
    (run,) = log["runs"]
    return run


def test_a_finding_is_shown_at_its_line_with_what_it_is_about() -> None:
    run = read(samples.REPORT)
    denied = run["results"][-1]
    assert denied.pop("properties")["details"][0] == {"name": "documented", "value": "50"}
    assert denied == {
        "ruleId": "limit",
        "ruleIndex": 0,
        "kind": "fail",
        "level": "error",
        "message": {"text": "acme/still-1 steps: 51 is accepted"},
        "partialFingerprints": {"proviso/v1": samples.DENIED.fingerprint},
        "locations": [{"physicalLocation": _physical("specs/acme/still-1.yaml", 12, 5)}],
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": _physical("pages/still-1.md", 40, 1),
                "message": {"text": "what the page says"},
            }
        ],
    }
    assert [(one["kind"], one["level"]) for one in run["results"]] == [
        ("pass", "none"),
        ("open", "none"),
        ("fail", "note"),
        ("fail", "warning"),
        ("fail", "error"),
    ]
    assert [one["id"] for one in run["tool"]["driver"]["rules"]] == ["limit", "price"]


def _physical(uri: str, line: int, column: int) -> object:
    return {
        "artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": line, "startColumn": column},
    }


@samples.TRIED
@given(samples.REPORTS)
def test_no_text_breaks_the_log(report: Report) -> None:
    run = read(report)
    rules = [one["id"] for one in run["tool"]["driver"]["rules"]]
    assert len(rules) == len({*rules})
    for one, result in zip(report.findings, run["results"], strict=True):
        assert rules[result["ruleIndex"]] == result["ruleId"] == one.rule
        assert result["properties"]["title"] == one.title
        assert "](" not in result["message"]["text"]
        assert re.search(r"[\x00-\x09\x0b-\x1f\x7f]", result["message"]["text"]) is None
        assert len(result.get("relatedLocations", ())) == len(one.further)
        if one.place is not None:
            uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
            assert unquote_to_bytes(uri.removeprefix("file://")) == Path(one.place.path).as_posix().encode(
                "utf-8", "surrogatepass"
            )


def test_paths_begin_at_the_root_of_the_repository_wherever_the_command_was_run(tmp_path: Path) -> None:
    here = tmp_path / "work/part"
    here.mkdir(parents=True)
    assert root_of(here) == here
    (tmp_path / "work/.git").touch()
    assert root_of(here) == tmp_path / "work"
    paths = ["specs/a b.yaml", "../specs/a.yaml", str(here / "c.yaml"), "../../pages/d.md"]
    findings = tuple(replace(samples.DENIED, place=Place(path=path, line=1, column=1)) for path in paths)
    run = read(rooted(replace(samples.REPORT, findings=findings), here=here, root=root_of(here)))
    shown = [one["locations"][0]["physicalLocation"]["artifactLocation"] for one in run["results"]]
    assert [one["uri"] for one in shown] == [
        "part/specs/a%20b.yaml",
        "specs/a.yaml",
        "part/c.yaml",
        f"file://{tmp_path}/pages/d.md",
    ]
    assert [one.get("uriBaseId") for one in shown] == ["%SRCROOT%"] * 3 + [None]
    assert (
        run["results"][0]["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        == "part/pages/still-1.md"
    )
