r"""Patterns of texts: what ECMA 262 and Python read alike of regular expressions, in time that grows with the text.

A pattern is made of characters, classes such as `[a-z]`, `\d`, `\w`, `.`, groups of alternatives and the repetitions
`? * + {m} {m,n} {m,}`; `^` begins it and `$` ends it. Where characters repeat, the next character has to tell
whether they go on, so that no reader has to try twice; one repetition may run into what follows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Ranges = tuple[tuple[int, int], ...]
"""Characters by their code points, each range with both its ends."""

_LAST = 0x10FFFF
SYNTAX = frozenset("^$\\.*+?()[]{}|/")
"""Signs that mean something, and stand for themselves behind a backslash."""
CONTROLS = {"n": "\n", "r": "\r", "t": "\t"}
"""Characters that are named by a letter behind a backslash."""


class PatternError(ValueError):
    """Text that is no pattern of this language; `offset` is the character at which that shows."""

    def __init__(self, message: str, offset: int) -> None:
        """Keep the message and the offset, counted from 0."""
        super().__init__(message)
        self.offset = offset


@dataclass(frozen=True, slots=True)
class Characters:
    """One character out of some."""

    ranges: Ranges


@dataclass(frozen=True, slots=True)
class Group:
    """One of several chains."""

    arms: tuple[Chain, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part several times; without end where `most` is None."""

    of: Characters | Group
    least: int
    most: int | None
    offset: int


Part = Characters | Group | Repeat
Chain = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A chain of parts, anywhere in a text or bound to its start and end."""

    parts: Chain
    from_start: bool
    to_end: bool


def spelled(pattern: Pattern, *, end: Literal["$", "\\Z"] = "$") -> str:
    """Write a pattern so that every reader takes it for the same; nothing in it depends on a reader's settings.

    end: what stands for the end of the text; Python's own `$` would let a line break pass.
    """
    return f"{'^' * pattern.from_start}{_chain(pattern.parts)}{end if pattern.to_end else ''}"


def _chain(parts: Chain) -> str:
    return "".join(map(_part, parts))


def _part(part: Part) -> str:
    match part:
        case Characters(ranges=((low, high),)) if low == high:
            return _character(low, SYNTAX)
        case Characters(ranges=ranges) if ranges[-1][1] == _LAST:
            return f"[^{''.join(_span(low, high) for low, high in others(ranges))}]"
        case Characters(ranges=ranges):
            return f"[{''.join(_span(low, high) for low, high in ranges)}]"
        case Group(arms=arms):
            return f"(?:{'|'.join(map(_chain, arms))})"
        case Repeat(of=of, least=least, most=most):
            sign = {(0, 1): "?", (0, None): "*", (1, None): "+"}.get((least, most))
            count = f"{least}" if least == most else f"{least},{'' if most is None else most}"
            return _part(of) + (sign or f"{{{count}}}")


def _span(low: int, high: int) -> str:
    first, last = (_character(one, frozenset("\\]^-[")) for one in (low, high))
    return first if low == high else f"{first}{'-' if high > low + 1 else ''}{last}"


def _character(code: int, special: frozenset[str]) -> str:
    character = chr(code)
    if character in special:
        return f"\\{character}"
    named = next((f"\\{name}" for name, control in CONTROLS.items() if control == character), None)
    return named or (character if character.isprintable() else _escape(code))


def _escape(code: int) -> str:
    return f"\\u{code:04x}" if code <= 0xFFFF else chr(code)


def others(ranges: Ranges) -> Ranges:
    """Give all characters but some."""
    found: list[tuple[int, int]] = []
    start = 0
    for low, high in ranges:
        if low > start:
            found.append((start, low - 1))
        start = high + 1
    return (*found, (start, _LAST)) if start <= _LAST else tuple(found)


def may_be_empty(parts: Chain) -> bool:
    """Tell whether a chain can stand for no character at all."""
    return all(_is_optional(part) for part in parts)


def _is_optional(part: Part) -> bool:
    match part:
        case Characters():
            return False
        case Group(arms=arms):
            return any(map(may_be_empty, arms))
        case Repeat(of=of, least=least):
            return least == 0 or _is_optional(of)
