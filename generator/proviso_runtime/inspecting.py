"""What is known of an image from its header, learned once, from the bytes that pass by or from a fetch of the first of them."""

from __future__ import annotations

from typing import BinaryIO

from proviso_runtime import downloads, pictures
from proviso_runtime.differences import NOTHING, Comparison, Difference
from proviso_runtime.results import Item
from proviso_runtime.steps import Flow


class Inspection:
    """What is known of one image. result: its place among the results, from 0.

    header: None until it is `known`, and where the bytes do not tell it.
    """

    __slots__ = ("_comparison", "_result", "differences", "header", "known")

    def __init__(self, comparison: Comparison = NOTHING, result: int = 0) -> None:
        self.known = False
        self.header: pictures.Header | None = None
        self.differences: tuple[Difference, ...] = ()
        self._comparison = comparison
        self._result = result

    def learn(self, source: bytes | BinaryIO) -> pictures.Header | None:
        """Read the header, unless that was done before, and compare it with what was asked. Never raises."""
        if not self.known:
            self.known = True
            self.header = pictures.header(source)
            if self.header is not None:
                self.differences = self._comparison.image(self.header, self._result)
        return self.header


def beginning(item: Item, *, provider: str) -> Flow[bytes]:
    """Fetch as much of an image as tells its header, and no more.

    Raises Unreachable, Refused or UnexpectedReply, as a download does.
    """
    head = b""
    for most in pictures.BEGINNINGS:
        head = yield from downloads.download(
            item.address or "", provider=provider, job_id=item.job_id, with_key=item.with_key, most=most
        )
        if len(head) < most or not pictures.may_follow(head) or pictures.header(head) is not None:
            break
    return head
