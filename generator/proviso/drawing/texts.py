"""Texts of a form, made and never filtered: addresses, formats, patterns, and lists of each in which no two are equal."""

from __future__ import annotations

import base64
import itertools
import random
from collections.abc import Iterator

from proviso import ir, pattern_parser, patterns
from proviso.oracle import contents, forms

_ADDRESSES = (
    "{}://pictures.test",
    "{}://pictures.test/a/b.png",
    "{}://user@pictures.test:8443/a?b=c&d=%2F#e",
    "{}://[::1]:8080/a",
    "{}://xn--nxasmq6b.example/ä/漢/🦄.png",
    "{}://h?",
    "{}://" + "a" * 2000 + ".example",
)
_MOMENTS = (
    "2026-01-31T12:00:00Z", "2024-02-29t23:59:59.999999z", "2000-02-29T00:00:00+00:00", "0000-02-29T01:02:03.4-23:59",
    "9999-12-31T23:59:59Z", "1900-02-28T00:00:00-00:00", "2026-04-30T09:08:07.0000000000001+14:00",
)  # fmt: skip
_UUIDS = (
    "123e4567-e89b-12d3-a456-426614174000", "00000000-0000-0000-0000-000000000000",
    "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF", "9aBcDeF0-1234-7abc-8def-0123456789ab",
)  # fmt: skip
_HEADS = ("data:image/png;base64,", "DATA:a/b;base64,", "data:image/svg+xml;charset=utf-8;base64,")
_LONGEST = 4000  # characters of a text that nothing bounds
_TRIES = 150  # texts that are made of a pattern


def addresses(kind: ir.Url) -> list[str]:
    """Return addresses of many looks that keep the limits of their kind."""
    spelled = [spelling for scheme in kind.schemes for spelling in (scheme, scheme.upper())]
    made = [address.format(scheme) for address in _ADDRESSES for scheme in spelled]
    stem = f"{kind.schemes[-1]}://pictures.test/"
    return _of_length([*made, *(_stretched(stem, length) for length in _lengths(kind))], kind)


def formatted(kind: ir.Formatted) -> list[str]:
    """Return texts of a format that keep the limits of their kind."""
    match kind.format:
        case "uuid":
            return list(_UUIDS)
        case "date-time":
            longer = [f"2026-01-31T12:00:00.{'7' * (length - 21)}Z" for length in _lengths(kind) if length > 21]
            return _of_length([*_MOMENTS, *longer], kind)
        case "binary":
            return contents.texts(kind)
        case "base64" | "data-uri" if kind.max_bytes is not None or kind.media_types:
            return _of_length(contents.texts(kind), kind)
        case "base64":
            return _of_length([_base64(size) for size in _sizes(kind, 0)], kind)
        case "data-uri":
            return _of_length([head + _base64(size) for head in _HEADS for size in _sizes(kind, len(head))], kind)


def of_pattern(kind: ir.Text) -> list[str]:
    """Return texts of a pattern that keep the limits of their kind."""
    assert kind.pattern is not None
    parsed = pattern_parser.parse(kind.pattern)
    chance = random.Random(kind.pattern)
    around = ("", " ", "a", "0", "🦄", "-")
    made: list[str] = []
    for most in (1, 2, 3, 8, *_lengths(kind)):
        for _ in range(_TRIES // 8):
            text = _chain(parsed.parts, chance, most)
            before = "" if parsed.from_start else chance.choice(around)
            made.append(before + text + ("" if parsed.to_end else chance.choice(around)))
    return list(dict.fromkeys(_of_length([text for text in made if forms.has_pattern(text, kind.pattern)], kind)))


def different(kind: ir.Text | ir.Url | ir.Formatted | ir.Mixed) -> Iterator[str]:
    """Yield texts of a kind, no two of them equal, for as long as there are any."""
    match kind:
        case ir.Text(pattern=str()):
            yield from of_pattern(kind)
        case ir.Text(min_length=least, max_length=most):
            numbers = (f"{number:0{least or 1}}" for number in itertools.count())
            yield from itertools.takewhile(lambda text: most is None or len(text) <= most, numbers)
        case ir.Url(min_length=None, max_length=None):
            yield from (f"{kind.schemes[-1]}://pictures.test/{number}" for number in itertools.count())
        case ir.Url():
            yield from dict.fromkeys(addresses(kind))
        case ir.Formatted(format="uuid"):
            yield from (f"123e4567-e89b-12d3-a456-{number:012x}" for number in itertools.count())
        case ir.Formatted():
            yield from dict.fromkeys(formatted(kind))
        case ir.Mixed():
            every = [different(arm) for arm in forms.arms(kind)]
            yield from (text for one in every for text in itertools.islice(one, 1))
            yield from itertools.chain.from_iterable(every)


def _of_length(made: list[str], kind: ir.Text | ir.Url | ir.Formatted) -> list[str]:
    least, most = kind.min_length or 0, kind.max_length
    return [text for text in made if least <= len(text) and (most is None or len(text) <= most)]


def _lengths(kind: ir.Text | ir.Url | ir.Formatted) -> list[int]:
    """Return lengths at the ends of what is allowed, and a few between."""
    least = kind.min_length or 0
    most = least + 40 if kind.max_length is None else kind.max_length
    return [least, least + 1, (least + most) // 2, max(most - 1, least), min(most, _LONGEST)]


def _sizes(kind: ir.Formatted, head: int) -> list[int]:
    """Return numbers of bytes whose base64 fills what is allowed behind a head."""
    ends = [(length - head) // 4 * 3 for length in _lengths(kind)]
    return [max(size, 1) for end in ends for size in (end - 2, end - 1, end, end + 1)]


def _base64(size: int) -> str:
    return base64.b64encode((b"\x00\xff\xfe picture " * (size // 10 + 1))[:size]).decode()


def _stretched(stem: str, length: int) -> str:
    return stem + "a" * max(length - len(stem), 0)


def _chain(parts: patterns.Chain, chance: random.Random, most: int) -> str:
    return "".join(_part(part, chance, most) for part in parts)


def _part(part: patterns.Part, chance: random.Random, most: int) -> str:
    match part:
        case patterns.Characters(ranges=ranges):
            low, high = chance.choice(ranges)
            near = [code for code in (low, low + 1, (low + high) // 2, high) if low <= code <= high]
            return chr(chance.choice([code for code in near if not 0xD800 <= code <= 0xDFFF]))
        case patterns.Group(arms=arms):
            return _chain(chance.choice(arms), chance, most)
        case patterns.Repeat(of=of, least=least, most=end):
            highest = max(least, most if end is None else min(end, most))
            return "".join(
                _part(of, chance, most) for _ in range(chance.choice((least, highest, chance.randint(least, highest))))
            )
