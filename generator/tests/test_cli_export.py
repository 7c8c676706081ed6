"""Documents for other people's tools, on standard output or in a folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from . import building
from .desk import run


@pytest.mark.parametrize("language", ["openapi", "arazzo"])
def test_one_provider_is_written_to_standard_output(workplace: Path, language: str) -> None:
    done = run("export", language, "acme")
    assert (done.exit_code, done.stderr) == (0, "")
    assert language in json.loads(done.stdout)
    assert run("export", language, "Acme", "--out", "-").stdout == done.stdout


def test_a_folder_gets_one_document_a_provider(tmp_path: Path) -> None:
    building.write(tmp_path / "specs")
    building.write(tmp_path / "specs", name="other")
    out = tmp_path / "deep" / "out"
    done = run("export", "openapi", "--specs", str(tmp_path / "specs"), "--out", str(out))
    assert (done.exit_code, done.stdout) == (0, f"2 files written in {out}\n")
    run("export", "arazzo", "other", "--specs", str(tmp_path / "specs"), "--out", str(out))
    assert sorted(path.name for path in out.iterdir()) == [
        "acme.openapi.json", "other.arazzo.json", "other.openapi.json",
    ]  # fmt: skip
    workflows = json.loads((out / "other.arazzo.json").read_text("utf-8"))
    assert (out / workflows["sourceDescriptions"][0]["url"]).is_file()


def test_several_providers_do_not_fit_on_standard_output(tmp_path: Path) -> None:
    building.write(tmp_path / "specs")
    building.write(tmp_path / "specs", name="other")
    done = run("export", "openapi", "--specs", str(tmp_path / "specs"))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "2 providers (acme, other)" in done.stderr
    assert "--out" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("openapi", "acne"), 'did you mean "acme"'),
        (("openapi", "--out", "specs/acme/provider.yaml"), "provider.yaml"),
        (("swagger",), "swagger"),
    ],
)
def test_misuse_ends_with_2_and_says_why(workplace: Path, arguments: tuple[str, ...], hint: str) -> None:
    done = run("export", *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert hint in done.stderr


def test_nothing_is_written_of_specs_with_complaints(tmp_path: Path) -> None:
    building.write(tmp_path / "specs", {"still-1": building.model(title=7)})
    done = run("export", "openapi", "--specs", str(tmp_path / "specs"), "--out", str(tmp_path / "out"))
    assert done.exit_code == 1
    assert "still-1.yaml" in done.stdout
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("language", ["openapi", "arazzo"])
def test_help_teaches_by_example(language: str) -> None:
    shown = run("export", language, "--help")
    assert shown.exit_code == 0
    assert f"proviso export {language}" in shown.stdout.split("Example", 1)[1]
