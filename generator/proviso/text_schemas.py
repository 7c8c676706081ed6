r"""The JSON Schema of texts of a form: patterns that ECMA 262 and Python read alike.

`\s` and `$` differ between the two, so `$` stands only beside a ban on line breaks.
"""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir, pattern_parser, patterns

Schema = dict[str, object]

MOST_LISTED = 100
"""The greatest number of quantities that are listed one by one."""

_BLANK = "[\\u0000-\\u0020\\u007f]"
_SCHEMES = {("https",): "^[Hh][Tt][Tt][Pp][Ss]://[^/?#]", ("http", "https"): "^[Hh][Tt][Tt][Pp][Ss]?://[^/?#]"}
_ONE_LINE: Schema = {"not": {"pattern": "\\n"}}
_BASE64 = "([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{2}==)$"
_NAME = "[A-Za-z0-9!#$&^_.+-]+"
_DAY = (
    "([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
    "|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)"
)
_TIME = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]+)?"
_ZONE = "([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
UUID: Schema = {"format": "uuid", "pattern": "^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"}
"""What the schema of a text that is a UUID says beside its type."""
_FORMATS: dict[ir.TextFormat, Schema] = {
    "base64": {"contentEncoding": "base64", "pattern": f"^{_BASE64}"},
    "uuid": UUID,
    "date-time": {"format": "date-time", "pattern": f"^{_DAY}[Tt]{_TIME}{_ZONE}$"},
}


def form(kind: ir.Url | ir.Formatted) -> Schema:
    """Describe one of the formats that a text may have."""
    return url(kind) if isinstance(kind, ir.Url) else formatted(kind)


def url(kind: ir.Url) -> Schema:
    """Describe an address."""
    return {"pattern": _SCHEMES[kind.schemes], "not": {"pattern": _BLANK}}


def formatted(kind: ir.Formatted) -> Schema:
    """Describe a text of a format; the pattern says all of it, for readers who take `format` as a remark."""
    if kind.format in ("binary", "data-uri"):
        types = f"({'|'.join(map(_in_any_case, kind.media_types))})" if kind.media_types else f"{_NAME}/{_NAME}"
        form = f"^[Dd][Aa][Tt][Aa]:{types}(;{_NAME}={_NAME})*;base64,{_BASE64}"
        return {"format": "uri", "pattern": form, **_ONE_LINE}
    return {**_FORMATS[kind.format], **_ONE_LINE}


def _in_any_case(media_type: str) -> str:
    letters = (f"[{one.upper()}{one}]" if one.isalpha() else one for one in media_type)
    return "".join(f"\\{one}" if one in "+./" else one for one in letters)


def pattern(text: str) -> Schema:
    """Describe a text by the pattern that a spec gives."""
    parsed = pattern_parser.parse(text)
    return {"pattern": patterns.spelled(parsed), **(_ONE_LINE if parsed.to_end else {})}


def quantity(kind: ir.UnitText) -> Schema:
    """Describe a whole number with its unit: its few values, or the digits of its range."""
    unit = "".join(f"\\{one}" if one in "^$\\.*+?()[]{}|/" else one for one in kind.unit)
    step = kind.multiple_of or 1
    if kind.maximum is not None and is_listed(kind):
        return {"enum": [f"{one}{kind.unit}" for one in range(-(-kind.minimum // step) * step, kind.maximum + 1, step)]}
    most = 10**ir.MOST_DIGITS - 1 if kind.maximum is None else kind.maximum
    return {"pattern": f"^({'|'.join(_numerals(kind.minimum, most))}){unit}$", **_ONE_LINE}


def is_listed(kind: ir.UnitText) -> bool:
    """Tell whether a quantity has so few values that they are listed."""
    return kind.maximum is not None and (kind.maximum - kind.minimum) // (kind.multiple_of or 1) < MOST_LISTED


def _numerals(least: int, most: int) -> Iterator[str]:
    """Yield patterns of the numbers from one to another, which have no zeros before them."""
    for digits in range(len(str(least)), len(str(most)) + 1):
        lowest = max(least, 10 ** (digits - 1) if digits > 1 else 0)
        yield from _of_one_length(str(lowest), str(min(most, 10**digits - 1)))


def _of_one_length(low: str, high: str) -> Iterator[str]:
    rest = len(low) - 1
    tail = f"[0-9]{{{rest}}}" if rest > 1 else "[0-9]" * rest
    first, last = int(low[0]), int(high[0])
    if first == last and rest:
        yield from (f"{first}{more}" for more in _of_one_length(low[1:], high[1:]))
        return
    if low[1:].strip("0"):
        yield from (f"{first}{more}" for more in _of_one_length(low[1:], "9" * rest))
        first += 1
    whole = high[1:].strip("9") == ""
    upper = last if whole else last - 1
    if first <= upper:
        yield (f"[{first}-{upper}]" if first < upper else f"{first}") + tail
    if not whole:
        yield from (f"{last}{more}" for more in _of_one_length("0" * rest, high[1:]))


def size(kind: ir.PixelSize) -> Schema:
    """Describe a tier or a size in pixels."""
    between = "".join(f"\\{one}" if one in "\\[]^-" else one for one in kind.separators)
    if kind.limits is not None and kind.limits.sizes:
        return {"enum": [*kind.tiers, *size_texts(kind, kind.limits.sizes)]}
    explicit: Schema = {"pattern": f"^[1-9][0-9]*[{between}][1-9][0-9]*$", **_ONE_LINE}
    return {"anyOf": [{"enum": list(kind.tiers)}, explicit]} if kind.tiers else explicit


def size_texts(kind: ir.PixelSize, sizes: tuple[tuple[int, int], ...]) -> list[str]:
    """Spell sizes in every way that a parameter takes them."""
    return [f"{width}{separator}{height}" for width, height in sizes for separator in kind.separators]
