"""The wheel brings the specs along, and the plugin of pytest."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from proviso import shipped

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a wheel and unpack it, as an installer does."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site")
    return folder / "site"


def test_a_wheel_ships_every_spec(installed: Path) -> None:
    command = [sys.executable, "-c", "from proviso import shipped; print(shipped.specs())"]
    found = subprocess.run(command, cwd=installed, check=True, capture_output=True, text=True)
    folder = Path(found.stdout.strip())
    assert folder.is_relative_to(installed)
    assert _texts(folder) == _texts(ROOT / "specs")


def _texts(folder: Path) -> dict[str, bytes]:
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.glob("*/*.yaml")}


def test_a_wheel_announces_the_plugin_of_pytest(installed: Path) -> None:
    (points,) = installed.glob("*.dist-info/entry_points.txt")
    assert "[pytest11]\nproviso = proviso.testing.plugin\n" in points.read_text("utf-8")


def test_a_clone_has_its_own_specs() -> None:
    assert shipped.specs() == ROOT / "specs"


def test_an_installation_without_specs_says_where_it_looked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shipped, "_INSTALLED", tmp_path / "a")
    monkeypatch.setattr(shipped, "_CLONED", tmp_path / "b")
    with pytest.raises(FileNotFoundError, match="no specs come with this installation"):
        shipped.specs()
