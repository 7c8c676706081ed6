"""A drafted folder put among the specs: whole or not at all, and never over what is there."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path


def put(folder: Path, files: Mapping[str, str]) -> bool:
    """Write the files of a new folder; tell whether it was free.

    Args:
        folder: the folder, which must not be there; the one around it is made if need be.
        files: the text of each file, by its name.

    Raises:
        OSError: the disk refuses.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists() or folder.is_symlink():
        return False
    # A name that begins with a dot is no provider's, so that an interruption leaves nothing that counts.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".new-") as staging:
        made = Path(staging) / folder.name
        made.mkdir()
        for name, text in files.items():
            (made / name).write_text(text, encoding="utf-8", newline="\n")
        made.rename(folder)
    return True
