"""What the README shows at a prompt is what the commands print."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# An indented line behind a dollar sign, with the lines that a backslash adds; below it what it prints.
_SHOWN = re.compile(r"^    \$ ((?:.*\\\n)*.*)\n((?:    (?!\$ ).*\n)*)", re.MULTILINE)
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = _SHOWN.findall(README)
_PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TESTS = [text for text in _PYTHON.findall(README) if "\ndef test_" in text]

pytest_plugins = ["pytester"]


def test_the_readme_shows_commands() -> None:
    assert len(COMMANDS) >= 2


@pytest.mark.parametrize(("command", "output"), COMMANDS)
def test_a_command_prints_what_the_readme_shows(command: str, output: str) -> None:
    environment = {**os.environ, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}
    done = subprocess.run(["/bin/sh", "-c", command], cwd=ROOT, env=environment, capture_output=True, check=False)
    assert done.stdout.decode() == textwrap.dedent(output)


def test_the_tests_that_the_readme_shows_can_be_pasted_and_pass(pytester: pytest.Pytester) -> None:
    assert len(TESTS) == 2
    pytester.makepyfile(**{f"test_pasted_{number}": text for number, text in enumerate(TESTS)})
    pytester.makeini("[pytest]\naddopts = -p no:cacheprovider\nfilterwarnings = error\n")
    ran = pytester.runpytest_subprocess("-q", "-p", "no:xdist", "--hypothesis-seed=0")
    ran.assert_outcomes(passed=sum(text.count("\ndef test_") for text in TESTS))
