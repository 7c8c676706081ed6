"""Pages of our own making, and the specs that are from them, in a folder to work in."""

from __future__ import annotations

import difflib
import shutil
from pathlib import Path

from click.testing import CliRunner, Result

from proviso.cli import main

HOME = Path(__file__).parent / "paged"


class Desk:
    """A copy of the specs and of their captured pages."""

    def __init__(self, folder: Path) -> None:
        self.specs = folder / "specs"
        self.docs = folder / "documents"
        self.out = folder / "generated"
        shutil.copytree(HOME / "specs", self.specs)
        shutil.copytree(HOME / "documents", self.docs)
        (self.docs / "lantern/redraw-1.md").unlink()
        self.before = self.texts()

    def page(self, name: str, old: str, new: str) -> None:
        """Change the one place of a page that says something."""
        path = self.docs / f"lantern/{name}.md"
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), "utf-8")

    def run(self, *words: str) -> Result:
        """Run a verb about the documents."""
        return CliRunner().invoke(main, ["docs", *words, "--specs", str(self.specs), "--docs", str(self.docs)])

    def texts(self) -> dict[str, str]:
        """Read all specs as they are, byte for byte."""
        return {path.name: path.read_bytes().decode() for path in sorted(self.specs.rglob("*.yaml"))}

    def changed(self, *, sources: bool = False) -> list[str]:
        """Give the lines that are another now, signs first; without those that tell when a page was read."""
        lines: list[str] = []
        for name, text in self.texts().items():
            listed = difflib.unified_diff(self.before[name].splitlines(), text.splitlines(), n=0, lineterm="")
            lines += [line for line in listed if not line.startswith(("---", "+++", "@@"))]
        return [line for line in lines if sources or line[1:].strip().partition(":")[0] not in ("sha256", "read")]
