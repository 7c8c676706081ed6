"""Values that break exactly one limit of their kind: just outside, far outside, and what people mistype."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from decimal import Decimal
from typing import assert_never

from proviso import ir
from proviso.drawing import texts, values
from proviso.oracle import contents, forms, limits, pixel_sizes
from proviso.oracle.exact import plain
from proviso.oracle.limits import Breach

_FOREIGN: tuple[object, ...] = (
    None, True, False, 0, 1, 2, 1.5, -7, "", "2", "true", "null", "a text", [], ["a"], [None], {}, {"a": 1},
)  # fmt: skip
_FEW = 24  # wrong values that are put into others
_MANY = 300  # items of a list that is far too long
_ADDRESSES = (
    "", "pictures.test/a.png", "//pictures.test/a.png", "/a.png", "ftp://pictures.test/a.png", "data:image/png;base64,AA==",
    "file:///etc/passwd", "javascript:alert(1)", "{}:/pictures.test", "{}:pictures.test", "{}://", "{}:///a.png",
    "{}://?a=b", "{}://#a", "{}//pictures.test", "h{}://pictures.test", "{}s://pictures.test", " {}://pictures.test",
    "{}://pictures.test ", "{}://exam ple.com", "{}://pictures.test/a b.png", "{}://pictures.test/\n",
    "{}://pictures.test/\ta", "{}://\x00pictures.test", "{}://pictures.test/\x7f", "\n{}://pictures.test",
    "http://pictures.test/a.png", "HTTP://pictures.test",
)  # fmt: skip
_WRONG_FORMS = (
    "AAA", "AAAAA", "AA=", "A===", "====", "AA==AA==", "AAA-", "AAA_", "AA AA", "AAAA\n", "AAAA=", "\u0430AAA",
    "data:image/png;base64,", "data:;base64,AAAA", "data:,hello", "data:image/png,AAAA", "data:image;base64,AAAA",
    "data:image/png;BASE64,AAAA", "data:image/png;base64;AAAA", "image/png;base64,AAAA", "data:image/png;charset;base64,AAAA",
    "data:image/png;base64,AA-_", "data:image/p ng;base64,AAAA", "data:image/png/x;base64,AAAA", "http://pictures.test",
    "2026-02-29T12:00:00Z", "1900-02-29T12:00:00Z", "2026-13-01T12:00:00Z", "2026-00-01T12:00:00Z", "2026-01-00T12:00:00Z",
    "2026-04-31T12:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T12:60:00Z", "2026-01-01T12:00:60Z", "2026-01-01 12:00:00Z",
    "2026-01-01T12:00:00", "2026-01-01T12:00:00.Z", "2026-01-01T12:00:00+0000", "2026-01-01T12:00:00+24:00",
    "2026-01-01T12:00:00+00:60", "2026-01-01T12:00:00,5Z", "2026-1-1T12:00:00Z", "20260101T120000Z", "2026-01-01",
    "2026-01-01T12:00Z", "-2026-01-01T12:00:00Z", "2026-01-01T12:00:00UTC",
    "123e4567e89b12d3a456426614174000", "{123e4567-e89b-12d3-a456-426614174000}", "123e4567-e89b-12d3-a456-42661417400",
    "123e4567-e89b-12d3-a456-4266141740000", "123g4567-e89b-12d3-a456-426614174000", "urn:uuid:123e4567-e89b-12d3-a456-426614174000",
    "123e456-7e89b-12d3-a456-426614174000",
)  # fmt: skip
_STRETCHES: dict[ir.TextFormat, tuple[str, str, str, int]] = {
    "binary": ("data:image/png;base64,", "a", "", 4),
    "base64": ("", "a", "", 4),
    "data-uri": ("data:image/png;base64,", "a", "", 4),
    "date-time": ("2026-01-31T12:00:00.", "7", "Z", 1),
    "uuid": ("", "a", "", 1),
}
"""The beginning of a text of a format, what is repeated to stretch it, its end, and in which steps it grows."""
_SIZES = (
    "", "{}", "2048", "2048{}", "{}2048", "0{}2048", "2048{}0", "02048{}2048", "2048{}02048", "-1{}2048", "+1{}1",
    "2048 {} 2048", "2048{}2048 ", " 2048{}2048", "2048{}2048\n", "2048{}2048{}2048", "2048.0{}2048", "1_0{}10",
    "2048{}{}2048", "20\uff148{}2048", "\uff12\uff10\uff14\uff18{}\uff12\uff10\uff14\uff18", "\u0663{}\u0663", "\u00b2{}\u00b2", "1e3{}10", "2048by2048", "2048\u00d72048", "2048,2048",
    "auto", "large",
)  # fmt: skip


def of(kind: ir.Kind) -> dict[Breach, list[object]]:
    """Return wrong values by the one limit that they break."""
    found: dict[Breach, list[object]] = {}
    for value in candidates(kind):
        breaches = limits.broken(kind, value)
        if len(breaches) == 1:
            found.setdefault(breaches[0], []).append(value)
    return found


def candidates(kind: ir.Kind) -> Iterator[object]:
    """Yield values near those of a kind, most of them wrong."""
    yield from _FOREIGN
    match kind:
        case ir.Nullable(of=inner):
            yield from candidates(inner)
        case ir.Union(arms=arms):
            yield from (value for arm in arms for value in candidates(arm))
            yield from _mistold(kind)
        case ir.Sequence():
            yield from _lists(kind)
        case ir.Object():
            yield from _objects(kind)
        case _:
            yield from _items(kind)


def _objects(kind: ir.Object) -> Iterator[object]:
    right = values.whole(kind)
    yield from ({name: value for name, value in right.items() if name != left_out} for left_out in right)
    names = {
        "",
        "no such member",
        "a/b",
        "m~n",
        *(f"{name}s" for name in right),
        *(name[:-1] for name in right),
    } - right.keys()
    yield from ({**right, name: "a text that nobody should see"} for name in sorted(names))
    for one in kind.members:
        yield from ({**right, one.name: value} for wrong in of(one.kind).values() for value in _some(wrong))


def _some(wrong: list[object]) -> list[object]:
    """Return a few of many, from all over."""
    return wrong[:: max(1, len(wrong) // _FEW)]


def _mistold(kind: ir.Union) -> Iterator[object]:
    """Yield objects that tell nobody which kind of a union they are."""
    for arm in kind.arms if kind.tag is not None else ():
        assert isinstance(arm, ir.Object)
        right = values.whole(arm)
        told = str(right[str(kind.tag)])
        yield {name: value for name, value in right.items() if name != kind.tag}
        yield from (
            {**right, str(kind.tag): wrong} for wrong in (None, 3, [told], "", f"{told} ", told.swapcase(), f"{told}s")
        )


def _items(kind: ir.SimpleKind) -> Iterator[object]:
    match kind:
        case ir.Text(pattern=str()):
            yield from _lengths(kind)
            yield from _around(texts.of_pattern(kind))
        case ir.Text():
            yield from _lengths(kind)
        case ir.Choice(values=allowed):
            yield from _near(tuple(map(plain, allowed)))
        case ir.Only(value=fixed):
            yield from _near((plain(fixed),))
        case ir.Url(schemes=schemes):
            yield from (address.replace("{}", scheme) for address in _ADDRESSES for scheme in schemes)
            yield from (f"{schemes[-1]}://{'a' * length}.test" for length in range(1, 60))
            yield from _stretched_ends(kind, (f"{schemes[-1]}://pictures.test/", "a", "", 1))
        case ir.Formatted(format=form):
            yield from _around(texts.formatted(kind))
            yield from _WRONG_FORMS
            yield from contents.wrong(kind)
            yield from _stretched_ends(kind, _STRETCHES[form])
        case ir.Mixed():
            yield from (value for arm in forms.arms(kind) for value in _items(arm))
        case ir.PixelSize(tiers=tiers, separators=separators):
            yield from (size.replace("{}", one) for size in _SIZES for one in separators)
            yield from _near(tiers)
            if kind.limits is not None:
                sizes = pixel_sizes.near(kind.limits)
                yield from (f"{width}{one}{height}" for width, height in sizes for one in separators)
        case ir.UnitText(unit=unit, minimum=least, maximum=most, multiple_of=multiple):
            numbers = _items(ir.Integer(minimum=least, maximum=most, multiple_of=multiple))
            yield from (f"{number}{unit}" for number in numbers if isinstance(number, int) and number >= 0)
            right = list(itertools.islice(values.different(kind), 3))
            yield from (wrong for one in right for wrong in _misspelt(str(one), unit))
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


def _lengths(kind: ir.Text) -> Iterator[object]:
    least, most = kind.min_length, kind.max_length
    for length in (0, (least or 0) - 1, *((most + 1, most * 2 + 50) if most is not None else ())):
        yield from (values.stretched(seed, max(length, 0)) for seed in ("sixteen letters ", "🦄", "\u0301", "\n"))
    if kind.pattern is not None:
        if least:
            yield from texts.of_pattern(ir.Text(pattern=kind.pattern, max_length=least - 1))
        if most is not None:
            yield from texts.of_pattern(ir.Text(pattern=kind.pattern, min_length=most + 1))


def _around(right: list[str]) -> Iterator[str]:
    """Yield what becomes of texts that are almost typed as they should be."""
    for one in right[:40]:
        yield from (
            f"{one}\n",
            f"{one} ",
            f" {one}",
            one[1:],
            one[:-1],
            one.swapcase(),
            f"{one}=",
            f"{one}🦄",
            one + one,
        )
        yield from (one.replace(sign, "") for sign in "-:,;=/TZ" if sign in one)
        yield from (one.replace(digit, "\uff12") for digit in "23" if digit in one)
    yield from ("", " ", "!", "🦄", "\n", "0", "A", "z" * 50, "\u0131")


def _misspelt(one: str, unit: str) -> Iterator[str]:
    number = one.removesuffix(unit)
    yield from (
        number,
        unit,
        f"{number} {unit}",
        f"0{one}",
        f"+{one}",
        f"-{one}",
        f"{number}.0{unit}",
        f"{one}\n",
        f" {one}",
    )
    yield from (
        f"{number}{unit}{unit}",
        f"{number}{unit.swapcase()}x",
        f"1e3{unit}",
        f"{'9' * 19}{unit}",
        f"\uff12{unit}",
        f"1_0{unit}",
    )


def _stretched_ends(kind: ir.Url | ir.Formatted, stretch: tuple[str, str, str, int]) -> Iterator[str]:
    """Yield texts of the form that are a little too short and too long."""
    head, filling, tail, step = stretch
    for bound in (kind.min_length, kind.max_length):
        if bound is not None:
            for length in range(max(bound - 2 * step, 0), bound + 3 * step):
                yield head + filling * max(length - len(head) - len(tail), 0) + tail


def _near(allowed: tuple[object, ...]) -> Iterator[object]:
    for one in allowed:
        if isinstance(one, bool):
            yield not one
        elif isinstance(one, str):
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
        elif isinstance(one, int):
            yield from (one + 1, one - 1, -one, one * 10**6, one + 2**70, one + 0.0 + 1)
        elif isinstance(one, float):
            yield from (math.nextafter(one, math.inf), one + 1, -one, one / 10, one * 10)


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
    if kind.multiple_of is not None:
        step = kind.multiple_of
        right = [one for one in itertools.islice(values.different(kind), 20) if isinstance(one, int | float)]
        yield from (
            plain(Decimal(str(one)) + part * step)
            for one in right
            for part in map(Decimal, ("0.5", "0.1", "1", "-1", "7"))
        )
        yield from (math.nextafter(one, math.inf) for one in right)
        for bound in (kind.minimum, kind.exclusive_minimum, kind.maximum, kind.exclusive_maximum):
            if bound is not None:
                near = bound // step * step
                yield from (plain(near + times * step) for times in range(-2, 3))


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
    usual = list(itertools.islice(itertools.cycle(right), size))
    if size > 1:
        yield [*usual[:-1], usual[0]]
        yield [usual[1], *usual[1:]]
    wrong = [value for of_one in of(kind.items).values() for value in _some(of_one)]
    for index in sorted({0, size // 2, size - 1} & set(range(size))):
        yield from ([*usual[:index], value, *usual[index + 1 :]] for value in wrong)
