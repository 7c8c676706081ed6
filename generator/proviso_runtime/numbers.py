"""Numbers: exact multiples, and quantities that are written with their unit in one text."""

from __future__ import annotations

_DIGITS = frozenset("0123456789")
_MOST_DIGITS = 18


def is_multiple(number: float, step: str) -> bool:
    """Tell whether a number is a multiple of a step, both taken by their decimal digits: 0.3 is one of "0.1"."""
    (digits, scale), (step_digits, step_scale) = _exact(number), _exact(step)
    finer = max(scale, step_scale)
    return digits * _power(finer - scale) % (step_digits * _power(finer - step_scale)) == 0


def quantity(text: str, unit: str) -> int | None:
    """Give the whole number of a text such as 5s, whose unit is known; None where the text is none."""
    digits = text.removesuffix(unit)
    plain = digits != text and bool(digits) and _DIGITS.issuperset(digits)
    if not plain or len(digits) > _MOST_DIGITS or (digits[0] == "0" and digits != "0"):
        return None
    return int(digits)


def _power(exponent: int) -> int:
    return int(10**exponent)


def _exact(number: float | str) -> tuple[int, int]:
    """Give an integer, and the power of ten by which to divide it."""
    if isinstance(number, int):
        return number, 0
    digits, _, exponent = str(number).partition("e")
    whole, _, fraction = digits.partition(".")
    return int(whole + fraction), len(fraction) - int(exponent or 0)
