"""Imports go downwards only, and each third-party library has one door."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from . import rewrite_cases

GENERATOR = Path(__file__).parents[1]
GENERATED = GENERATOR.parent / "generated"

# The floor of every room of the tool. A room is a module or a folder right below the package.
FLOORS = {
    "proviso": 6,
    "__main__": 7,
    "cli": 6,
    "conform": 5,
    "testing": 5,
    "pipeline": 4,
    "stamp": 4,
    "drawing": 4,
    "audit": 5,
    "mock": 4,
    "emitters": 3,
    "exports": 3,
    "drafting": 3,
    "comparing": 3,
    "fetching": 2,
    "rewriting": 3,
    "updating": 5,
    "answers": 3,
    "load": 2,
    "shape": 2,
    "lower": 2,
    "lint": 2,
    "render": 2,
    "format": 2,
    "store": 2,
    "oracle": 2,
    "reports": 2,
    "access_words": 1,
    "asked_code": 1,
    "check_functions": 1,
    "callback_words": 1,
    "check_words": 1,
    "compose": 1,
    "condition_schemas": 1,
    "condition_words": 1,
    "diagnostics": 1,
    "document": 1,
    "evidence": 1,
    "families": 1,
    "foreign_words": 1,
    "formula_syntax": 1,
    "formula_trends": 1,
    "formula_units": 1,
    "formula_words": 1,
    "formulas": 1,
    "index_refusals": 1,
    "index_results": 1,
    "index_access": 1,
    "index_jobs": 1,
    "index_output": 1,
    "index_price": 1,
    "index_parameters": 1,
    "index_words": 1,
    "ir": 1,
    "layouts": 1,
    "limit_words": 1,
    "json_schema": 1,
    "key_places": 1,
    "kind_schemas": 1,
    "kind_words": 1,
    "limits": 1,
    "markdown": 1,
    "naming": 1,
    "pixel_words": 1,
    "placeholders": 1,
    "pattern_parser": 1,
    "pattern_ways": 1,
    "patterns": 1,
    "price_code": 1,
    "price_facts": 1,
    "price_words": 1,
    "python_types": 1,
    "protocol_words": 1,
    "rate_words": 1,
    "refusal_words": 1,
    "reply_matches": 1,
    "reply_paths": 1,
    "reply_states": 1,
    "result_words": 1,
    "rule_schemas": 1,
    "rule_sentences": 1,
    "rule_words": 1,
    "scalars": 1,
    "shipped": 1,
    "spec_files": 1,
    "syntax": 1,
    "text_schemas": 1,
    "tree": 1,
    "type_names": 1,
    "units": 1,
    "words": 1,
    "yaml_text": 1,
}
# Rooms whose modules may import one another; an emitter, a stage and a file of the first floor stand for themselves.
OPEN = {
    "answers",
    "audit",
    "cli",
    "comparing",
    "conform",
    "drafting",
    "drawing",
    "evidence",
    "exports",
    "fetching",
    "ir",
    "lint",
    "lower",
    "mock",
    "oracle",
    "reports",
    "rewriting",
    "testing",
    "updating",
}
# Third-party libraries and the only rooms that import them.
DOORS = {
    "yaml": {"load"},
    "jsonschema": {"shape"},
    "referencing": {"shape"},
    "jinja2": {"render"},
    "ruff": {"format"},
    "certifi": {"audit"},
    "click": {"cli"},
    "h11": {"audit"},
    "trustme": {"audit"},
    "hypothesis": {"drawing", "oracle", "testing"},
    "rich": {"cli"},
    "ruamel": {"rewriting"},
    "PIL": {"mock"},
    "httpx2": {"conform", "fetching", "mock", "testing"},
    "pytest": {"testing"},
    "respx": {"testing"},
    "openapi_pydantic": {"drafting"},
    "pydantic": {"drafting"},
    "_typeshed": {"render"},
    "uvicorn": {"mock"},
    "platformdirs": {"cli"},
}
# The same of the runtime, by modules.
RUNTIME_DOORS = {
    "httpx2": "proviso_runtime.transport",
    "imagesize": "proviso_runtime.pictures",
    "opentelemetry": "proviso_runtime.tracing",
    "platformdirs": "proviso_runtime.ledger.places",
    "sqlalchemy": "proviso_runtime.ledger.sql",
}
# Modules that use what was generated.
USERS = {"proviso.testing.mocks"} | {
    f"proviso.cli.{name}"
    for name in (
        *("validate", "quote", "target", "jobs", "ledgers", "job_words", "taking_up"),
        *("run", "run_options", "run_report", "run_view", "interrupting"),
    )
}
# The one module of a conformance run that looks at pictures, as clients do.
USERS.add("proviso.conform.looking")


def modules(root: Path, package: str) -> dict[str, Path]:
    found = {}
    for path in sorted((root / package).rglob("*.py")):
        parts = path.relative_to(root).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imports(path: Path, known: set[str]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=str(module), names=names, level=0):
                for name in names:
                    inner = f"{module}.{name.name}"
                    yield inner if inner in known else module
            case ast.ImportFrom():
                pytest.fail(f"{path}: imports are absolute")
            case _:
                pass


def room(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else parts[0]


TOOL = modules(GENERATOR, "proviso")
RUNTIME = modules(GENERATOR, "proviso_runtime")
EVERYTHING = {*TOOL, *RUNTIME}


@pytest.mark.parametrize("module", TOOL)
def test_the_tool_imports_downwards_only(module: str) -> None:
    here = FLOORS[room(module)]
    for other in imports(TOOL[module], EVERYTHING):
        if other.split(".")[0] != "proviso" or other == "proviso":
            continue
        same_room = room(module) == room(other) and room(module) in OPEN
        first_floor = here == FLOORS[room(other)] == 1
        assert FLOORS[room(other)] < here or same_room or first_floor, f"{module} imports {other}"


def test_the_modules_of_the_tool_import_one_another_in_no_circle() -> None:
    arrows = {
        module: {other for other in imports(path, EVERYTHING) if other in TOOL and other not in (module, "proviso")}
        for module, path in TOOL.items()
    }
    TopologicalSorter(arrows).prepare()


def test_every_room_of_the_tool_has_a_floor() -> None:
    assert {room(module) for module in TOOL} == set(FLOORS)


@pytest.mark.parametrize("module", TOOL)
def test_each_library_of_the_tool_has_one_door(module: str) -> None:
    for other in imports(TOOL[module], EVERYTHING):
        top = other.split(".")[0]
        if top in sys.stdlib_module_names or top == "proviso":
            continue
        if top == "proviso_runtime":
            assert module in USERS, f"{module} imports {other}"
        else:
            assert room(module) in DOORS.get(top, set()), f"{module} imports {other}"


@pytest.mark.parametrize("module", RUNTIME)
def test_the_runtime_imports_the_standard_library_and_each_library_by_one_door(module: str) -> None:
    for other in imports(RUNTIME[module], EVERYTHING):
        top = other.split(".")[0]
        allowed = top in sys.stdlib_module_names or top == "proviso_runtime"
        assert allowed or RUNTIME_DOORS.get(top) == module, f"{module} imports {other}"


def generated_trees() -> list[Path]:
    packages = [path.parent for path in GENERATED.glob("*/__init__.py")]
    return packages + sorted(case / "expected/clients" for case in rewrite_cases.CASES.iterdir())


@pytest.mark.parametrize("tree", generated_trees(), ids=lambda tree: "/".join(tree.parts[-3:]))
def test_generated_code_imports_itself_the_runtime_and_the_standard_library(tree: Path) -> None:
    for path in tree.rglob("*.py"):
        for other in imports(path, set()):
            top = other.split(".")[0]
            assert top in (tree.name, "proviso_runtime") or top in sys.stdlib_module_names, f"{path} imports {other}"


def test_every_module_is_short() -> None:
    tests = [path for path in (GENERATOR / "tests").rglob("*.py") if "cases" not in path.parts]
    others = [*(GENERATOR.parent / "contract_tests").rglob("*.py"), *(GENERATOR / "benchmarks").glob("*.py"), *tests]
    for path in (*TOOL.values(), *RUNTIME.values(), *others):
        assert len(path.read_text("utf-8").splitlines()) <= 300, path
