"""The only door to ruff: files are laid out once, all together, by rules of our own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from ruff import find_ruff_bin

from proviso.tree import File
from proviso.words import WIDTH

_MEMORY = Path("/dev", "shm")


class FormatError(Exception):
    """Ruff refused a generated file: a mistake of an emitter, shown with ruff's own words."""


def formatted(files: Iterable[File], *, package: str) -> Iterator[File]:
    """Lay out Python files; others pass unchanged.

    package: the name of the generated package, so that its imports are sorted as its own.

    The settings of the project around are not read, so that the same specs give
    the same bytes wherever they are generated.
    """
    everything = tuple(files)
    python = [file for file in everything if file.path.endswith(".py")]
    with tempfile.TemporaryDirectory(prefix="proviso-", dir=_scratch(python)) as folder:
        root = Path(folder)
        for file in python:
            target = root / file.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.text.encode())
        if python:
            own = f'lint.isort.known-first-party=["proviso_runtime", "{package.partition(".")[0]}"]'
            width = f"line-length={WIDTH}"
            _ruff(root, "check", "--quiet", "--select", "I001,RUF022", "--fix", "--config", width, "--config", own)
            _ruff(root, "format", "--quiet", "--line-length", str(WIDTH))
        for file in everything:
            source = root / file.path
            yield File(file.path, source.read_bytes().decode() if file.path.endswith(".py") else file.text)


def _scratch(files: Iterable[File]) -> Path | None:
    """Pick a folder in memory where there is room; on a disk, files that are rewritten and deleted at once cost more."""
    size = sum(len(file.text) for file in files)
    roomy = _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > 8 * size
    return _MEMORY if roomy else None


def _ruff(root: Path, verb: str, *options: str) -> None:
    command = [find_ruff_bin(), verb, "--isolated", "--no-cache", "--target-version", "py311", *options, "."]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise FormatError((done.stdout + done.stderr).strip())
