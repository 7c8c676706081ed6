"""States of specs as people name them: folders, or what git keeps of a folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from proviso.cli.options import Misuse
from proviso.diagnostics import did_you_mean, printable, quoted
from proviso.limits import SPEC

_LONGEST = 60
"""How many seconds git may take."""
_MOST_FILES = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A folder of specs, and its name in complaints and places."""

    folder: Path
    shown: str


@contextmanager
def state(named: str) -> Iterator[State]:
    """Give the folder that a name means: a folder, else REVISION or REVISION:PATH of git, by default of `specs` here.

    Raises Misuse that says what is missing: git, a repository, the revision, or the folder in it.
    """
    path = Path(named)
    if path.is_dir():
        yield State(folder=path, shown=path.as_posix())
        return
    if path.exists():
        raise Misuse(f"{quoted(named)} is a file; give the folder of specs, or a revision of git")
    revision, colon, inside = named.partition(":")
    tree = _tree(revision, inside if colon else "./specs", named)
    with tempfile.TemporaryDirectory(prefix="proviso-diff-") as kept:
        folder = Path(kept) / "specs"
        folder.mkdir()
        _unpacked(tree, folder, named)
        yield State(folder=folder, shown=named if colon else f"{revision}:specs")


def _tree(revision: str, inside: str, named: str) -> str:
    """Find the id of the folder in a revision."""
    if _git("rev-parse", "--git-dir") is None:
        raise Misuse(f"{quoted(named)} is no folder, and here is no git repository in which it could be a revision")
    if not revision or _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}") is None:
        hint = did_you_mean(revision, (_git("for-each-ref", "--count=1000", "--format=%(refname:short)") or "").split())
        raise Misuse(f"{quoted(named)} is no folder, and git knows no revision {quoted(revision)}{hint}")
    found = _git("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}:{inside}")
    shown = inside.removeprefix("./") or "."
    if found is None:
        raise Misuse(f"there is no folder {quoted(shown)} in {quoted(revision)}; name another as {revision}:PATH")
    if (_git("cat-file", "-t", found.strip()) or "").strip() != "tree":
        raise Misuse(f"{quoted(shown)} is a file in {quoted(revision)}; give the folder of specs")
    return found.strip()


def _unpacked(tree: str, folder: Path, named: str) -> None:
    """Write the files of a folder that git keeps."""
    directory = (_git("rev-parse", "--absolute-git-dir") or "").rstrip("\n")
    with tempfile.TemporaryFile() as archive:
        # Away from the working tree, git gives the whole folder, wherever the command is run.
        if _git("--git-dir", directory, "archive", "--format=tar", tree, into=archive, cwd=folder) is None:
            raise Misuse(f"git does not hand out {quoted(named)}")
        archive.seek(0)
        with tarfile.open(fileobj=archive, mode="r:") as packed:
            for count, member in enumerate(packed):
                if count > _MOST_FILES:
                    raise Misuse(f"{quoted(named)} holds more than {_MOST_FILES} files; give the folder of specs")
                _write(packed, member, folder, named)


def _write(packed: tarfile.TarFile, member: tarfile.TarInfo, folder: Path, named: str) -> None:
    parts = PurePosixPath(member.name).parts
    if member.isdir() or not parts:
        return
    if not member.isreg() or ".." in parts or member.name.startswith("/"):
        raise Misuse(
            f"{printable(member.name)} in {quoted(named)} is a link; a revision is read without following links"
        )
    content = packed.extractfile(member)
    target = folder.joinpath(*parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    # A file that is too long is complained about by its length, for which one byte too many is enough.
    target.write_bytes(content.read(SPEC.bytes + 1) if content else b"")


def _git(*arguments: str, into: IO[bytes] | None = None, cwd: Path | None = None) -> str | None:
    """Run git without a shell; give what it says, or None where it says no. into: a file for what it says."""
    program = shutil.which("git")
    if program is None:
        raise Misuse("git is not installed, and only git knows revisions; give two folders")
    quiet = {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(
            [program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if into is None else into,
            stderr=subprocess.DEVNULL,
            cwd=cwd,
            env={**os.environ, **quiet},
            timeout=_LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Misuse(f"git takes longer than {_LONGEST} s") from error
    except (OSError, ValueError) as error:
        raise Misuse(f"git cannot be run: {error}") from error
    if done.returncode:
        return None
    return "" if into is not None else done.stdout.decode("utf-8", "replace")
