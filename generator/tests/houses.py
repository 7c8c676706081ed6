"""A folder of specs and what is generated from it, for tests of what a run does to the disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner, Result

from proviso import store
from proviso.cli import main

from . import building
from .building import Spec

Snapshot = dict[str, tuple[int, int, bytes]]
NUMBER = {"type": "integer", "minimum": 1, "maximum": 4, "required": True, "description": "How many."}


def snapshot(folder: Path) -> Snapshot:
    """Remember every file: its inode, its time, its bytes."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and store.CACHE not in path.parts:
            status = path.stat()
            found[path.relative_to(folder).as_posix()] = (status.st_ino, status.st_mtime_ns, path.read_bytes())
    return found


def numbered(maximum: int) -> Spec:
    return building.model({"prompt": building.prompt(), "n": {**NUMBER, "maximum": maximum}}, model="acme/numbered")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """The files that a run touched."""

    written: list[str]
    removed: list[str]


class House:
    """A folder of specs and the folder that is generated from it."""

    def __init__(self, folder: Path) -> None:
        self.specs = folder / "specs"
        self.out = folder / "out"
        self.write(4)
        building.write(self.specs, {"view-1": building.model()}, name="other")

    def write(self, maximum: int) -> None:
        building.write(self.specs, {building.MODEL: building.model(), "numbered": numbered(maximum)})

    def generate(self) -> Result:
        return CliRunner().invoke(main, ["generate", str(self.specs), "--out", str(self.out), "--package", "clients"])

    def generated(self) -> Changes:
        """Generate without a complaint; which files were written and which removed, as the disk shows."""
        before = snapshot(self.out)
        result = self.generate()
        assert result.exit_code == 0, result.output
        after = snapshot(self.out)
        written = [path for path in after if after[path] != before.get(path)]
        return Changes(written=written, removed=[path for path in before if path not in after])
