"""Tell objects, arrays, tuples and sequences, in the words that type checkers understand of their members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeGuard


def is_object(value: object) -> TypeGuard[dict[str, object]]:
    """Tell whether a value is a JSON object."""
    return isinstance(value, dict)


def is_array(value: object) -> TypeGuard[list[object]]:
    """Tell whether a value is a JSON array."""
    return isinstance(value, list)


def is_tuple(value: object) -> TypeGuard[tuple[object, ...]]:
    """Tell whether a value is a tuple."""
    return isinstance(value, tuple)


def is_sequence(value: object) -> TypeGuard[Sequence[object]]:
    """Tell whether a value is a list or another sequence, but for texts and bytes."""
    return isinstance(value, Sequence) and not isinstance(value, str | bytes | bytearray)
