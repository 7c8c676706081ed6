"""Puts every request of an HTTP library through to whoever answers now.

The library is patched once and not for every example, which would take longer than most examples;
pytest takes the patches away after every test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import respx

Answers = Callable[[httpx.Request], httpx.Response]


class _Switchboard:
    """The patch of one library. answering: who answers, the latest last."""

    def __init__(self, core: str) -> None:
        self.answering: list[Answers] = []
        self.router: Any = respx.mock(using=core, assert_all_called=False)
        self.router.start()
        self.router.route().mock(side_effect=self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        assert self.answering, f"nobody is to be asked now: {request.method} {request.url}"
        return self.answering[-1](request)


_OPEN: dict[str, _Switchboard] = {}


@contextmanager
def put_through(core: str, answers: Answers) -> Iterator[None]:
    """Let a function answer every request of a library until the block ends. core: what respx calls the library."""
    board = _OPEN.get(core) or _OPEN.setdefault(core, _Switchboard(core))
    board.answering.append(answers)
    try:
        yield
    finally:
        board.answering.pop()


def close() -> None:
    """Let requests leave again as they did before."""
    while _OPEN:
        _, board = _OPEN.popitem()
        board.router.stop()
