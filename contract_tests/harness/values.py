"""Strategies of single values that keep the limits of their kind, made that way and never filtered."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from decimal import Decimal
from typing import assert_never

from hypothesis import strategies as st

from harness import pixel_sizes
from harness.exact import plain
from proviso import ir

Values = st.SearchStrategy[object]

_LONG = 5000  # characters of a long text where nothing bounds it
_FAR = 2**70
_LETTERS = st.characters(exclude_categories=["Cs"])
_SPICE = "aZ0 \n\t\"'\\{}/~%é漢🦄\u0301\u200d\x00\U0010ffff"
_SEEDS = (*_SPICE, _SPICE, "a red fox ", "🦄", "None", "' OR 1=1 --", "{{7*7}}")
_MANY = 64  # values of an integer that are listed one by one
_ADDRESSES = (
    "{}://pictures.test",
    "{}://pictures.test/a/b.png",
    "{}://user@pictures.test:8443/a?b=c&d=%2F#e",
    "{}://[::1]:8080/a",
    "{}://xn--nxasmq6b.example/ä/漢/🦄.png",
    "{}://h?",
    "{}://" + "a" * 2000 + ".example",
)
_SIDES = (1, 9, 10, 512, 2048, 10**12)


def listed(kind: ir.Kind) -> tuple[object, ...] | None:
    """Return the values worth trying of a kind that has few; None when they are better drawn."""
    match kind:
        case ir.Choice(values=values):
            return (*values, *_as_floats(values))
        case ir.Flag():
            return (False, True)
        case ir.PixelSize():
            return (*kind.tiers, *_sizes(kind))
        case ir.Integer(minimum=int(least), maximum=int(most), multiple_of=multiple) if most - least <= _MANY:
            step = multiple or 1
            whole = tuple(range(-(-least // step) * step, most + 1, step))
            return (*whole, float(whole[0]))
        case _:
            return None


def of(kind: ir.Kind) -> Values:
    """Return a strategy of values of a kind."""
    few = listed(kind)
    if few is not None:
        return st.sampled_from(few)
    match kind:
        case ir.Sequence():
            return _lists(kind)
        case ir.Text(min_length=least, max_length=most):
            return _texts(least or 0, most)
        case ir.Url(schemes=schemes):
            return _addresses(schemes)
        case ir.Integer():
            return _integers(kind)
        case ir.Number():
            return _numbers(kind)
        case ir.Choice() | ir.Flag() | ir.PixelSize():
            raise AssertionError("listed above")
        case _:
            assert_never(kind)


def different(kind: ir.ItemKind) -> Iterator[object]:
    """Yield values of a kind, no two of them equal, for as long as there are any."""
    match kind:
        case ir.Choice(values=values):
            yield from values
        case ir.Flag():
            yield from (False, True)
        case ir.Integer(minimum=least, maximum=most, multiple_of=multiple):
            step = multiple or 1
            if least is None and most is not None:
                yield from itertools.count(most // step * step, -step)
            else:
                start = -(-(least or 0) // step) * step
                yield from itertools.count(start, step) if most is None else range(start, most + 1, step)
        case ir.Number():
            low, high = _ends(kind)
            yield from (low + (high - low) * part / 1024 for part in range(1, 1024))
        case ir.Text(min_length=least, max_length=most):
            numbers = (f"{number:0{least or 1}}" for number in itertools.count())
            yield from itertools.takewhile(lambda text: most is None or len(text) <= most, numbers)
        case ir.Url(schemes=schemes):
            yield from (f"{schemes[-1]}://pictures.test/{number}" for number in itertools.count())
        case ir.PixelSize(limits=None):
            yield from (f"{number}{kind.separators[0]}{number}" for number in itertools.count(1))
        case ir.PixelSize():
            yield from _sizes(kind)
        case _:
            assert_never(kind)


def stretched(seed: str, length: int) -> str:
    """Repeat a text that is not empty up to a length."""
    return (seed * (length // len(seed) + 1))[:length]


def _texts(least: int, most: int | None) -> Values:
    ceiling = _LONG if most is None else most
    near = [length for length in (least, least + 1, least + 9, least + 40) if length <= ceiling]
    lengths = [*near, *near, *(length for length in (ceiling - 1, ceiling) if length > least)]
    # Few draws for a long text: a short one is repeated.
    usual = st.sampled_from([stretched(seed, length) for seed in _SEEDS for length in lengths])
    seed = st.text(_LETTERS, min_size=1, max_size=6)
    return st.one_of(usual, usual, st.builds(stretched, seed, st.sampled_from(lengths)))


def _as_floats(values: tuple[str | int, ...]) -> list[float]:
    # JSON has one kind of number: 2.0 is the integer 2.
    ends = dict.fromkeys((values[0], values[-1]))
    return [float(value) for value in ends if isinstance(value, int)]


def _addresses(schemes: tuple[ir.UrlScheme, ...]) -> Values:
    spelled = [spelling for scheme in schemes for spelling in (scheme, scheme.upper())]
    plain_ones = [address.format(scheme) for address in _ADDRESSES for scheme in spelled]
    stem = f"{schemes[-1]}://pictures.test/"
    path = st.text(st.characters(min_codepoint=0x80, exclude_categories=["Cs"]), max_size=4)
    usual = st.sampled_from(plain_ones)
    return st.one_of(usual, usual, path.map(stem.__add__))


def _sizes(kind: ir.PixelSize) -> list[str]:
    sizes = [(one, other) for one in _SIDES for other in _SIDES[1:4]]
    if kind.limits is not None:
        sizes = pixel_sizes.right(kind.limits)
    return [f"{width}{separator}{height}" for separator in kind.separators for width, height in sizes]


def _integers(kind: ir.Integer) -> Values:
    step = kind.multiple_of or 1
    least = -_FAR if kind.minimum is None else kind.minimum
    most = max(least, _FAR) if kind.maximum is None else kind.maximum
    low, high = -(-least // step), most // step
    ends = sorted({low, min(low + 1, high), max(high - 1, low), high, min(max(0, low), high)})
    drawn = st.one_of(st.sampled_from(ends), st.integers(low, high))
    exact = drawn.map(step.__mul__)
    return st.one_of(exact, st.just(float(step * ends[0]))) if abs(step * ends[0]) < 2**53 else exact


def _numbers(kind: ir.Number) -> Values:
    low, high = _ends(kind)
    inside = st.floats(low, high, exclude_min=low == _float(kind.exclusive_minimum),
                       exclude_max=high == _float(kind.exclusive_maximum))  # fmt: skip
    bounds = [
        plain(bound)
        for bound, other in ((kind.minimum, kind.exclusive_minimum), (kind.maximum, kind.exclusive_maximum))
        if bound is not None and bound != other
    ]
    return st.one_of(inside, st.sampled_from(bounds)) if bounds else inside


def _ends(kind: ir.Number) -> tuple[float, float]:
    lows = [_float(one) for one in (kind.minimum, kind.exclusive_minimum) if one is not None]
    highs = [_float(one) for one in (kind.maximum, kind.exclusive_maximum) if one is not None]
    low = max(lows) if lows else min(-1e6, *(high - 1e6 for high in highs), 0.0)
    high = min(highs) if highs else max(1e6, low + 1e6)
    return low, high


def _float(bound: Decimal | None) -> float:
    return math.nan if bound is None else float(bound)


def _lists(kind: ir.Sequence) -> Values:
    least, most = kind.min_items or 0, kind.max_items
    if kind.unique:
        reserve = list(itertools.islice(different(kind.items), max(least, 24)))
        ceiling = min(len(reserve), len(reserve) if most is None else most)
        sizes = _list_sizes(least, ceiling)
        return st.builds(lambda start, size: (reserve[start:] + reserve[:start])[:size],
                         st.integers(0, len(reserve) - 1), st.sampled_from(sizes))  # fmt: skip
    item = of(kind.items)
    sizes = _list_sizes(least, least + 24 if most is None else most)
    return st.tuples(st.sampled_from(sizes), item, item).map(_alternating)


def _alternating(drawn: tuple[int, object, object]) -> list[object]:
    size, *items = drawn
    return list(itertools.islice(itertools.cycle(items), size))


def _list_sizes(least: int, most: int) -> list[int]:
    near = [size for size in (least, least + 1, least + 2) if size <= most]
    return [*near, *near, max(most - 1, least), most]
