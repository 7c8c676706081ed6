"""Strategies of functions that draw: Hypothesis looks at a function once, and never at those that it is given."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from hypothesis import strategies as st

Draw = st.DrawFn
T = TypeVar("T")


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
