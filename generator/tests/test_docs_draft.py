"""`proviso docs draft`: a page in a known layout becomes a spec that passes lint, without typing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from proviso import load, pipeline
from proviso.cli import main
from proviso.evidence.facts import value_at

from .paged_pages import HOME, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    found = Desk(tmp_path)
    shutil.copy(HOME / "documents/lantern/redraw-1.md", found.docs / "lantern")
    return found


def draft(desk: Desk, page: str, *words: str) -> Result:
    return CliRunner().invoke(
        main, ["docs", "draft", str(desk.docs / f"lantern/{page}"), "--out", str(desk.specs), *words]
    )


def test_a_page_in_a_known_layout_becomes_a_spec_that_passes_lint(desk: Desk) -> None:
    found = draft(desk, "redraw-1.md", "--format", "json")
    assert found.exit_code == 0, found.output
    assert not pipeline.read(desk.specs).complaints
    document, _ = load.load(desk.specs / "lantern/redraw-1.yaml", shown="redraw-1.yaml")
    assert document is not None
    parameters = value_at(document.data, ("parameters",))
    assert isinstance(parameters, dict)
    facts = {
        name: {key: one[key] for key in ("type", "required", "enum") if key in one} for name, one in parameters.items()
    }
    assert facts == {
        "prompt": {"type": "string", "required": True},
        "count": {"type": "integer", "enum": [1, 2, 3, 4]},
        "ratio": {"type": "string", "enum": ["1:1", "16:9", "9:16"], "required": True},
        "picture_urls": {"type": "array", "required": True},
        "strength": {"type": "number"},
    }
    assert str(value_at(document.data, ("parameters", "strength", "default"))) == "0.5"
    assert str(value_at(document.data, ("price", "rates", "image", "amount"))) == "0.0650"
    body = value_at(document.data, ("witnesses", 0, "body", "args"))
    assert isinstance(body, dict)
    assert "otter" not in body["prompt"]
    assert body["picture_urls"] == ["https://files.lantern.example/otter.webp"]
    asked = [one["message"] for one in json.loads(found.stdout)["left"]]
    assert any("image-to-image" in one for one in asked)
    assert any("what the items are" in one for one in asked)
    assert desk.run("check").exit_code == 0


def test_nothing_is_overwritten_and_no_stranger_is_drafted(desk: Desk) -> None:
    assert draft(desk, "redraw-1.md").exit_code == 0
    before = desk.texts()
    assert draft(desk, "redraw-1.md").exit_code == 2
    assert draft(desk, "rules.md").exit_code == 2
    assert draft(desk, "rules.md", "--like", "lantern/still-2").exit_code == 2
    assert draft(desk, "redraw-1.md", "--like", "lantern/stil-2").exit_code == 2
    (desk.docs / "lantern/empty.md").write_text("", "utf-8")
    assert draft(desk, "empty.md").exit_code == 2
    assert desk.texts() == before
