"""The command line as tests use it: in process, as a program, and on a package that was generated for them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from proviso.cli import main

from . import building

PRICE = {
    "currency": "USD",
    "rates": {"image": {"amount": 0.5, "per": "image"}},
    "hold": building.UNSURE,
    "charge": "n * image",
}
PARAMETERS = {
    "prompt": building.prompt(),
    "n": {"type": "integer", "minimum": 1, "maximum": 4, "default": 1, "unit": "image", "description": "How many."},
    "tier": {"type": "string", "enum": ["2K", "4K"], "description": "The tier."},
    "steps": {
        "type": "integer",
        "advice": {"maximum": 50, "because": "More take minutes."},
        "description": "How many steps.",
    },
}


def build(folder: Path) -> None:
    """Generate a package beside its specs."""
    models = {
        building.MODEL: building.model(PARAMETERS, price=PRICE),
        "view-2": building.model(model="v"),
        "crowd-3": building.model(
            PARAMETERS,
            model="c",
            price=PRICE,
            body={"many": {"id": "{uuid}", "input": "{*}"}, "most": 3},
            job=building.job(submit={"call": "POST /jobs", "id": "{uuid}"}),
        ),
    }
    building.write(folder / "specs", models)
    done = run("generate", str(folder / "specs"), "--out", str(folder / "out"), "--package", "cli_clients")
    if done.exit_code:
        raise AssertionError(done.output)


def run(*arguments: str, given: bytes | str | None = None) -> Result:
    result = CliRunner().invoke(main, arguments, input=given)
    said = isinstance(result.exception, SystemExit) or result.exception is None
    assert said, "".join(map(str, (arguments, repr(result.exception))))
    return result


def validate(given: bytes, *options: str, model: str = "acme/still-1") -> Result:
    return run("validate", model, "-", "--package", "out/cli_clients", *options, given=given)


def program(*arguments: str, given: bytes = b"", cwd: Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "proviso", *arguments]
    return subprocess.run(command, input=given, capture_output=True, cwd=cwd, check=False, timeout=60)
