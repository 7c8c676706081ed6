"""The examples in the description of the spec language are specs: they lint and generate."""

from __future__ import annotations

import re
from pathlib import Path

from proviso import pipeline

README = Path(__file__).parents[2] / "specs" / "README.md"


def test_the_two_examples_are_a_provider_that_lints_and_generates(tmp_path: Path) -> None:
    model, provider = re.findall(r"```yaml\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    folder = tmp_path / "specs" / "aurora"
    folder.mkdir(parents=True)
    (folder / "aurora-2.yaml").write_text(model, "utf-8")
    (folder / "provider.yaml").write_text(provider, "utf-8")
    found = pipeline.read(tmp_path / "specs", shown="specs")
    assert [str(complaint) for complaint in found.complaints] == []
    assert any(
        file.path == "clients/aurora/aurora_2/checks.py" for file in pipeline.build(found.providers, package="clients")
    )
