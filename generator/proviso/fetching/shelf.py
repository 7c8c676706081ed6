"""The folder of captured pages, and what is known of each: where it is from, when it was read, what tells a newer one."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

INDEX = ".index.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Hold what is known of a captured page. file: its path in the folder. read: the day, as in 2026-11-20."""

    address: str
    file: str
    sha256: str
    read: str
    etag: str = ""
    modified: str = ""


class Shelf:
    """A folder of captured pages, by `provider/source`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.known = _read(folder / INDEX)

    def held(self, name: str, address: str) -> Known | None:
        """Give what is known of a page, if its file is still what was captured from there."""
        one = self.known.get(name)
        if one is None or one.address != address:
            return None
        try:
            content = (self.folder / one.file).read_bytes()
        except OSError:
            return None
        return one if hashlib.sha256(content).hexdigest() == one.sha256 else None

    def put(self, name: str, content: bytes, known: Known) -> None:
        """Write a page, and what is known of it.

        Raises:
            OSError: the disk refuses.
        """
        path = self.folder / known.file
        path.parent.mkdir(parents=True, exist_ok=True)
        old = self.known.get(name)
        _replace(path, content)
        if old is not None and old.file != known.file:
            (self.folder / old.file).unlink(missing_ok=True)
        self.known[name] = known
        self.keep()

    def keep(self) -> None:
        """Write what is known of all pages."""
        listed = {name: asdict(one) for name, one in sorted(self.known.items())}
        _replace(self.folder / INDEX, (json.dumps(listed, indent=2) + "\n").encode())


def _replace(path: Path, content: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(content)
    part.replace(path)


def _read(path: Path) -> dict[str, Known]:
    try:
        listed = json.loads(path.read_bytes())
        found = {str(name): Known(**one) for name, one in listed.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
    # What leads out of the folder was not written here.
    return {
        name: one
        for name, one in found.items()
        if ".." not in Path(one.file).parts and not Path(one.file).is_absolute()
    }
