"""What headers carry: numbers, truth values, and texts of which every one is printable ASCII without blanks at its ends."""

from __future__ import annotations

from proviso import ir, pattern_parser, pattern_ways, patterns, words

_RIGHT = (
    "a header carries numbers, true or false, a few plain words (an enum), a quantity such as 5m, the formats uuid and "
    "date-time, or a text with a pattern from ^ to $ of printable ASCII and a greatest length"
)


def unfit(name: str, kind: ir.Kind) -> str | None:
    """Say why a header cannot carry a parameter, or None where it can; name: that of the parameter."""
    match kind:
        case ir.Integer() | ir.Number() | ir.Flag():
            return None
        case ir.Choice(values=values):
            return _unlisted(name, *map(words.written, values))
        case ir.Only(value=value):
            return _unlisted(name, words.written(value))
        case ir.UnitText(unit=unit):
            return None if is_plain(unit) else f"{name} has the unit {unit}, which cannot stand in a header"
        case ir.Formatted(format="uuid" | "date-time"):
            return None
        case ir.Mixed(arms=arms) if all(unfit(name, arm) is None for arm in arms):
            return None
        case ir.Text(pattern=str(pattern)):
            why = _unfit(kind, pattern_parser.parse(pattern))
            return None if why is None else f"{name} cannot stand in a header, since {why}"
        case _:
            return f"{name} is free text; {_RIGHT}"


OWN_HEADERS = ("content-type", "content-length", "transfer-encoding", "host", "connection")
"""Headers that the runtime or the HTTP library writes."""


def is_plain(text: str) -> bool:
    """Tell whether a text is printable ASCII without blanks at its ends."""
    return bool(text) and text.isascii() and text.isprintable() and text == text.strip()


def _unlisted(name: str, *values: str) -> str | None:
    strange = next((value for value in values if not is_plain(value)), None)
    return None if strange is None else f"{name} may be {strange!r}, which cannot stand in a header"


def _unfit(kind: ir.Text, pattern: patterns.Pattern) -> str | None:
    if not (pattern.from_start and pattern.to_end):
        return "its pattern lets anything stand around; begin it with ^ and end it with $"
    least, most = pattern_ways.lengths(pattern)
    if max(least, kind.min_length or 0) == 0:
        return "it may be empty; give it minLength: 1"
    if most is None and kind.max_length is None:
        return "it may be of any length; give it maxLength"
    if not _within(pattern_ways.characters(pattern.parts), " ", "~"):
        return "its pattern allows what is not printable ASCII; list the characters, such as [ -~]"
    if not _within(pattern_ways.ends(pattern.parts), "!", "~"):
        return "its pattern allows a blank at its start or end"
    return None


def _within(ranges: patterns.Ranges, first: str, last: str) -> bool:
    return all(ord(first) <= low and high <= ord(last) for low, high in ranges)
