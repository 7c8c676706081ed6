"""Whether a run would change anything, told from digests alone.

The stamp of a run is the digest of everything that went in (the tool, the specs,
the package's name) and of everything that came out. As long as both still hold,
the same run would write the same bytes.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

from proviso import store

_TOOL = Path(__file__).parent
_LARGEST = 1 << 21
_SUFFIXES = frozenset({".py", ".jinja", ".json"})


def is_current(specs: Path, out: Path, package: str) -> bool:
    """Tell whether the last run still stands: the same input, and its output untouched."""
    try:
        kept = (out / store.CACHE / _name(package)).read_text(encoding="utf-8")
    except OSError:
        return False
    return bool(kept) and kept == _stamp(specs, out, package)


def keep(specs: Path, out: Path, package: str) -> None:
    """Keep the stamp of a run that has just been written."""
    (store.cache_folder(out) / _name(package)).write_text(_stamp(specs, out, package), encoding="utf-8")


def _name(package: str) -> str:
    return f"{package}.stamp"


def _stamp(specs: Path, out: Path, package: str) -> str:
    tool = sorted(path for path in _TOOL.rglob("*") if path.suffix in _SUFFIXES)
    given = sorted(path for path in specs.rglob("*") if path.is_file())
    if any(path.stat().st_size > _LARGEST for path in given):
        return ""
    versions = [(name, version(name).encode()) for name in ("jinja2", "ruff")]
    everything = (
        [("python", sys.version.encode()), *versions],
        _files(_TOOL, tool),
        _files(specs, given),
        store.present(out, package),
    )
    return "\n".join(_digest(part) for part in everything)


def _files(root: Path, paths: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        yield path.relative_to(root).as_posix(), path.read_bytes()


def _digest(files: Iterable[tuple[str, bytes]]) -> str:
    total = hashlib.sha256()
    for name, content in files:
        total.update(f"{len(name)}:{name}:{len(content)}:".encode())
        total.update(content)
    return total.hexdigest()
