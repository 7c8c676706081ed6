"""The generated tree is written as a whole or not at all, and only where it changed."""

from __future__ import annotations

import difflib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from proviso import store
from proviso.cli import main

from . import building, killed_writes
from .houses import House, snapshot


def test_a_fact_changes_only_the_lines_that_say_it(house: House) -> None:
    before = snapshot(house.out)
    house.write(5)
    changed = house.generated()
    after = snapshot(house.out)
    lines = {}
    for path in changed.written:
        old, new = (found[path][2].decode().splitlines() for found in (before, after))
        differing = sorted(
            (line for line in difflib.ndiff(old, new) if line[0] in "+-"), key=lambda line: line[0] == "+"
        )
        lines[path.removeprefix("clients/")] = [line[0] + line[1:].strip() for line in differing]
    assert changed.removed == []
    assert lines == {
        "INDEX.md": [
            "-| `n` | integer, 1 to 4 | required |  | How many. | page |",
            "+| `n` | integer, 1 to 5 | required |  | How many. | page |",
        ],
        "acme/numbered/checks.py": [
            "-# n: integer, 1 to 4, required.",
            "-elif whole > 4:",
            '-found.append(violation.Violation("/n", "maximum", whole, 4))',
            "+# n: integer, 1 to 5, required.",
            "+elif whole > 5:",
            '+found.append(violation.Violation("/n", "maximum", whole, 5))',
        ],
        "acme/numbered/params.py": ["-Integer, 1 to 4. Required.", "+Integer, 1 to 5. Required."],
        "acme/numbered/schema.py": [
            '-"n": {"type": "integer", "minimum": 1, "maximum": 4, "description": "How many."},',
            '+"n": {"type": "integer", "minimum": 1, "maximum": 5, "description": "How many."},',
        ],
    }


def test_files_that_did_not_change_are_not_touched(house: House) -> None:
    before = snapshot(house.out)
    house.write(5)
    written = house.generated().written
    after = snapshot(house.out)
    assert written == [path for path in after if after[path][2] != before[path][2]]


def test_files_that_nothing_generates_any_more_are_removed(house: House) -> None:
    (house.specs / "acme" / "numbered.yaml").unlink()
    removed = house.generated().removed
    assert len(removed) > 5
    assert all(path.startswith("clients/acme/numbered/") for path in removed)
    assert not (house.out / "clients/acme/numbered").exists()


@pytest.mark.parametrize("stray", ["clients/notes.txt", "clients/acme/by_hand.py", "clients/acme/still_1/data.bin"])
def test_a_file_written_by_hand_is_refused_and_nothing_is_touched(house: House, stray: str) -> None:
    (house.out / stray).write_bytes(b"\xff by hand")
    house.write(5)
    before = snapshot(house.out)
    result = house.generate()
    assert result.exit_code == 1
    assert f"{stray}: nobody generates this file" in result.stderr
    assert snapshot(house.out) == before


def test_a_tree_with_a_stray_file_is_never_written(house: House) -> None:
    (house.out / "clients/notes.txt").write_text("by hand", "utf-8")
    house.write(5)
    files = building.files(house.specs)
    comparison = store.compare(files, house.out, "clients")
    before = snapshot(house.out)
    assert comparison.changes
    assert comparison.strays == ("clients/notes.txt",)
    store.write(files, comparison, house.out, "clients")
    assert snapshot(house.out) == before


def test_a_file_in_the_place_of_the_package_is_not_lost(tmp_path: Path) -> None:
    building.write(tmp_path / "specs")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "clients").write_text("by hand", "utf-8")
    arguments = ["generate", str(tmp_path / "specs"), "--out", str(tmp_path / "out"), "--package", "clients"]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code in (1, 2), result.output
    assert (tmp_path / "out" / "clients").read_text("utf-8") == "by hand"


def test_a_link_that_leads_nowhere_is_refused(house: House) -> None:
    (house.out / "clients" / "gone.py").symlink_to("nowhere")
    house.write(5)
    result = house.generate()
    assert result.exit_code in (1, 2), result.output
    assert isinstance(result.exception, SystemExit)
    assert "gone.py" in result.stderr


def test_a_complaint_touches_not_one_byte(house: House) -> None:
    before = snapshot(house.out)
    house.write(0)
    result = house.generate()
    assert result.exit_code == 1
    assert "n can never be sent" in result.stdout
    assert snapshot(house.out) == before


@pytest.mark.parametrize("how", ["SIGKILL", "interrupt"])
def test_a_run_stopped_at_any_step_leaves_the_old_tree_or_the_new_one(how: str) -> None:
    done = subprocess.run(
        [sys.executable, killed_writes.__file__, how], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    left = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(left) > 30
    assert {tree for tree, _ in left} == {"old", "new"}
    assert all(whole for _, whole in left)


def test_a_killed_command_leaves_a_whole_tree(house: House) -> None:
    command = [
        sys.executable,
        "-m",
        "proviso",
        "generate",
        str(house.specs),
        "--out",
        str(house.out),
        "--package",
        "clients",
    ]
    for maximum, delay in enumerate((0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5), 5):
        before = {path: content for path, (_, _, content) in snapshot(house.out).items()}
        house.write(maximum)
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(delay)
        running.send_signal(signal.SIGKILL)
        running.wait()
        after = {path: content for path, (_, _, content) in snapshot(house.out).items()}
        wanted = {file.path: file.text.encode() for file in building.files(house.specs)}
        assert after in (before, wanted)
    house.generated()
    assert {path: content for path, (_, _, content) in snapshot(house.out).items()} == wanted


def test_what_killed_runs_left_behind_is_swept_after_an_hour(house: House) -> None:
    cache = house.out / store.CACHE
    for name, age in (("staging-old", 4000), ("staging-young", 10)):
        (cache / name).mkdir()
        (cache / name / "file.py").write_text("x", "utf-8")
        os.utime(cache / name, (time.time() - age, time.time() - age))
    house.write(5)
    house.generated()
    assert [path.name for path in sorted(cache.glob("staging-*"))] == ["staging-young"]


def test_where_folders_cannot_be_exchanged_the_tree_is_still_whole(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "_exchange", lambda *_: False)
    house.write(5)
    house.generated()
    wanted = {file.path: file.text.encode() for file in building.files(house.specs)}
    assert {path: content for path, (_, _, content) in snapshot(house.out).items()} == wanted


def test_a_swap_that_fails_puts_the_old_tree_back(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {path: content for path, (_, _, content) in snapshot(house.out).items()}
    monkeypatch.setattr(store, "_exchange", lambda *_: False)
    rename = Path.rename

    def refusing(path: Path, target: Path) -> Path:
        if path.name == "clients" and path.parent.name.startswith("staging-"):
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refusing)
    house.write(5)
    assert house.generate().exit_code == 2
    assert {path: content for path, (_, _, content) in snapshot(house.out).items()} == before
