"""Files that appear whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def whole(
    path: str | os.PathLike[str], *, check: Callable[[BinaryIO], object] | None = None
) -> Generator[BinaryIO, None, None]:
    """Give a file beside path that takes its place when the block ends well and vanishes otherwise.

    check: is shown the file before it takes the place, may read it, and raises to forbid it.
    """
    target = Path(path)
    if target.is_dir():
        raise IsADirectoryError(f"{target} is a folder")
    part = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        # Opened plainly, not through tempfile: the file gets the rights that the user's files get.
        with part.open("x+b") as file:
            yield file
            if check is not None:
                check(file)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
