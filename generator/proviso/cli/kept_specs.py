"""Specs that were read before: kept in the user's cache, so that what starts often starts at once.

What is kept belongs to one state of the files, of this tool and of Python, and is used for no other one. It is read from
a folder of the user's own alone, since reading it may run whatever somebody else put there. PROVISO_CACHE names another
folder, or is off.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import stat
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

from proviso import ir, spec_files
from proviso.diagnostics import Diagnostic

VARIABLE = "PROVISO_CACHE"
OFF = "off"

_PACKAGE = Path(__file__).parents[1]
_KEPT = 16  # states, the youngest
_DIGEST = 32  # bytes


def read(specs: Path) -> tuple[tuple[ir.Provider, ...], tuple[Diagnostic, ...]]:
    """Read a folder of specs as `pipeline.read` does: its providers, and what is to be complained of."""
    place = _place(specs)
    if place is not None and (kept := _load(place)) is not None:
        return kept, ()
    from proviso import pipeline

    found = pipeline.read(specs)
    if place is not None and not found.complaints:
        _save(place, found.providers)
    return found.providers, found.complaints


def _place(specs: Path) -> Path | None:
    """Return where this state of specs is kept; None where nothing is."""
    named = os.environ.get(VARIABLE, "")
    if named == OFF:
        return None
    state = _state(specs)
    if state is None:
        return None
    if named:
        return Path(named) / state
    import platformdirs

    return platformdirs.user_cache_path("proviso", appauthor=False) / "specs" / state


def _state(specs: Path) -> str | None:
    """Return a digest of everything that the result depends on; None where the files are not as they should be."""
    shown = specs.as_posix()
    folders, complaints = spec_files.listing(specs, shown=shown)
    if complaints:
        return None
    told = hashlib.sha256(f"{sys.version}\0{shown}\0".encode())
    for line in _tool():
        told.update(line.encode())
    for folder in folders:
        for one in (folder.provider, *folder.models):
            content = spec_files.read(one.path, shown=one.shown)
            if isinstance(content, Diagnostic):
                return None
            told.update(f"{folder.name}\0{one.shown}\0{len(content)}\0".encode() + content)
    return told.hexdigest()


def _tool() -> Iterator[str]:
    """Yield what tells one state of this tool from another."""
    for folder, inner, names in os.walk(_PACKAGE):
        inner.sort()
        for name in sorted(names):
            if name.endswith((".py", ".json")):
                found = (Path(folder) / name).stat()
                yield f"{folder}/{name}\0{found.st_size}\0{found.st_mtime_ns}\0"


def _load(place: Path) -> tuple[ir.Provider, ...] | None:
    """Read what is kept; None where nothing is, or nothing to be trusted."""
    try:
        if not (_is_own(place.parent) and _is_own(place)):
            return None
        content = place.read_bytes()
        digest, told = content[:_DIGEST], content[_DIGEST:]
        if hashlib.sha256(told).digest() != digest:
            return None
        found = pickle.loads(told)
    except Exception:  # whatever is wrong with it, the specs themselves are there
        return None
    whole = isinstance(found, tuple) and all(isinstance(one, ir.Provider) for one in found)
    return found if whole else None


def _is_own(path: Path) -> bool:
    """Say whether nobody else may have written a file."""
    found = path.lstat()
    if stat.S_ISLNK(found.st_mode):
        return False
    return not hasattr(os, "getuid") or (found.st_uid == os.getuid() and not found.st_mode & 0o022)


def _save(place: Path, providers: tuple[ir.Provider, ...]) -> None:
    """Keep what was read, in one step; what cannot be kept is not."""
    told = pickle.dumps(providers, protocol=pickle.HIGHEST_PROTOCOL)
    aside = place.with_name(f".{uuid.uuid4().hex}.part")
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not _is_own(place.parent):
            return
        try:
            with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(hashlib.sha256(told).digest() + told)
            aside.replace(place)
        finally:
            aside.unlink(missing_ok=True)
        for old in sorted(place.parent.iterdir(), key=lambda one: one.stat().st_mtime_ns)[:-_KEPT]:
            old.unlink(missing_ok=True)
