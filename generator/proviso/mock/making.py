"""The file of a result: a real one of the kind and type that was promised, with the prompt in it where it has room."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import assert_never

from proviso.mock import films, pictures, sounds
from proviso.mock.works import Work

_ROOM = 64 * 2**20  # bytes of files that are kept, the latest asked for


class _Kept:
    """Files that were made, up to so many bytes."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._files: OrderedDict[Work, bytes] = OrderedDict()
        self._taken = 0
        self._lock = threading.Lock()

    def get(self, work: Work) -> bytes | None:
        """Return the file of a result, where it is kept."""
        with self._lock:
            if work in self._files:
                self._files.move_to_end(work)
            return self._files.get(work)

    def put(self, work: Work, content: bytes) -> None:
        """Keep a file, and let go of the ones that were asked for longest ago."""
        with self._lock:
            self._taken += len(content) - len(self._files.pop(work, b""))
            self._files[work] = content
            while self._taken > self._room:
                self._taken -= len(self._files.popitem(last=False)[1])


_KEPT = _Kept(_ROOM)


def made(work: Work) -> bytes:
    """Make the file of a result; the same work is the same file. Raises pictures.CannotDraw where that cannot be done."""
    found = _KEPT.get(work)
    if found is None:
        found = _made(work)
        _KEPT.put(work, found)
    return found


def _made(work: Work) -> bytes:
    match work.kind:
        case "image":
            return pictures.picture(work)
        case "video":
            return films.film(work)
        case "audio":
            return sounds.sound(work)
        case "text":
            return f"{work.says}\n".encode(errors="replace")
        case _:
            assert_never(work.kind)
