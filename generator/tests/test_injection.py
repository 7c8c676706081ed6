"""Whatever a spec says, generated code holds it as text: it does nothing, and nothing of it is lost."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from proviso.tree import File

from . import building
from .rewrite_cases import CASES

SPECS = CASES / "injection" / "specs"
IMPORTS_ALL = """
import importlib, os, pathlib, sys
sys.path.insert(0, sys.argv[1])
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.py")):
    importlib.import_module(".".join(path.relative_to(sys.argv[1]).with_suffix("").parts).removesuffix(".__init__"))
from clients import hostile
model = hostile.evil_1
params = {"prompt": "x", "mode": "\\\\", "tier": "|", "n": 1}
model.quote(model.from_body(model.to_body(params)))
[str(one) for one in model.violations({"mode": 1, "tier": "none", "size": "none", "list": [1, "none"]})]
print(os.environ.get("PWNED"))
"""


def spec(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((SPECS / "hostile" / name).read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def files() -> tuple[File, ...]:
    return building.files(SPECS)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    with building.imported(SPECS, tmp_path_factory.mktemp("out")) as found:
        yield importlib.import_module(f"{found.__name__}.hostile")


def test_importing_and_using_it_has_no_effect(files: tuple[File, ...], tmp_path: Path) -> None:
    for file in files:
        target = tmp_path / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.text.encode())
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", IMPORTS_ALL, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("None\n", "")


def test_no_file_holds_a_character_that_cannot_be_seen(files: tuple[File, ...]) -> None:
    for file in files:
        assert {one for one in file.text if not one.isprintable()} <= {"\n"}, file.path


def test_parameters_and_the_body_keep_every_text(package: ModuleType) -> None:
    said, shared = spec("evil-1.yaml"), spec("provider.yaml")
    model: Any = package.evil_1
    constants = {key: value for key, value in shared["body"].items() if key not in ("*", "hook\\", "model\n")}
    for mode in said["parameters"]["mode"]["enum"]:
        params = {"prompt": said["title"], "mode": mode, "tier": "16:9", "list": [mode] * 0, "hook": "https://a"}
        body = model.to_body(params)
        rest = {"prompt": said["title"], "mode": mode, "tier": "16:9", "list": [], "hook\\": "https://a"}
        assert body == {**constants, "model\n": said["model"], **rest}
        assert model.from_body(body) == params
    for separator in said["parameters"]["size"]["size"]["separators"]:
        one = {"prompt": "", "mode": "'", "tier": "|", "size": f"12{separator}3", "list": [], "hook": "https://a"}
        assert model.violations(one) == ()
    assert {key[0] for key in importlib.import_module(f"{model.__name__}.sizes").SIZES} == set(said["sizes"]["rows"])
    assert all(model.size(tier=tier) for tier in said["parameters"]["tier"]["enum"])


def test_rules_hold_for_hostile_values(package: ModuleType) -> None:
    said = spec("evil-1.yaml")
    model: Any = package.evil_1
    evil = said["rules"][0]["when"]["mode"][0]
    given = {"prompt": "", "mode": evil, "tier": "|"}
    assert [(one.at, one.rule) for one in model.violations(given)] == [
        ("/n", "require"), ("/list", "require"), ("/hook", "require"),
    ]  # fmt: skip
    assert model.violations({**given, "mode": "'"}) == ()


def test_schema_and_protocol_keep_every_text(package: ModuleType) -> None:
    said, shared = spec("evil-1.yaml"), spec("provider.yaml")
    schema: Any = package.evil_1.SCHEMA
    assert schema["title"] == said["title"]
    assert schema["description"] == said["summary"]
    assert schema["properties"]["mode"]["enum"] == said["parameters"]["mode"]["enum"]
    assert schema["properties"]["prompt"]["description"] == said["parameters"]["prompt"]["description"]
    protocol: Any = importlib.import_module(f"{package.__name__}.protocol")
    assert protocol.PROVIDER.title == shared["title"]
    assert protocol.PROVIDER.base_url == shared["base_url"]
    assert protocol.PROVIDER.auth.header == next(iter(shared["auth"]["header"]))
    assert list(protocol.PROVIDER.envelope.ok) == shared["envelope"]["ok"]
    assert protocol.PROVIDER.envelope.at == shared["envelope"]["at"]
    assert protocol.JOB.submit.call == shared["job"]["submit"]["call"]
    assert protocol.JOB.submit.id == shared["job"]["submit"]["id"]
    for phase in ("queued", "running", "succeeded"):
        assert [word for word, means in protocol.JOB.state.phases.items() if means == phase] == (
            shared["job"]["state"][phase]
        )
    calls: Any = importlib.import_module(f"{package.__name__}.evil_1.calls")
    assert calls.MODEL.id == said["model"]


def test_docstrings_keep_every_text_but_its_white_space(files: tuple[File, ...]) -> None:
    said = spec("evil-1.yaml")
    params = next(file.text for file in files if file.path.endswith("evil_1/params.py"))
    docs = [
        _folded(node.value.value)
        for node in ast.walk(ast.parse(params))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    ]
    for parameter in said["parameters"].values():
        assert any(doc.startswith(_folded(parameter["description"])) for doc in docs), parameter
    assert any(_folded(said["title"]) in doc for doc in docs)
    assert any(_folded(said["model"]) in doc for doc in docs)


def _folded(text: str) -> str:
    return " ".join(text.split())
