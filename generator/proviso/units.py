"""Units of measure: what amounts, quantities and formulas are in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

UNITS = (
    "image", "video", "audio", "text", "request", "second", "minute", "step",
    "pixel", "megapixel", "character", "token", "credit",
)  # fmt: skip
"""The words for units, beside currencies."""

NUMBER = "number"
"""The word for what has no unit."""

CREDITS = "credits"
"""The word for a currency of the provider's own."""

_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Unit:
    """A product of words, each to a power, in the order of the words; nothing for what has no unit."""

    powers: tuple[tuple[str, int], ...] = ()

    def __str__(self) -> str:
        """Say the unit, such as `USD per second per image`."""
        if not self.powers:
            return "no unit"
        above = " times ".join(_repeated((word, power) for word, power in self.powers if power > 0))
        below = "".join(
            f" per {word}" for word in _repeated((word, -power) for word, power in self.powers if power < 0)
        )
        return f"{above or '1'}{below}"


PLAIN = Unit()
NO_WORD = "?"
"""In place of a word that is no unit, and has been complained of."""
WRONG = Unit(((NO_WORD, 1),))
"""A unit with such a word in it: it meets every other, and makes it wrong."""


def unit(above: Iterable[str] = (), below: Iterable[str] = ()) -> Unit:
    """Make a unit of the words above and below the line; `number` is no unit, `credits` are counted by `credit`."""
    powers: dict[str, int] = {}
    for words, sign in ((above, 1), (below, -1)):
        for word in words:
            spelled = "credit" if word == CREDITS else word
            powers[spelled] = powers.get(spelled, 0) + sign
    return _made({word: power for word, power in powers.items() if word != NUMBER})


def times(one: Unit, other: Unit) -> Unit:
    """Multiply two units."""
    return _joined(one, other, 1)


def over(one: Unit, other: Unit) -> Unit:
    """Divide a unit by another."""
    return _joined(one, other, -1)


def is_money(one: Unit) -> bool:
    """Tell whether a unit counts money, or credits that stand for it."""
    return any(power > 0 and (word == "credit" or is_currency(word)) for word, power in one.powers)


def is_currency(word: str) -> bool:
    """Tell whether a word is the code of a currency."""
    return _CURRENCY.fullmatch(word) is not None


def plural(word: str) -> str:
    """Say several of a unit; of a currency there is one word."""
    return word if is_currency(word) or word in (NUMBER, CREDITS) else f"{word}s"


def counted(word: str, number: Decimal) -> str:
    """Say a unit beside a number of it: one credit, several credits."""
    single = "credit" if word == CREDITS else word
    return single if number == 1 else plural(word)


def _joined(one: Unit, other: Unit, sign: int) -> Unit:
    powers = dict(one.powers)
    for word, power in other.powers:
        powers[word] = powers.get(word, 0) + sign * power
    return _made(powers)


def _made(powers: Mapping[str, int]) -> Unit:
    if NO_WORD in powers:
        return WRONG
    return Unit(tuple(sorted((word, power) for word, power in powers.items() if power)))


def _repeated(powers: Iterable[tuple[str, int]]) -> Iterator[str]:
    for word, power in powers:
        for _ in range(power):
            yield word
