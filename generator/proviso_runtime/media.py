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

from proviso_runtime import downloads, errors, files, pictures, protocol, redaction, transport
from proviso_runtime.differences import NOTHING, Comparison, Difference
from proviso_runtime.inspecting import Inspection, beginning
from proviso_runtime.results import Item
from proviso_runtime.steps import Flow


class _Result:
    """What was made, and what is known of it.

    media_type: what the provider says that it is; None where it says nothing. Do not trust it.
    """

    __slots__ = ("_inspection", "_item", "_provider", "media_type")

    def __init__(self, item: Item, provider: str, inspection: Inspection | None) -> None:
        self._item = item
        self._provider = provider
        self._inspection = inspection
        self.media_type = item.media_type

    @property
    def differences(self) -> tuple[Difference, ...]:
        """How it differs from what was asked for, as far as that is known by now.

        The header of an image is known once it was saved, read or inspected, and where it came in the reply itself.
        """
        known = self._known()
        return () if known is None else known.differences

    def _learn(self, source: bytes | BinaryIO) -> pictures.Header | None:
        return None if self._inspection is None else self._inspection.learn(source)

    def _known(self) -> Inspection | None:
        """Return what is known of the header without a fetch; None where it takes one."""
        if self._item.address is None:
            self._learn(self._item.content)
        return self._inspection if self._inspection is not None and self._inspection.known else None

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

    def _beginning(self) -> Flow[bytes]:
        return beginning(self._item, provider=self._provider)

    def _download(self, into: Callable[[bytes], object] | None = None) -> Flow[bytes]:
        item = self._item
        return downloads.download(
            self.url, provider=self._provider, job_id=item.job_id, with_key=item.with_key, into=into
        )

    def _file(self, path: str | os.PathLike[str]) -> AbstractContextManager[BinaryIO]:
        return files.whole(path, check=self._check)

    def _check(self, file: BinaryIO) -> None:
        if file.tell() == 0:
            told = f"{self._provider}: expected a result, but no bytes came"
            error = errors.UnexpectedReply(told, provider=self._provider)
            error.expected = "a result that is not empty"
            raise error
        self._learn(file)


class Media(_Result):
    """A result to read and to save."""

    __slots__ = ("_door",)

    def __init__(
        self,
        item: Item,
        *,
        provider: str,
        door: transport.Blocking,
        inspection: Inspection | None = None,
    ) -> None:
        super().__init__(item, provider, inspection)
        self._door = door

    def read(self) -> bytes:
        """Return the bytes, of 1 GiB at most; they are fetched where they stand at an address.

        They may take a minute, and beyond it as long as 16 KiB a second come on average.
        Raises Unreachable, Refused or UnexpectedReply, each of which says whether it is worth trying again.
        """
        content = self._item.content if self._item.address is None else self._door.run(self._download())
        self._learn(content)
        return content

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the bytes, of 16 GiB at most, to a file, which appears whole or not at all, and return its path.

        They may take a minute, and beyond it as long as 16 KiB a second come on average.
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

    def inspect(self) -> pictures.Header | None:
        """Read pixels and format off the header of the image; None where the bytes do not tell them.

        Nothing is fetched where the image came in the reply itself, or was read or saved before; of one at an address
        the first 64 KiB are, or the first MiB where those do not tell. Raises Unreachable, Refused or UnexpectedReply.
        """
        known = self._known()
        return self._learn(self._door.run(self._beginning())) if known is None else known.header


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

    def __init__(
        self,
        item: Item,
        *,
        provider: str,
        door: transport.Awaited,
        inspection: Inspection | None = None,
    ) -> None:
        super().__init__(item, provider, inspection)
        self._door = door

    async def read(self) -> bytes:
        """Return the bytes, of 1 GiB at most; they are fetched where they stand at an address.

        They may take a minute, and beyond it as long as 16 KiB a second come on average.
        Raises Unreachable, Refused or UnexpectedReply, each of which says whether it is worth trying again.
        """
        content = self._item.content if self._item.address is None else await self._door.run(self._download())
        self._learn(content)
        return content

    async def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the bytes, of 16 GiB at most, to a file, which appears whole or not at all, and return its path.

        They may take a minute, and beyond it as long as 16 KiB a second come on average.
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

    async def inspect(self) -> pictures.Header | None:
        """Read pixels and format off the header of the image; None where the bytes do not tell them.

        Nothing is fetched where the image came in the reply itself, or was read or saved before; of one at an address
        the first 64 KiB are, or the first MiB where those do not tell. Raises Unreachable, Refused or UnexpectedReply.
        """
        known = self._known()
        return self._learn(await self._door.run(self._beginning())) if known is None else known.header


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


def blocking(
    items: tuple[Item, ...],
    *,
    provider: str,
    door: transport.Blocking,
    comparison: Comparison = NOTHING,
) -> tuple[Media, ...]:
    """Return handles of some results. comparison: compares them with what was asked."""
    return tuple(
        _BLOCKING[item.kind](item, provider=provider, door=door, inspection=_inspection(item, comparison, number))
        for number, item in enumerate(items)
    )


def awaited(
    items: tuple[Item, ...],
    *,
    provider: str,
    door: transport.Awaited,
    comparison: Comparison = NOTHING,
) -> tuple[AsyncMedia, ...]:
    """Return handles of some results whose `read` and `save` are awaited. comparison: compares them with what was asked."""
    return tuple(
        AWAITED[item.kind](item, provider=provider, door=door, inspection=_inspection(item, comparison, number))
        for number, item in enumerate(items)
    )


def _inspection(item: Item, comparison: Comparison, number: int) -> Inspection | None:
    return Inspection(comparison, number) if item.kind == "image" else None
