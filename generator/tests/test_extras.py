"""Whoever installed less than a part of the tool needs is told what to install."""

from __future__ import annotations

import subprocess
import sys

import pytest

_VERBS = {"conform": ("hypothesis", "conform"), "mock": ("uvicorn.config", "mock"), "lint": ("yaml", "codegen")}


def _without(module: str, text: str) -> subprocess.CompletedProcess[str]:
    """Run a program where a module is not installed."""
    program = f"import sys; sys.modules[{module!r}] = None; {text}"
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("verb", _VERBS)
def test_a_verb_that_lacks_a_library_names_the_extra(verb: str) -> None:
    module, extra = _VERBS[verb]

    ran = _without(module, f"from proviso.cli import main; main([{verb!r}, *{['--port', '0'] * (verb == 'mock')}])")

    assert ran.returncode == 2
    assert f"needs {module}: pip install 'proviso[{extra}]'" in ran.stderr
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(("text", "module"), [("requests", "hypothesis"), ("Mock; Mock('acme')", "yaml")])
def test_what_tests_use_names_the_extra_that_it_lacks(text: str, module: str) -> None:
    ran = _without(module, f"from proviso.testing import {text}")

    assert f" needs {module}: pip install 'proviso[testing]'" in ran.stderr
