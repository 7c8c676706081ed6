"""A lock on a folder that is gone with the process that held it, however that ended."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PLACE = 1 << 30  # the byte that is locked where a lock keeps others from reading


class Held(Exception):
    """Another process holds the lock. pid: which one, where it says so."""

    def __init__(self, pid: int | None) -> None:
        super().__init__(pid)
        self.pid = pid


class Lock:
    """A lock by a file, which stays. Raises Held, and OSError where there can be no such file."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            _take(self._file)
        except OSError:
            told = os.pread(self._file, 20, 0) if sys.platform != "win32" else os.read(self._file, 20)
            os.close(self._file)
            raise Held(int(told) if told.strip().isdigit() else None) from None
        os.ftruncate(self._file, 0)
        os.write(self._file, str(os.getpid()).encode())

    def release(self) -> None:
        """Let others have it. It may be called again."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> None:
        os.lseek(file, _PLACE, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        os.lseek(file, 0, os.SEEK_SET)

else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
