"""Whether a run would change anything, told from digests alone.

The stamp of a run is the digest of everything that went in (the tool, the specs,
the package's name) and of everything that came out. As long as both still hold,
the same run would write the same bytes.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from proviso import store

_TOOL = Path(__file__).parent
_LARGEST = 1 << 21
_SUFFIXES = frozenset({".py", ".jinja", ".json"})


def inputs(specs: Path) -> str:
    """Digest everything that goes into a run; empty where a file is too large to be a spec."""
    tool = sorted(path for path in _TOOL.rglob("*") if path.suffix in _SUFFIXES)
    given = sorted(path for path in specs.rglob("*") if path.is_file())
    if any(path.stat().st_size > _LARGEST for path in given):
        return ""
    versions = [("python", sys.version), *((name, "") for name in _installed("jinja2", "ruff"))]
    parts = ([(name, said.encode()) for name, said in versions], _files(_TOOL, tool), _files(specs, given))
    return " ".join(_digest(part) for part in parts)


def is_current(given: str, out: Path, package: str) -> bool:
    """Tell whether the last run still stands: the same input, and its output untouched."""
    try:
        kept = (out / store.CACHE / _name(package)).read_text(encoding="utf-8")
    except OSError:
        return False
    return bool(given) and kept == _stamp(given, out, package)


def keep(given: str, out: Path, package: str) -> None:
    """Keep the stamp of a run that has just been written.

    given: its inputs, digested before they were read, so that what changes during a run is seen by the next.
    """
    (store.cache_folder(out) / _name(package)).write_text(_stamp(given, out, package), encoding="utf-8")


def _name(package: str) -> str:
    return f"{package}.stamp"


def _stamp(given: str, out: Path, package: str) -> str:
    return f"{given}\n{_digest(store.present(out, package))}"


def _installed(*names: str) -> Iterator[str]:
    """Yield names with versions. importlib.metadata says the same, and its import takes longer than all the rest."""
    for place in map(Path, sys.path):
        for name in names:
            yield from sorted(path.name for path in place.glob(f"{name}-*.dist-info"))


def _files(root: Path, paths: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        yield path.relative_to(root).as_posix(), path.read_bytes()


def _digest(files: Iterable[tuple[str, bytes]]) -> str:
    total = hashlib.sha256()
    for name, content in files:
        total.update(f"{len(name)}:{name}:{len(content)}:".encode())
        total.update(content)
    return total.hexdigest()
