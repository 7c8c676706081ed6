"""Reports are printed in every form, written to several files at once, and lost to no full or missing folder."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from proviso.cli import reporting
from proviso.reports import findings
from proviso.reports.renderings import RENDERINGS

from .reports import samples


def run(report: findings.Report, *arguments: str, verbose: bool = False) -> Result:
    """Run a verb that has found a report."""

    @click.command
    @reporting.report_options
    def verb(form: str, targets: tuple[reporting.Target, ...]) -> None:
        click.echo("worked", err=True)
        reporting.deliver(report, form, targets, verbose=verbose)

    return CliRunner().invoke(verb, arguments)


@pytest.fixture(autouse=True)
def _at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_people_see_what_matters_first_and_what_is_right_when_they_ask() -> None:
    done = run(samples.REPORT)
    assert done.exit_code == 1
    assert done.stdout.splitlines()[:3] == [
        "specs/acme/still-1.yaml:12:5: denied: acme/still-1 steps: 51 is accepted [limit]",
        "    documented: 50",
        "    found: 51",
    ]
    assert "confirmed:" not in done.stdout
    assert "acme: 1 denied, 1 doubted, 1 open, 1 told, 1 confirmed\nfacts: 5\nspent: 0.01 USD\n" in done.stderr
    assert "confirmed: acme/still-1: as documented [price]" in run(samples.REPORT, verbose=True).stdout


def test_only_an_error_is_a_finding_of_the_exit_status() -> None:
    fine = replace(samples.REPORT, findings=(samples.DOUBTED, samples.OPEN, samples.CONFIRMED))
    assert run(fine).exit_code == 0
    assert run(fine, "--format", "json").exit_code == 0


@pytest.mark.parametrize("form", RENDERINGS)
def test_programs_get_the_form_that_they_ask_for_and_nothing_beside_it(form: str) -> None:
    done = run(samples.REPORT, "--format", form)
    assert done.stdout == RENDERINGS[form](samples.REPORT)


def test_one_run_writes_several_files_and_leaves_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "junit.xml").write_text("old", encoding="utf-8")
    done = run(
        samples.REPORT, "--report", "junit=junit.xml", "--report", "sarif=out/a/b.sarif", "--report", "json=j=1.json"
    )
    assert done.exit_code == 1
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()} == {
        "junit.xml",
        "out/a/b.sarif",
        "j=1.json",
    }
    assert (tmp_path / "junit.xml").read_text("utf-8") == RENDERINGS["junit"](samples.REPORT)
    assert json.loads((tmp_path / "j=1.json").read_text("utf-8"))["version"] == 1


def test_files_name_places_from_the_root_of_the_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "part").mkdir()
    monkeypatch.chdir(tmp_path / "part")
    run(samples.REPORT, "--report", "sarif=a.sarif")
    assert '"part/specs/acme/still-1.yaml"' in (tmp_path / "part/a.sarif").read_text("utf-8")


def test_whatever_is_wrong_with_files_is_said_before_anything_is_done(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    wrong = ("junit", "junit=", "xml=a.xml", "sarf=a", "json=.", "json=taken/a.json", "json=b", "sarif=./b", "json=\0")
    done = run(samples.REPORT, *(part for each in wrong for part in ("--report", each)))
    assert done.exit_code == 2
    assert "worked" not in done.output
    for said in (
        "'junit' is not of the form FORMAT=FILE, such as junit=report.xml",
        "'junit=' is not of the form",
        "'xml' is no format of a file; there are json, junit, sarif, markdown",
        "'sarf' is no format of a file; did you mean \"sarif\"?",
        "'.' cannot be written: it is a folder",
        f"'taken/a.json' cannot be written: '{tmp_path}/taken' is no folder",
        "'./b' is named twice",
    ):
        assert said in done.stderr
    assert not (tmp_path / "b").exists()


def test_a_file_that_cannot_be_written_costs_neither_the_report_nor_the_other_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "full.json").write_text("old", encoding="utf-8")
    write_text = Path.write_text

    def full(path: Path, text: str, encoding: str) -> int:
        if text.startswith("{"):
            write_text(path, text[:100], encoding=encoding)
            raise OSError(28, "No space left on device")
        return write_text(path, text, encoding=encoding)

    monkeypatch.setattr(Path, "write_text", full)
    done = run(samples.REPORT, "--report", "json=full.json", "--report", "junit=a.xml", "--report", "sarif=b.sarif")
    assert done.exit_code == 2
    assert "denied" in done.stdout
    assert "full.json: No space left on device; b.sarif: No space left on device" in done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"full.json", "a.xml"}
    assert (tmp_path / "full.json").read_text("utf-8") == "old"


def test_a_pipe_is_written_to_and_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("real.json")
    reader, writer = os.pipe()
    try:
        done = run(samples.REPORT, "--report", f"markdown=/dev/fd/{writer}", "--report", "json=link")
        assert done.exit_code == 1, done.output
        assert os.read(reader, 100).startswith(b"## proviso conform")
    finally:
        os.close(reader)
        os.close(writer)
    assert (tmp_path / "link").is_symlink()
    assert json.loads((tmp_path / "real.json").read_text("utf-8"))["version"] == 1
