"""Strategies of functions that draw, and many choices out of few draws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from hypothesis import strategies as st

Draw = st.DrawFn
T = TypeVar("T")

EVEN = 2**20
"""Hypothesis draws integers evenly up to some such number."""

_NUMBERS = st.integers(0, EVEN - 1)


def by(function: Callable[[Draw], T]) -> st.SearchStrategy[T]:
    """Return the strategy of what a function draws.

    As `st.composite` does, which reads the source of what it is given and compiles it anew: some
    milliseconds, which a strategy that is made for every example takes every time.
    """
    made: st.SearchStrategy[T] = _drawn(function)
    return made


@st.composite
def _drawn(draw: Draw, function: Callable[[Draw], T]) -> T:
    return function(draw)


class Picks:
    """Choices that share the numbers that are drawn, since draws are what costs time."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._number = 0
        self._left = 1

    def of(self, options: Sequence[T]) -> T:
        """Choose one of some options; the first is the simplest."""
        if self._left < len(options):
            self._number, self._left = self._draw(_NUMBERS), EVEN
        self._number, at = divmod(self._number, len(options))
        self._left //= len(options)
        return options[at]

    def some(self, options: Sequence[T], *, least: int = 0, most: int) -> list[T]:
        """Choose between `least` and `most` of some options, in any order and more than once."""
        return [self.of(options) for _ in range(self.of(range(least, most + 1)))]
