"""A provider, its package, and a folder to work in."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from . import provider
from .provider import Provider


@pytest.fixture(scope="session")
def batch_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("batches")
    provider.build(folder)
    return folder


@pytest.fixture
def desk(batch_package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in a folder of one's own, with the package beside."""
    (tmp_path / "out").symlink_to(batch_package / "out")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ACME_KEY", "a-key-of-tests")
    monkeypatch.setattr(sys, "path", list(sys.path))
    return tmp_path


@pytest.fixture
def acme() -> Iterator[Provider]:
    with provider.running() as running:
        yield running
