"""Keep what stands in queries out of the log of the HTTP library, which writes every address down.

Queries hold keys, prompts, and what opens signed addresses. Those of calls that a caller makes with the same library
are none of our business, unless they go to a provider.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Generator
from contextvars import ContextVar
from typing import TYPE_CHECKING

from proviso_runtime import redaction

if TYPE_CHECKING:
    from proviso_runtime import addresses


_OURS: ContextVar[bool] = ContextVar("ours", default=False)


@contextlib.contextmanager
def ours() -> Generator[None]:
    """Blank the queries of all addresses that are asked in the block."""
    before = _OURS.set(True)
    try:
        yield
    finally:
        _OURS.reset(before)


def blank(logger: str, origins: addresses.Origins) -> None:
    """Blank the queries of some origins in what a logger writes from now on."""
    _FILTER.origins = _FILTER.origins | {origins}
    logging.getLogger(logger).addFilter(_FILTER)


class _Filter(logging.Filter):
    # Exchanged as a whole: another thread may be looking through it for a line that it logs after a paid call.
    origins: frozenset[addresses.Origins] = frozenset()

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(_blanked(value, self.origins) for value in record.args)
        return True


def _blanked(value: object, known: frozenset[addresses.Origins]) -> object:
    if isinstance(value, int | float):
        return value  # formatted as a number
    text = str(value)
    try:
        shown = _OURS.get() or any(text in origins for origins in known)
    except ValueError:
        return value
    return redaction.without_query(text) if shown else value


_FILTER = _Filter()
