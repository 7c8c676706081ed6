"""A PostgreSQL of one's own: a private cluster in a temporary folder, reached through a socket that only its owner can open."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import sqlalchemy as sa

MISSING = "PostgreSQL's server programs are not installed"

_ACCOUNTS = ("postgres", "nobody")  # one of whom runs the server for root, whom it does not serve


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server. programs: the folder of its programs. folder: what it keeps, and its socket."""

    programs: Path
    folder: Path
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def address(self, schema: str = "public") -> str:
        """Return the address of a schema in the one database."""
        return f"postgresql+psycopg://postgres@/postgres?host={self.folder}&options=-csearch_path%3D{schema}"

    def empty(self) -> str:
        """Make a schema, and return its address."""
        schema = f"s{next(self.numbers)}"
        engine = sa.create_engine(self.address())
        with engine.begin() as connection:
            connection.execute(sa.schema.CreateSchema(schema))
        engine.dispose()
        return self.address(schema)

    def run(self, program: str, *arguments: str) -> None:
        """Run one of the programs, as somebody else than root."""
        done = subprocess.run(
            [self.programs / program, *arguments],
            cwd=self.folder,
            env={"PATH": os.defpath, "LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # a server that stays would keep a pipe open
            stderr=subprocess.DEVNULL,
            timeout=60,
            check=False,
            **_account(),
        )
        if done.returncode:
            log = self.folder / "log"
            told = log.read_text("utf-8", "replace") if log.exists() else ""
            raise RuntimeError(f"{program} ended with {done.returncode}: {told}")


def programs() -> Path | None:
    """Return the folder of the server's programs, the newest where there are several."""
    found = shutil.which("pg_ctl")
    if found is not None and (Path(found).resolve().parent / "initdb").exists():
        return Path(found).resolve().parent
    installed = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/pg_ctl")]
    return max(installed, key=lambda path: [int(part) for part in path.parent.name.split(".")], default=None)


@contextmanager
def server(where: Path) -> Iterator[Server]:
    """Start a server and stop it. where: the folder of its programs."""
    # Not in a folder of pytest's, which is root's alone, and whose path is too long for a socket.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    running = Server(programs=where, folder=folder)
    try:
        if account := _account():
            os.chown(folder, account["user"], account["group"])
        data = str(folder / "data")
        running.run("initdb", "-D", data, "-U", "postgres", "--auth=trust", "--encoding=UTF8", "--no-sync")
        said = f"-k {folder} -c listen_addresses="
        running.run("pg_ctl", "-D", data, "-l", str(folder / "log"), "-w", "-o", said, "start")
        try:
            yield running
        finally:
            running.run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder)


def _account() -> dict[str, Any]:
    if os.geteuid() != 0:
        return {}
    known = {one.pw_name: one for one in pwd.getpwall()}
    chosen = next(known[name] for name in _ACCOUNTS if name in known)
    return {"user": chosen.pw_uid, "group": chosen.pw_gid, "extra_groups": []}
