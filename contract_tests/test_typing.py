"""Two strict type checkers know every literal, keyword and type of a call, and are silent over a right one."""

from __future__ import annotations

import importlib
import json
import os
import re
import string
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from harness import snippets
from harness.houses import HOUSES, ROOT
from harness.snippets import Program
from harness.subjects import SUBJECTS, Subject

_SEARCHED = [str(ROOT / "generator"), *(str(house.folder) for house in HOUSES)]


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What a checker says of a line."""

    program: str
    line: int
    error: bool
    message: str


def test_mypy_knows_every_call(tmp_path: Path) -> None:
    programs = _written(tmp_path)
    run = _run("mypy", "--strict", "--config-file=", "--output=json", f"--cache-dir={tmp_path}/cache", ".", at=tmp_path)
    lines = [json.loads(line) for line in run.splitlines() if line.startswith("{")]
    _judge(programs, [_remark(one["file"], one["line"], one["severity"], one["message"]) for one in lines])


def test_basedpyright_knows_every_call(tmp_path: Path) -> None:
    programs = _written(tmp_path)
    settings = {"typeCheckingMode": "strict", "pythonVersion": "3.11", "include": ["."], "extraPaths": _SEARCHED}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    run = _run("basedpyright", "--outputjson", "--pythonpath", sys.executable, "--project", ".", at=tmp_path)
    lines = json.loads(run)["generalDiagnostics"]
    _judge(
        programs,
        [_remark(one["file"], one["range"]["start"]["line"] + 1, one["severity"], one["message"]) for one in lines],
    )


def test_the_programs_use_every_call_and_function(subject: Subject) -> None:
    text = snippets.program(subject).text
    made = importlib.import_module(f"{subject.module_name}.calls").Calls
    calls = {name for name in dir(made) if name[0] != "_"} - {"model"}
    # Where there is no job, there is nothing to take up again.
    calls -= {"resume", "wait"} if subject.model.job is None else set()
    wanted = {f"{face}.{name}" for name in calls for face in ("calls", "awaited")}
    wanted |= {f"model.{name}" for name in dir(subject.module) if name[0] in string.ascii_lowercase}
    assert {one for one in wanted if f"{one}(" not in text} == set()


def _written(folder: Path) -> list[Program]:
    programs = [snippets.program(subject) for subject in SUBJECTS]
    for one in programs:
        (folder / f"{one.name}.py").write_text(one.text, encoding="utf-8")
    return programs


def _run(checker: str, *arguments: str, at: Path) -> str:
    # The runtime is found as a user's checker finds it: installed, with its own mark that it is typed.
    environment = {**os.environ, "MYPYPATH": os.pathsep.join(str(house.folder) for house in HOUSES)}
    command = [sys.executable, "-m", checker, *arguments]
    run = subprocess.run(command, cwd=at, env=environment, capture_output=True, check=False)
    assert run.returncode in (0, 1), run.stderr.decode()
    return run.stdout.decode()


def _remark(file: str, line: int, severity: str, message: str) -> Remark:
    return Remark(program=Path(file).stem, line=line, error=severity == "error", message=message)


def _judge(programs: list[Program], remarks: list[Remark]) -> None:
    by_program: dict[str, list[Remark]] = {}
    for remark in remarks:
        by_program.setdefault(remark.program, []).append(remark)
    for one in programs:
        mine = by_program.pop(one.name, [])
        refused = {remark.line for remark in mine if remark.error}
        assert {why for line, why in one.wrong.items() if line not in refused} == set(), one.name
        assert [remark for remark in mine if remark.error and remark.line not in one.wrong] == []
        shown = {remark.line: _shown(remark.message) for remark in mine if remark.line in one.reveals}
        assert shown == one.reveals, one.name
    elsewhere = [remark for others in by_program.values() for remark in others if remark.error]
    if elsewhere:
        pytest.fail(f"errors outside the programs: {elsewhere[:5]}")


def _shown(message: str) -> str:
    """Return the type in a revealing message, without the modules and quotes around names."""
    found = re.search(r'(?:Revealed type is|is) "(.*)"$', message)
    assert found is not None, message
    name = re.sub(r"^TypedDict\('?([\w.]+)'?,.*$", r"\1", found[1])
    return re.sub(r"(?:\w+\.)+(?=\w)", "", name)
