"""Strategies of single values that keep the limits of their kind, made that way and never filtered."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from hypothesis import strategies as st

from proviso import ir
from proviso.drawing import texts
from proviso.oracle import forms, pixel_sizes
from proviso.oracle.exact import plain

Values = st.SearchStrategy[object]

_LONG = 5000  # characters of a long text where nothing bounds it
_FAR = 2**70
_LETTERS = st.characters(exclude_categories=["Cs"])
_SPICE = "aZ0 \n\t\"'\\{}/~%é漢🦄\u0301\u200d\x00\U0010ffff"
_SEEDS = (*_SPICE, _SPICE, "a red fox ", "🦄", "None", "' OR 1=1 --", "{{7*7}}")
_MANY = 64  # values of an integer that are listed one by one
_FEW = 100  # steps away from a bound where there is none on the other side
_SIDES = (1, 9, 10, 512, 2048, 10**12)


def listed(kind: ir.Kind) -> tuple[object, ...] | None:
    """Return the values worth trying of a kind that has few; None when they are better drawn."""
    match kind:
        case ir.Nullable(of=inner):
            few = listed(inner)
            return None if few is None else (None, *few)
        case ir.Choice(values=values):
            return (*map(plain, values), *_as_floats(values))
        case ir.Only(value=value):
            return (plain(value), *_as_floats((value,)))
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
        case ir.Nullable(of=inner):
            return st.one_of(st.none(), of(inner), of(inner))
        case ir.Sequence():
            return _lists(kind)
        case ir.Object(members=members):
            always = {one.name: of(one.kind) for one in members if one.required}
            sometimes = {one.name: of(one.kind) for one in members if not one.required}
            return st.fixed_dictionaries(always, optional=sometimes).map(dict)
        case ir.Union(arms=arms):
            return st.one_of(*map(of, arms))
        case ir.Text(pattern=str()):
            return st.sampled_from(texts.of_pattern(kind))
        case ir.Text(min_length=least, max_length=most):
            return _texts(least or 0, most)
        case ir.Url(schemes=schemes, max_length=most):
            usual = st.sampled_from(texts.addresses(kind))
            stem = f"{schemes[-1]}://pictures.test/"
            path = st.text(st.characters(min_codepoint=0x80, exclude_categories=["Cs"]), max_size=4)
            return st.one_of(usual, usual, path.map(stem.__add__)) if kind.min_length is most is None else usual
        case ir.Formatted():
            return st.sampled_from(texts.formatted(kind))
        case ir.Mixed():
            return st.one_of(*map(of, forms.arms(kind)))
        case ir.UnitText(unit=unit):
            whole = ir.Integer(minimum=kind.minimum, maximum=kind.maximum or 10**18 - 1, multiple_of=kind.multiple_of)
            return of(whole).map(lambda number: f"{int(str(number).removesuffix('.0'))}{unit}")
        case ir.Integer():
            return _integers(kind)
        case ir.Number(multiple_of=Decimal()):
            return st.sampled_from(list(itertools.islice(_multiples(kind), 200)))
        case ir.Number():
            return _numbers(kind)
        case ir.Choice() | ir.Only() | ir.Flag() | ir.PixelSize():
            raise AssertionError("listed above")
        case _:
            assert_never(kind)


def different(kind: ir.Kind) -> Iterator[object]:
    """Yield values of a kind, no two of them equal, for as long as there are any."""
    match kind:
        case ir.Nullable(of=inner):
            first = different(inner)
            yield from (*itertools.islice(first, 1), None)
            yield from first
        case ir.Sequence(items=items, min_items=least, max_items=most, unique=unique):
            size = 0 if most == 0 else least or 1
            some = different(items)
            if unique:
                yield list(itertools.islice(some, size))
            else:
                yield from ([one] * size for one in some)
        case ir.Object():
            yield from _objects(kind)
        case ir.Union(arms=arms):
            yield from itertools.chain.from_iterable(itertools.islice(different(arm), _MANY) for arm in arms)
        case ir.Choice(values=values):
            yield from map(plain, values)
        case ir.Only(value=value):
            yield plain(value)
        case ir.Flag():
            yield from (False, True)
        case ir.Integer(minimum=least, maximum=most, multiple_of=multiple):
            step = multiple or 1
            if least is None and most is not None:
                yield from itertools.count(most // step * step, -step)
            else:
                start = -(-(least or 0) // step) * step
                yield from itertools.count(start, step) if most is None else range(start, most + 1, step)
        case ir.UnitText(unit=unit, minimum=least, maximum=most, multiple_of=multiple):
            yield from (
                f"{number}{unit}" for number in different(ir.Integer(minimum=least, maximum=most, multiple_of=multiple))
            )
        case ir.Number(multiple_of=Decimal()):
            yield from _multiples(kind)
        case ir.Number():
            low, high = _ends(kind)
            yield from (low + (high - low) * part / 1024 for part in range(1, 1024))
        case ir.Text() | ir.Url() | ir.Formatted() | ir.Mixed():
            yield from texts.different(kind)
        case ir.PixelSize(limits=None):
            yield from (f"{number}{kind.separators[0]}{number}" for number in itertools.count(1))
        case ir.PixelSize():
            yield from _sizes(kind)
        case _:
            assert_never(kind)


def whole(kind: ir.Object) -> dict[str, object]:
    """Return an object with all its members."""
    return {one.name: next(different(one.kind)) for one in kind.members}


def _objects(kind: ir.Object) -> Iterator[dict[str, object]]:
    base = whole(kind)
    yield base
    for one in kind.members:
        yield from ({**base, one.name: value} for value in itertools.islice(different(one.kind), 1, _MANY))


def _multiples(kind: ir.Number) -> Iterator[object]:
    """Yield multiples inside the bounds, those at the ends first."""
    assert kind.multiple_of is not None
    step = Fraction(kind.multiple_of)
    lows = [Fraction(one) for one in (kind.minimum, kind.exclusive_minimum) if one is not None]
    highs = [Fraction(one) for one in (kind.maximum, kind.exclusive_maximum) if one is not None]
    first = -(-max(lows) // step) if lows else (min(highs) // step - _FEW if highs else -_FEW)
    last = min(highs) // step if highs else first + 2 * _FEW
    first += kind.exclusive_minimum is not None and first * step == Fraction(kind.exclusive_minimum)
    last -= kind.exclusive_maximum is not None and last * step == Fraction(kind.exclusive_maximum)
    order = dict.fromkeys((first, last, *range(first, min(last, first + _MANY) + 1)))
    yield from (plain(kind.multiple_of * number) for number in order)


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


def _as_floats(values: tuple[ir.Scalar, ...]) -> list[float]:
    # JSON has one kind of number: 2.0 is the integer 2.
    ends = dict.fromkeys((values[0], values[-1]))
    return [float(value) for value in ends if isinstance(value, int | Decimal) and not isinstance(value, bool)]


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
