"""Results that stand at an address, and saving them without ever leaving half a file."""

from __future__ import annotations

import os
import secrets
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from proviso_runtime import errors, flow, redaction, transport


class _Result:
    """A result at an address. It is fetched without the key."""

    __slots__ = ("_provider", "url")

    def __init__(self, url: str, provider: str) -> None:
        self.url = url
        self._provider = provider

    def __repr__(self) -> str:
        return f"{type(self).__name__}({redaction.without_query(self.url)})"


class Image(_Result):
    """An image at its address."""

    __slots__ = ("_door",)

    def __init__(self, url: str, *, provider: str, door: transport.Blocking) -> None:
        super().__init__(url, provider)
        self._door = door

    def read(self) -> bytes:
        """Fetch the image, of 1 GiB at most. Raises Unreachable, Refused or UnexpectedReply."""
        return self._door.run(flow.download(self.url, provider=self._provider))

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Stream the image to a file, which appears whole or not at all, and return its path.

        Raises Unreachable, Refused, UnexpectedReply, and OSError where the file cannot be written.
        """
        with whole_file(path) as file:
            self._door.run(flow.download(self.url, provider=self._provider, into=file.write))
            _not_empty(file, self._provider)
        return Path(path)


class AsyncImage(_Result):
    """An image at its address, to await."""

    __slots__ = ("_door",)

    def __init__(self, url: str, *, provider: str, door: transport.Awaited) -> None:
        super().__init__(url, provider)
        self._door = door

    async def read(self) -> bytes:
        """Fetch the image, of 1 GiB at most. Raises Unreachable, Refused or UnexpectedReply."""
        return await self._door.run(flow.download(self.url, provider=self._provider))

    async def save(self, path: str | os.PathLike[str]) -> Path:
        """Stream the image to a file, which appears whole or not at all, and return its path.

        Raises Unreachable, Refused, UnexpectedReply, and OSError where the file cannot be written.
        """
        with whole_file(path) as file:
            await self._door.run(flow.download(self.url, provider=self._provider, into=file.write))
            _not_empty(file, self._provider)
        return Path(path)


@contextmanager
def whole_file(path: str | os.PathLike[str]) -> Generator[BinaryIO, None, None]:
    """Give a file beside path that takes its place when the block ends well and vanishes otherwise."""
    target = Path(path)
    if target.is_dir():
        raise IsADirectoryError(f"{target} is a folder")
    part = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        # Opened plainly, not through tempfile: the file gets the rights that the user's files get.
        with part.open("xb") as file:
            yield file
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _not_empty(file: BinaryIO, provider: str) -> None:
    if file.tell() == 0:
        error = errors.UnexpectedReply(f"{provider}: expected a result, but no bytes came", provider=provider)
        error.expected = "a result that is not empty"
        raise error
