"""The GitHub Action and the pre-commit hooks name verbs and options that there are, and the action's script works."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from proviso.cli import VERBS, main

from . import building

ROOT = Path(__file__).parents[2]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
SCRIPT: str = next(step for step in ACTION["runs"]["steps"] if step.get("id") == "run")["run"]
# What the action makes of each command, with the options that its script and descriptions name.
COMMANDS = {
    "lint": ("lint", "--report"),
    "check": ("check", "--report"),
    "conform": ("conform", "--report", "--replay"),
    "docs": ("docs", "check", "--report"),
}
AWAITED = {"conform", "docs"} - {*VERBS}


def hold(words: list[str]) -> None:
    """Hold a command line to verbs and options that there are; skip a verb that is yet to come."""
    if words[0] in AWAITED:
        pytest.skip(f"there is no proviso {words[0]} yet")
    command: click.Command = main
    for word in words:
        context = click.Context(command)
        if word.startswith("-"):
            known = {name for parameter in command.params for name in parameter.opts}
            assert word in known, f"{command.name} has no {word}"
        else:
            assert isinstance(command, click.Group), f"{command.name} has no {word}"
            found = command.get_command(context, word)
            assert found is not None, f"{command.name} has no {word}"
            command = found


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_every_hook_runs_a_command_that_there_is_on_files_that_there_are(hook: dict[str, Any]) -> None:
    tool, *words = hook["entry"].split()
    options = re.findall(r"--[a-z-]+", hook["description"])
    tracked = [path.relative_to(ROOT).as_posix() for path in (ROOT / "specs").rglob("*") if path.is_file()]
    assert any(re.search(hook["files"], path) for path in tracked)
    assert (tool, hook["language"], hook["pass_filenames"]) == ("proviso", "python", False)
    wanted = ".[codegen,conform]" if words[0] == "conform" else ".[codegen]"
    assert hook["additional_dependencies"] == [wanted]
    hold([*words, *options])


def test_the_hooks_are_the_documented_ones() -> None:
    assert [hook["id"] for hook in HOOKS] == ["proviso-lint", "proviso-check", "proviso-conform-replay"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_action_is_one_that_there_is(command: str) -> None:
    assert f"{command})" in SCRIPT or f"{command} |" in SCRIPT
    assert {*re.findall(r"(?<= )--[a-z-]+", SCRIPT)} <= {*COMMANDS[command]}
    hold([*COMMANDS[command]])


def test_the_action_takes_and_gives_what_it_says() -> None:
    assert set(ACTION["inputs"]) == {"command", "args", "specs", "python-version"}
    assert set(re.findall(r"\binputs\.([a-z-]+)", (ROOT / "action.yml").read_text("utf-8"))) == set(ACTION["inputs"])
    for name, output in ACTION["outputs"].items():
        assert output["value"] == f"${{{{ steps.run.outputs.{name} }}}}"
        assert f'"{name}=' in SCRIPT
    installed = next(step["run"] for step in ACTION["runs"]["steps"] if step.get("name") == "Install proviso")
    assert (ROOT / "constraints.txt").is_file()
    assert "constraints.txt '.[codegen,conform]'" in installed
    # A text of an input inside of a script would be run.
    assert all("${{" not in step.get("run", "") for step in ACTION["runs"]["steps"])


def act(folder: Path, **inputs: str) -> tuple[int, dict[str, str], str, str]:
    """Run the script of the action; return its status, outputs, summary, and what it says."""
    tool = folder / "temp/proviso/bin/proviso"
    tool.parent.mkdir(parents=True, exist_ok=True)
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m proviso "$@"\n', encoding="utf-8")
    tool.chmod(0o755)
    told = {"GITHUB_OUTPUT": folder / "output", "GITHUB_STEP_SUMMARY": folder / "summary"}
    for path in told.values():
        path.write_text("", encoding="utf-8")
    given = {"COMMAND": "lint", "ARGS": "", "SPECS": "specs"} | inputs
    done = subprocess.run(
        ["/usr/bin/env", "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", SCRIPT],
        cwd=folder,
        env={
            **os.environ,
            "RUNNER_TEMP": str(folder / "temp"),
            **given,
            **{name: str(path) for name, path in told.items()},
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    outputs = dict(line.split("=", 1) for line in told["GITHUB_OUTPUT"].read_text("utf-8").splitlines())
    return done.returncode, outputs, told["GITHUB_STEP_SUMMARY"].read_text("utf-8"), done.stdout + done.stderr


@pytest.mark.parametrize("command", ["lint", "check"])
def test_the_script_reports_what_a_command_finds_and_ends_as_it_does(tmp_path: Path, command: str) -> None:
    building.write(tmp_path / "specs", {"still-1": building.model(title=7)})
    status, outputs, summary, _ = act(tmp_path, COMMAND=command)
    assert status == 1
    log = json.loads(Path(outputs["sarif"]).read_text("utf-8"))
    (result, *_) = log["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "specs/acme/still-1.yaml"
    assert summary.startswith(f"## proviso {command} specs\n")
    assert "still-1.yaml" in summary
    assert "<failure" in Path(outputs["junit"]).read_text("utf-8")


def test_the_script_reports_stale_files_and_that_nothing_is_wrong(tmp_path: Path) -> None:
    building.write(tmp_path / "my specs", {"still-1": building.model()})
    status, outputs, summary, _ = act(tmp_path, COMMAND="check", SPECS="my specs", ARGS="  --package\n acme_clients ")
    assert status == 1
    assert "acme\\_clients" in summary or "acme_clients" in summary
    assert {one["ruleId"] for one in json.loads(Path(outputs["sarif"]).read_text("utf-8"))["runs"][0]["results"]} == {
        "stale"
    }
    status, outputs, summary, said = act(tmp_path, SPECS="my specs")
    assert status == 0, said
    assert "**nothing found**" in summary
    assert json.loads(Path(outputs["sarif"]).read_text("utf-8"))["runs"][0]["results"] == []


def test_the_script_runs_no_text_of_an_input(tmp_path: Path) -> None:
    for inputs in ({"COMMAND": "lint; touch x"}, {"ARGS": "$(touch x) `touch x` ; touch x"}, {"SPECS": "$(touch x)"}):
        status, *_ = act(tmp_path, **inputs)
        assert status != 0
        assert not (tmp_path / "x").exists()
