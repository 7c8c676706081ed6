"""`proviso docs changed`: from changed pages to specs, clients and a summary in one step, or to nothing at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from proviso import pipeline, store
from proviso.cli import main

from .paged_pages import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    found = Desk(tmp_path)
    files = pipeline.build(pipeline.read(found.specs).providers, package="clients")
    store.write(files, store.compare(files, found.out, "clients"), found.out, "clients")
    return found


def changed(desk: Desk, *words: str) -> Result:
    options = ["--out", str(desk.out), "--package", "clients", "--summary", str(desk.out.parent / "summary.md")]
    where = ["--specs", str(desk.specs), "--docs", str(desk.docs)]
    return CliRunner().invoke(main, ["docs", "changed", *where, *options, *words])


def generated(desk: Desk) -> dict[str, bytes]:
    return dict(store.present(desk.out, "clients"))


def test_pages_that_say_what_the_specs_say_change_nothing(desk: Desk) -> None:
    before = generated(desk)
    assert changed(desk).exit_code == 0
    assert (desk.texts(), generated(desk)) == (desk.before, before)


def test_a_dearer_image_changes_its_spec_its_client_and_what_saved_requests_cost(desk: Desk, tmp_path: Path) -> None:
    before = generated(desk)
    desk.page("still-2", "$0.0400", "$0.0500")
    saved = tmp_path / "saved.jsonl"
    body = '{"model": "lantern/still-2", "args": {"prompt": "x", "ratio": "1:1", "count": 2}, "notify": "https://a.example"}'
    saved.write_text(body + "\n", "utf-8")
    found = changed(desk, "--requests", str(saved), "--model", "lantern/still-2")
    assert found.exit_code == 0, found.output
    summary = (tmp_path / "summary.md").read_text("utf-8")
    assert "0.0400" in summary
    assert "0.0500" in summary
    assert "0.02" in summary
    after = generated(desk)
    assert {path for path, text in after.items() if before[path] != text} <= {
        "clients/lantern/still_2/price.py",
        "clients/lantern/still_2/prices.py",
        "clients/INDEX.md",
        "clients/lantern/still_2/__init__.py",
    }
    assert pipeline.build(pipeline.read(desk.specs).providers, package="clients")
    assert changed(desk).exit_code == 0
    assert generated(desk) == after


def test_contract_tests_that_fail_leave_everything_as_it_was(desk: Desk, tmp_path: Path) -> None:
    before = generated(desk)
    desk.page("still-2", "$0.0400", "$0.0500")
    test = tmp_path / "test_it.py"
    test.write_text(
        "def test_it():\n    import clients.lantern\n    assert 'generated' not in clients.__file__\n", "utf-8"
    )
    found = changed(desk, "--tests", str(test))
    assert found.exit_code == 1
    assert "the contract tests do not pass" in found.output
    assert (desk.texts(), generated(desk)) == (desk.before, before)
    assert not (tmp_path / "summary.md").exists()


def test_a_page_of_another_model_stops_it_all(desk: Desk) -> None:
    before = generated(desk)
    desk.page("rules", "24 hours", "90 minutes")
    desk.page("still-2", "**Model ID**: `lantern/still-2`", "**Model ID**: `lantern/still-3`")
    found = changed(desk)
    assert found.exit_code == 1
    assert "Nothing was written" in found.output
    assert (desk.texts(), generated(desk)) == (desk.before, before)
