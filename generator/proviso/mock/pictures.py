"""Files of results: real images of so many pixels with the prompt on them."""

from __future__ import annotations

from functools import lru_cache

from proviso.mock.works import Work


@lru_cache(maxsize=16)
def drawn(work: Work) -> bytes:
    """Make the file of a result."""
    return f"{work.media_type} {work.pixels} {work.says}".encode()
