"""Read values that stand in a body as JSON text."""

from __future__ import annotations

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn


def read(text: object) -> object:
    """Read JSON text. Raises ValueError for anything else."""
    if type(text) is not str:
        raise ValueError("no text")
    try:
        return json.loads(text, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)
