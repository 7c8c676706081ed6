"""Keep keys and prompts that stand in queries out of the log of the HTTP library, which writes every address down."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from proviso_runtime import redaction

if TYPE_CHECKING:
    from proviso_runtime import addresses

_BLANKED: set[addresses.Origins] = set()


def blank(logger: str, origins: addresses.Origins) -> None:
    """Blank the queries of some origins in what a logger writes from now on."""
    _BLANKED.add(origins)
    logging.getLogger(logger).addFilter(_FILTER)


class _Filter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(map(_blanked, record.args))
        return True


def _blanked(value: object) -> object:
    if isinstance(value, int | float):
        return value  # formatted as a number
    text = str(value)
    try:
        shown = any(text in origins for origins in _BLANKED)
    except ValueError:
        return value
    return redaction.without_query(text) if shown else value


_FILTER = _Filter()
