"""The table of pairs: an edit of a small folder of specs, and what a careful person would say of it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import yaml

PAIRS = Path(__file__).parent / "pairs"
BASE = PAIRS / "base"
Edits = tuple[tuple[str, str, str], ...]
"""Files, a text in each, and what stands in its place."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """An edit of the base, and the changes that it gives: class, rule and place, and a part of what is said."""

    what: str
    edits: Edits
    gives: tuple[tuple[str, str], ...]

    def __repr__(self) -> str:
        return self.what


def pairs() -> list[Pair]:
    """Read the table."""
    listed = yaml.safe_load((PAIRS / "pairs.yaml").read_text("utf-8"))
    return [
        Pair(
            what=one["what"],
            edits=tuple((file, old, new) for file, edits in one["edit"].items() for old, new in edits),
            gives=tuple(_given(line) for line in one["gives"].splitlines()),
        )
        for one in listed
    ]


def _given(line: str) -> tuple[str, str]:
    head, _, said = line.partition(" |")
    return head, said.strip()


def edited(folder: Path, edits: Edits) -> Path:
    """Copy the base into a folder, with texts of its files replaced."""
    specs = folder / "specs"
    shutil.copytree(BASE, specs)
    edit(specs, edits)
    return specs


def edit(specs: Path, edits: Edits) -> None:
    """Replace texts of spec files."""
    for file, old, new in edits:
        path = specs / "acme" / file
        text = path.read_text("utf-8")
        assert old in text, f"{old!r} is not in {file}"
        path.write_text(text.replace(old, new), "utf-8")
