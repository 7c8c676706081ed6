"""Results to read and save, wherever they stand: at an address, or in the reply itself.

A result at an address is fetched without the key, unless the documents ask for it. A file appears whole or not at all.
"""

from __future__ import annotations

import base64
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO

from proviso_runtime import downloads, errors, files, protocol, redaction, transport
from proviso_runtime.results import Item
from proviso_runtime.steps import Flow


class _Result:
    """What was made, and what is known of it.

    media_type: what the provider says that it is; None where it says nothing. Do not trust it.
    """

    __slots__ = ("_item", "_provider", "media_type")

    def __init__(self, item: Item, provider: str) -> None:
        self._item = item
        self._provider = provider
        self.media_type = item.media_type

    @property
    def url(self) -> str:
        """The address; where the result came in the reply itself, a data URI that holds it."""
        if self._item.address is not None:
            return self._item.address
        kind = self.media_type or "application/octet-stream"
        return f"data:{kind};base64,{base64.b64encode(self._item.content).decode()}"

    def __repr__(self) -> str:
        address = self._item.address
        told = f"{len(self._item.content)} bytes" if address is None else redaction.without_query(address)
        return f"{type(self).__name__}({told})"

    def _download(self, into: Callable[[bytes], object] | None = None) -> Flow[bytes]:
        return downloads.download(self.url, provider=self._provider, with_key=self._item.with_key, into=into)

    def _file(self, path: str | os.PathLike[str]) -> AbstractContextManager[BinaryIO]:
        return files.whole(path, check=self._not_empty)

    def _not_empty(self, file: BinaryIO) -> None:
        if file.tell() == 0:
            told = f"{self._provider}: expected a result, but no bytes came"
            error = errors.UnexpectedReply(told, provider=self._provider)
            error.expected = "a result that is not empty"
            raise error


class Media(_Result):
    """A result to read and to save."""

    __slots__ = ("_door",)

    def __init__(self, item: Item, *, provider: str, door: transport.Blocking) -> None:
        super().__init__(item, provider)
        self._door = door

    def read(self) -> bytes:
        """Return the bytes, of 1 GiB at most; they are fetched where they stand at an address.

        Raises Unreachable, Refused or UnexpectedReply.
        """
        return self._item.content if self._item.address is None else self._door.run(self._download())

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the bytes to a file, which appears whole or not at all, and return its path.

        Raises Unreachable, Refused, UnexpectedReply, and OSError where the file cannot be written.
        """
        with self._file(path) as file:
            if self._item.address is None:
                file.write(self._item.content)
            else:
                self._door.run(self._download(into=file.write))
        return Path(path)


class Image(Media):
    """An image."""

    __slots__ = ()


class Video(Media):
    """A video."""

    __slots__ = ()


class Audio(Media):
    """A sound."""

    __slots__ = ()


class Text(Media):
    """A text."""

    __slots__ = ()

    @property
    def text(self) -> str:
        """The words."""
        return self._item.text


class AsyncMedia(_Result):
    """A result whose `read` and `save` are awaited."""

    __slots__ = ("_door",)

    def __init__(self, item: Item, *, provider: str, door: transport.Awaited) -> None:
        super().__init__(item, provider)
        self._door = door

    async def read(self) -> bytes:
        """Return the bytes, of 1 GiB at most; they are fetched where they stand at an address.

        Raises Unreachable, Refused or UnexpectedReply.
        """
        return self._item.content if self._item.address is None else await self._door.run(self._download())

    async def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the bytes to a file, which appears whole or not at all, and return its path.

        Raises Unreachable, Refused, UnexpectedReply, and OSError where the file cannot be written.
        """
        with self._file(path) as file:
            if self._item.address is None:
                file.write(self._item.content)
            else:
                await self._door.run(self._download(into=file.write))
        return Path(path)


class AsyncImage(AsyncMedia):
    """An image, to await."""

    __slots__ = ()


class AsyncVideo(AsyncMedia):
    """A video, to await."""

    __slots__ = ()


class AsyncAudio(AsyncMedia):
    """A sound, to await."""

    __slots__ = ()


class AsyncText(AsyncMedia):
    """A text; only its `read` and `save` are awaited."""

    __slots__ = ()

    @property
    def text(self) -> str:
        """The words."""
        return self._item.text


_BLOCKING: dict[protocol.Kind, type[Media]] = {"image": Image, "video": Video, "audio": Audio, "text": Text}
AWAITED: dict[protocol.Kind, type[AsyncMedia]] = {
    "image": AsyncImage,
    "video": AsyncVideo,
    "audio": AsyncAudio,
    "text": AsyncText,
}


def blocking(items: tuple[Item, ...], *, provider: str, door: transport.Blocking) -> tuple[Media, ...]:
    """Return handles of some results."""
    return tuple(_BLOCKING[item.kind](item, provider=provider, door=door) for item in items)


def awaited(items: tuple[Item, ...], *, provider: str, door: transport.Awaited) -> tuple[AsyncMedia, ...]:
    """Return handles of some results whose `read` and `save` are awaited."""
    return tuple(AWAITED[item.kind](item, provider=provider, door=door) for item in items)
