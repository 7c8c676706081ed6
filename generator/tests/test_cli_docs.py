"""`proviso docs`: what it prints and ends with, on pages as captured, changed, wrong and missing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from proviso.cli import main

HERE = Path(__file__).parents[2] / "contract_tests" / "documents"
SPECS = ["--specs", str(HERE / "specs")]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["docs", *arguments, *SPECS])


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Return a folder with the pages under the names of their sources."""
    shutil.copytree(HERE / "pages", tmp_path / "inkwell")
    return tmp_path


def alter(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_pages_that_say_what_the_specs_say_end_with_0() -> None:
    result = run("check", "--docs", str(HERE / "pages"))
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "295 confirmed" in result.stderr
    assert "by its digest, the page that was read" in result.stderr


def test_a_changed_page_ends_with_1_and_points_to_both_lines(docs: Path) -> None:
    alter(docs / "inkwell/rendered.txt", "15s after", "12s after")
    result = run("check", "--docs", str(docs))
    assert result.exit_code == 1
    said = result.stdout
    assert 'the spec says "15s", rendered says "12s"' in said
    assert "provider.yaml:" in said
    assert "rendered.txt:51:" in said
    assert "rendered.txt, by its name" in result.stderr


def test_programs_are_told_the_same(docs: Path) -> None:
    alter(docs / "inkwell/tables.md", "| 401 | wrong key |", "| 401 | who are you |")
    told = json.loads(run("check", "--docs", str(docs), "--format", "json").stdout)
    (found,) = [one for one in told["findings"] if one["level"] == "error"]
    assert (found["rule"], found["title"]) == ("fact-changed", "inkwell errors.statuses.401.means")
    assert {one["name"]: one["value"] for one in found["details"]} == {
        "spec": "unauthorized",
        "page": "who are you",
        "source": "tables",
    }
    assert found["further"][0]["place"]["line"] == 59


@pytest.mark.parametrize("form", ["sarif", "markdown", "junit"])
def test_every_form_of_a_report_can_be_had(form: str, docs: Path, tmp_path: Path) -> None:
    alter(docs / "inkwell/page.html", "Not more than 5", "Not more than 8")
    result = run("check", "--docs", str(docs), "--report", f"{form}={tmp_path / 'report'}")
    assert result.exit_code == 1
    text = (tmp_path / "report").read_text("utf-8")
    assert "page.html" in text
    assert "quill-3.yaml" in text


def test_a_page_is_known_by_what_it_says_where_nothing_names_it(docs: Path) -> None:
    alter(docs / "inkwell/program.md", "$0.045", "$0.046")
    (docs / "inkwell/program.md").rename(docs / "downloaded")
    result = run("check", "--docs", str(docs))
    assert 'program says "0.046"' in result.stdout
    assert "downloaded, because most locators fit it" in result.stderr


def test_a_page_may_be_named(docs: Path) -> None:
    result = run("check", "--page", f"inkwell/program={docs / 'inkwell/program.md'}")
    assert result.exit_code == 0
    assert "program.md, as given" in result.stderr
    assert "no page of it was captured" in result.stdout


def test_the_page_of_another_model_is_no_page_of_this_one(docs: Path) -> None:
    path = docs / "inkwell/program.md"
    path.write_text(path.read_text("utf-8").replace("quill-3", "quill-4"), "utf-8")
    result = run("check", "--docs", str(docs))
    assert result.exit_code == 1
    assert 'is no page of inkwell/program: it is about the model "inkwell/quill-4/draw"' in result.stdout
    assert result.stdout.count("\n    ") <= 2


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is empty"),
        (b"\0\1", "it is no text"),
        ("Ein Text über ganz andere Dinge. ".encode() * 99, "0 of 28 locators found"),
    ],
)
def test_what_is_no_page_is_one_finding(content: bytes, why: str, docs: Path) -> None:
    (docs / "inkwell/program.md").write_bytes(content)
    result = run("check", "--docs", str(docs))
    assert result.exit_code == 1
    assert why in result.stdout
    assert "28 lost" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("check", "--docs", "no-such-folder"), "no-such-folder: there is no such folder"),
        (("check", "inkwel"), "has no provider 'inkwel'; did you mean \"inkwell\"?"),
        (("check", "--page", "x"), "'x' is not of the form PROVIDER/SOURCE=FILE"),
        (("check", "--page", "inkwell/pages=x"), "there is no source 'inkwell/pages'; did you mean \"inkwell/page\"?"),
        (("check", "--page", "inkwell/page=missing.html"), "missing.html: No such file or directory"),
        (("check", "--docs", str(HERE.parent / "harness")), "no file here is a page of inkwell"),
        (("coverage", "acme"), "has no provider 'acme'"),
    ],
)
def test_misuse_ends_with_2_and_says_what_would_be_right(arguments: tuple[str, ...], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_coverage_counts_every_file_and_all() -> None:
    result = run("coverage")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == ["facts", "inkwell", "inkwell/quill-3", "all"]
    told = json.loads(run("coverage", "--format", "json").stdout)["files"]
    assert all(one["facts"] == one["cited"] + one["assumed"] for one in told)
    assert [one["open"] for one in told] == [[], []]
