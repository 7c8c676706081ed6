"""The table of demands in the README of the specs is true: each key stands in the specs that prove it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from proviso.load import load

ROOT = Path(__file__).parents[2]
HOMES = (ROOT / "generator/tests/cases/providers/specs", ROOT / "specs")
ROW = re.compile(r"\| (?P<demand>[^|]+) \| `(?P<key>[^`|]+)`(?: [^|]*)? \| (?P<case>[a-z0-9-]+) \|")


def rows() -> Iterator[tuple[str, str, str]]:
    table = (ROOT / "specs" / "README.md").read_text("utf-8").partition("## What can be said")[2]
    for line in table.splitlines():
        if line.startswith("|") and not line.startswith(("| demand ", "|---")):
            found = ROW.fullmatch(line)
            assert found is not None, f"not a row of three: {line}"
            yield found["demand"], found["key"], found["case"]


def leads(value: object, steps: list[str]) -> bool:
    """Tell whether a way of keys leads to something; list items are not named, and * is any key."""
    if isinstance(value, list):
        return any(leads(item, steps) for item in value)
    if not steps:
        return True
    if not isinstance(value, dict):
        return False
    step, *rest = steps
    members = value.values() if step == "*" else [value[step]] if step in value else []
    return any(leads(member, rest) for member in members)


@pytest.mark.parametrize(("demand", "key", "case"), list(rows()))
def test_every_demand_is_proved_by_a_spec_that_has_its_key(demand: str, key: str, case: str) -> None:
    folders = [home / case for home in HOMES if (home / case).is_dir()]
    assert folders, f"{demand}: there is no provider {case}"
    documents = [load(path, shown=path.name)[0] for path in folders[0].glob("*.yaml")]
    assert any(one is not None and leads(one.data, key.split(".")) for one in documents), (
        f"{demand}: {case} has no {key}"
    )
