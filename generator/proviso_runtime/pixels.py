"""Sizes in pixels: explicit ones in a text, and tables of documented ones."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_DIGITS = frozenset("0123456789")


def is_size(text: str, separators: str) -> bool:
    """Tell whether a text is WIDTHxHEIGHT: two positive integers around one separator character."""
    for separator in separators:
        width, found, height = text.partition(separator)
        if found:
            return _is_positive(width) and _is_positive(height)
    return False


def look_up(table: Mapping[tuple[str, ...], tuple[int, int]], /, **chosen: str) -> tuple[int, int]:
    """Look up the pixels (width, height) of a documented combination.

    Raises ValueError that names what is wrong when the combination is not in the table.
    """
    found = table.get(tuple(chosen.values()))
    if found is None:
        asked = ", ".join(f"{name}={value!r}" for name, value in chosen.items())
        rows = "; ".join(" ".join(row) for row in table)
        message = f"no documented size for {asked}; documented are: {rows}"
        raise ValueError(message)
    return found


def _is_positive(text: str) -> bool:
    return text[:1] not in ("", "0") and _DIGITS.issuperset(text)
