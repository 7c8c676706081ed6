"""Every verb answers with words and a status, for people, programs and terminals."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from proviso.cli import VERBS

from .desk import program, run, validate


@pytest.mark.parametrize("verb", VERBS)
def test_help_teaches_by_example(verb: str) -> None:
    shown = run(verb, "--help")
    assert shown.exit_code == 0
    assert "Example" in shown.stdout
    assert f"proviso {verb}" in shown.stdout.split("Example", 1)[1]


def test_the_first_page_names_every_verb_and_what_a_status_means() -> None:
    shown = run("--help").stdout
    assert all(f"  {verb} " in shown for verb in VERBS)
    assert "0 fine, 1 findings, 2 misuse" in shown


@pytest.mark.parametrize(
    "arguments",
    [
        ("unknown",), ("lint", "--none"), ("lint", "--format", "xml"), ("generate", "--package", "a-b"),
        ("generate", "--package", "class"), ("generate", "--package", "a.b"), ("generate", "--package", "proviso"),
        ("generate", "--package", "out/cli_clients"), ("validate",), ("validate", "acme"), ("validate", "acme/still-1", "none.json"),
        ("validate", "acme/still-1", "specs"), ("quote", "acme/still-1", "none.json"), ("show", "none"), ("show", "acme/none"),
        ("validate", "acme/still-1", "--package", "none"), ("validate", "acme/still-1", "--package", ".none"),
        ("validate", "acme/still-1", "--package", ""), ("validate", "acme/still-1", "--package", "json"),
        ("validate", "acme/still-1", "--package", "specs"), ("validate", "acme/still-1", "--package", "."),
        ("validate", "/", "--package", "out/cli_clients"), ("validate", "acme/", "--package", "out/cli_clients"),
        ("validate", "acme/..", "--package", "out/cli_clients"), ("validate", "acme/still-1/x", "--package", "out/cli_clients"),
        ("generate", "specs", "--out", "specs/acme/provider.yaml"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_misuse_ends_with_2_and_says_why(workplace: Path, arguments: tuple[str, ...]) -> None:
    result = run(*arguments, given=b"{}")
    assert result.exit_code == 2, result.output
    assert "Error" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("validate", "acne/still-1", "--package", "out/cli_clients"), "acme"),
        (("validate", "acme/stil-1", "--package", "out/cli_clients"), "still"),
        (("validate", "acme/acme/stil-1", "--package", "out/cli_clients"), "acme/still-1"),
        (("quote", "acme/stil_1", "--package", "out/cli_clients"), "still_1"),
        (("show", "acne"), "acme"),
        (("show", "acme/stil-1"), "still-1"),
    ],
)
def test_an_unknown_name_gets_a_hint(workplace: Path, arguments: tuple[str, ...], hint: str) -> None:
    result = run(*arguments, given=b"{}")
    assert result.exit_code == 2
    assert f'did you mean "{hint}' in result.stderr


@pytest.mark.parametrize("name", ["acme/still-1", "acme/still_1", "acme/acme/still-1", "Acme/still-1"])
def test_a_model_is_named_by_its_id_or_by_its_python_name(workplace: Path, name: str) -> None:
    assert validate(b'{"prompt": "a hat"}', model=name).exit_code == 0


def test_a_package_is_a_folder_or_a_name(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(workplace / "out"))
    for package in ("cli_clients", "out/cli_clients", "out/cli_clients/", str(workplace / "out/cli_clients")):
        result = run("validate", "acme/still-1", "--package", package, given=b'{"prompt": "a hat"}')
        assert (result.exit_code, result.stderr) == (0, "valid\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ("lint", "specs"),
        ("generate", "specs", "--out", "out", "--package", "cli_clients"),
        ("generate", "specs", "--out", "new", "--package", "cli_clients"),
        ("check", "specs", "--out", "out", "--package", "cli_clients"),
        ("check", "specs", "--out", "empty", "--package", "cli_clients"),
        ("show",),
        ("show", "acme/still-1"),
        ("lint", "nowhere"),
        ("generate", "nowhere", "--out", "out", "--package", "cli_clients"),
        ("check", "nowhere"),
    ],
    ids=" ".join,
)
def test_json_is_one_document(workplace: Path, arguments: tuple[str, ...]) -> None:
    found: Any = json.loads(run(*arguments, "--format", "json").stdout)
    assert isinstance(found, dict)


def test_check_shows_what_generate_would_change(workplace: Path) -> None:
    fine = run("check", "specs", "--out", "out", "--package", "cli_clients")
    assert (fine.exit_code, fine.stdout) == (0, "")
    path = workplace / "out/cli_clients/acme/still_1/params.py"
    text = path.read_text("utf-8")
    try:
        path.write_text(text.replace("at most", "at least").replace("1 to 4", "1 to 9"), "utf-8")
        stale = run("check", "specs", "--out", "out", "--package", "cli_clients")
    finally:
        path.write_text(text, "utf-8")
    assert stale.exit_code == 1
    assert "-    Integer, 1 to 9." in stale.stdout
    assert "+    Integer, 1 to 4." in stale.stdout


def test_check_writes_nothing(workplace: Path) -> None:
    before = sorted(workplace.rglob("*"))
    assert run("check", "specs", "--out", "elsewhere", "--package", "cli_clients").exit_code == 1
    assert sorted(workplace.rglob("*")) == before


def test_show_reads_like_a_page(workplace: Path) -> None:
    shown = run("show", "acme/still-1").stdout
    assert "Draws still images." in shown
    assert "2K or 4K" in shown
    assert "v " not in [line[:2] for line in shown.splitlines()]


def test_colour_is_for_terminals_alone(workplace: Path) -> None:
    (workplace / "wrong" / "acme").mkdir(parents=True, exist_ok=True)
    (workplace / "wrong" / "acme" / "provider.yaml").write_text("provider: acme\n", "utf-8")
    assert b"\x1b" not in program("lint", "wrong", cwd=workplace).stdout
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "proviso", "lint", "wrong"], stdout=theirs, stderr=theirs, cwd=workplace
    ) as running:
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:  # Linux reports the end of a terminal as an error.
            pass
        finally:
            os.close(ours)
    assert running.returncode == 1
    assert b"\x1b[" in shown
