"""Values that break exactly one limit of their kind: just outside, far outside, and what people mistype."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import assert_never

from harness import limits, pixel_sizes, values
from harness.exact import plain
from harness.limits import Breach
from proviso import ir

_FOREIGN: tuple[object, ...] = (
    None, True, False, 0, 1, 2, 1.5, -7, "", "2", "true", "null", "a text", [], ["a"], [None], {}, {"a": 1},
)  # fmt: skip
_MANY = 3000  # items of a list that is far too long
_ADDRESSES = (
    "", "pictures.test/a.png", "//pictures.test/a.png", "/a.png", "ftp://pictures.test/a.png", "data:image/png;base64,AA==",
    "file:///etc/passwd", "javascript:alert(1)", "{}:/pictures.test", "{}:pictures.test", "{}://", "{}:///a.png",
    "{}://?a=b", "{}://#a", "{}//pictures.test", "h{}://pictures.test", "{}s://pictures.test", " {}://pictures.test",
    "{}://pictures.test ", "{}://exam ple.com", "{}://pictures.test/a b.png", "{}://pictures.test/\n",
    "{}://pictures.test/\ta", "{}://\x00pictures.test", "{}://pictures.test/\x7f", "\n{}://pictures.test",
    "http://pictures.test/a.png", "HTTP://pictures.test",
)  # fmt: skip
_SIZES = (
    "", "{}", "2048", "2048{}", "{}2048", "0{}2048", "2048{}0", "02048{}2048", "2048{}02048", "-1{}2048", "+1{}1",
    "2048 {} 2048", "2048{}2048 ", " 2048{}2048", "2048{}2048\n", "2048{}2048{}2048", "2048.0{}2048", "1_0{}10",
    "2048{}{}2048", "20\uff148{}2048", "\uff12\uff10\uff14\uff18{}\uff12\uff10\uff14\uff18", "\u0663{}\u0663", "\u00b2{}\u00b2", "1e3{}10", "2048by2048", "2048\u00d72048", "2048,2048",
    "auto", "large",
)  # fmt: skip


def of(kind: ir.Kind) -> dict[Breach, list[object]]:
    """Return wrong values by the one limit that they break."""
    found: dict[Breach, list[object]] = {}
    for value in _candidates(kind):
        breaches = limits.broken(kind, value)
        if len(breaches) == 1:
            found.setdefault(breaches[0], []).append(value)
    return found


def _candidates(kind: ir.Kind) -> Iterator[object]:
    yield from _FOREIGN
    if isinstance(kind, ir.Sequence):
        yield from _lists(kind)
    else:
        yield from _items(kind)


def _items(kind: ir.ItemKind) -> Iterator[object]:
    match kind:
        case ir.Text(min_length=least, max_length=most):
            for length in (0, (least or 0) - 1, *((most + 1, most * 2 + 50) if most is not None else ())):
                yield from (
                    values.stretched(seed, max(length, 0)) for seed in ("sixteen letters ", "🦄", "\u0301", "\n")
                )
        case ir.Choice(values=allowed):
            yield from _near(allowed)
        case ir.Url(schemes=schemes):
            yield from (address.replace("{}", scheme) for address in _ADDRESSES for scheme in schemes)
        case ir.PixelSize(tiers=tiers, separators=separators):
            yield from (size.replace("{}", one) for size in _SIZES for one in separators)
            yield from _near(tiers)
            if kind.limits is not None:
                sizes = pixel_sizes.near(kind.limits)
                yield from (f"{width}{one}{height}" for width, height in sizes for one in separators)
        case ir.Integer(minimum=least, maximum=most, multiple_of=multiple):
            step = multiple or 1
            for bound, sign in ((least, -1), (most, 1)):
                if bound is not None:
                    beyond = (bound // step + (sign if bound % step == 0 or sign > 0 else 0)) * step
                    yield from (beyond, float(beyond), beyond + sign * step * 10**6, beyond + sign * step * 2**70)
            start = -(-(least or 0) // step) * step
            yield from (start + 1, start + step + 1, start + step - 1)
        case ir.Number():
            yield from _numbers(kind)
        case ir.Flag():
            pass
        case _:
            assert_never(kind)


def _near(allowed: tuple[str | int, ...]) -> Iterator[object]:
    for one in allowed:
        if isinstance(one, str):
            yield from (
                one.upper(),
                one.lower(),
                one.swapcase(),
                one.title(),
                f"{one} ",
                f" {one}",
                f"{one}\n",
                f"{one}x",
            )
            yield from (one[:-1], one.replace("-", "_"), one.replace(":", "x"), f"{one}\u200b")
        else:
            yield from (one + 1, one - 1, -one, one * 10**6, one + 2**70, one + 0.0 + 1)


def _numbers(kind: ir.Number) -> Iterator[object]:
    for bound, down in (
        (kind.minimum, True),
        (kind.exclusive_minimum, True),
        (kind.maximum, False),
        (kind.exclusive_maximum, False),
    ):
        if bound is not None:
            edge, away = float(bound), -math.inf if down else math.inf
            yield from (plain(bound), math.nextafter(edge, away), edge + math.copysign(1, away))
            yield math.copysign(1e30, away)


def _lists(kind: ir.Sequence) -> Iterator[object]:
    least, most = kind.min_items or 0, kind.max_items
    right = list(itertools.islice(values.different(kind.items), _MANY + (most or 0)))
    yield right[: max(least - 1, 0)]
    if most is not None:
        yield right[: most + 1]
        yield right
        # Where there are too few different values, the same ones come again.
        yield [*right, *right, *right][: most + 1]
    size = max(least, min(3, len(right), 3 if most is None else most))
    usual = right[:size]
    if size > 1:
        yield [*usual[:-1], usual[0]]
        yield [usual[1], *usual[1:]]
    wrong = [value for of_one in of(kind.items).values() for value in of_one]
    for index in sorted({0, size // 2, size - 1} & set(range(size))):
        yield from ([*usual[:index], value, *usual[index + 1 :]] for value in wrong)
