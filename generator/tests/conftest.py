"""Folders that several tests of the tool work in."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from harness import default_ledger

from . import desk
from .houses import House

default_ledger.keep_off()


@pytest.fixture(autouse=True)
def _no_entry_where_nobody_named_a_ledger() -> Iterator[None]:
    yield
    default_ledger.hold()


@pytest.fixture
def house(tmp_path: Path) -> House:
    """Make specs and generate from them."""
    found = House(tmp_path)
    assert len(found.generated().written) > 20
    return found


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generate the package that verbs are tried on."""
    folder = tmp_path_factory.mktemp("cli")
    desk.build(folder)
    return folder


@pytest.fixture
def workplace(built: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in the folder that holds a package and its specs."""
    monkeypatch.chdir(built)
    monkeypatch.setattr(sys, "path", list(sys.path))
    return built
