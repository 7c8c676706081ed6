"""What a request asks for: how many results, of how many pixels, in which format.

Generated code reads it off the params of a valid request. Whatever the documents do not fix is
None, and is never compared: a difference that is none would be worse than one that nobody sees.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from proviso_runtime import pixels, violation

Size: TypeAlias = tuple[int, int]
Said: TypeAlias = tuple[Size, ...] | None
"""What one place of a request says of the pixels: a size; nothing (None); or what no pixels are documented for (empty)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a request asks for, as far as the documents fix it.

    count: the fewest and the most results. pixels: the sizes (width, height) of which an image has one.
    media_types: those of which a result has one.
    """

    count: tuple[int, int] | None = None
    pixels: tuple[Size, ...] | None = None
    media_types: tuple[str, ...] | None = None


def exactly(given: Mapping[str, object], name: str, default: int | None = None) -> tuple[int, int] | None:
    """Give the count of a request that asks for as many results as a parameter says."""
    whole = violation.whole(_in_effect(given, name, default))
    return None if whole is None else (whole, whole)


def at_most(given: Mapping[str, object], name: str, default: int | None = None) -> tuple[int, int] | None:
    """Give the count of a request that asks for as many results as a parameter says, or fewer, but one at least."""
    whole = violation.whole(_in_effect(given, name, default))
    return None if whole is None else (1, whole)


def chosen(
    given: Mapping[str, object], name: str, types: Mapping[str, str], default: str | None = None
) -> tuple[str, ...] | None:
    """Give the media type that a parameter chooses."""
    value = _in_effect(given, name, default)
    found = types.get(value) if type(value) is str else None
    return None if found is None else (found,)


def sizes(*said: Said) -> tuple[Size, ...] | None:
    """Give the sizes that the places of a request say; None where one of them says what has no pixels."""
    told = [one for one in said if one is not None]
    if not all(told):
        return None
    return tuple(dict.fromkeys(size for one in told for size in one)) or None


def tabled(
    given: Mapping[str, object], defaults: Mapping[str, str | None], table: Mapping[tuple[str, ...], Size]
) -> Said:
    """Look up what a table of sizes says.

    defaults: the parameters that the table is by, in its order; a default counts beside one that is sent.
    """
    if all(given.get(name) is None for name in defaults):
        return None
    key = [_in_effect(given, name, default) for name, default in defaults.items()]
    found = table.get(tuple(value for value in key if type(value) is str))
    return () if found is None else (found,)


def written(given: Mapping[str, object], name: str, separators: str) -> Said:
    """Read a size that a parameter writes as WIDTHxHEIGHT."""
    text = given.get(name)
    if type(text) is not str:
        return None
    size = pixels.read(text, separators)
    return () if size is None else (size,)


def sides(given: Mapping[str, object], defaults: Mapping[str, int | None]) -> Said:
    """Read a size from two parameters. defaults: the width and the height; a default counts beside the other side."""
    if all(given.get(name) is None for name in defaults):
        return None
    wide, high = (violation.whole(_in_effect(given, name, default)) for name, default in defaults.items())
    return () if wide is None or high is None else ((wide, high),)


def nothing(given: Mapping[str, object], names: tuple[str, ...]) -> Said:
    """Tell that no pixels are known where one of some parameters is sent, which may name others than those of an image."""
    return None if all(given.get(name) is None for name in names) else ()


def _in_effect(given: Mapping[str, object], name: str, default: object) -> object:
    value = given.get(name)
    return default if value is None else value
