"""Every case folder comes out as it is kept there: a spec and its tree, or a spec and its complaints."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from proviso.cli import main

from . import rewrite_cases
from .rewrite_cases import CASES, COMPLAINTS


@pytest.mark.parametrize("name", rewrite_cases.names())
def test_a_case_comes_out_as_kept(name: str) -> None:
    case = CASES / name
    expected, outcome = rewrite_cases.expected(case), rewrite_cases.outcome(case)
    assert sorted(outcome) == sorted(expected)
    for path, text in expected.items():
        assert outcome[path] == text, path


@pytest.mark.parametrize("name", [name for name in rewrite_cases.names() if (CASES / name / COMPLAINTS).is_file()])
def test_the_command_prints_the_kept_complaints(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CASES / name)
    result = CliRunner().invoke(main, ["lint", "specs"])
    assert result.exit_code == 1
    assert result.stdout == (CASES / name / COMPLAINTS).read_text("utf-8")
