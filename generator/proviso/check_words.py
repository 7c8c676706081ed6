"""Expressions that check a simple value, and statements that report what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import assert_never

from proviso import ir, kind_words, pattern_parser, patterns, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """An expression that is true of some values, and the statement that is for them."""

    when: str
    then: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """How the parts of a check are spelled.

    value: the value. at: its pointer, with the names of variables in braces. constant: the beginning of the names of its constants.
    expected: the JSON types that are told of a value of another one.
    sizes: the names of the module's constants for limits of sizes.
    because: why the limits are advice; None where they are none.
    """

    value: str
    at: str
    constant: str
    expected: str
    sizes: Mapping[ir.PixelLimits, str]
    because: str | None = None

    @property
    def pointer(self) -> str:
        """The expression for where the value stands."""
        if self.at == "{at}":
            return "at"
        # Names hold no braces.
        return f"f{self.at!r}" if "{" in self.at else repr(self.at)


def branches(kind: ir.SimpleKind, to: Spelling, *, bind: bool = False) -> Iterator[Branch]:
    """Yield the branches in the order in which they are tried; the first whose expression is true reports.

    bind: whether more branches follow, which look at the number that this one finds.
    """
    found = tuple(limits(kind, to))
    yield wrong_type(_is_foreign(kind, to.value, bind=bind or bool(found)), to)
    yield from found


def limits(kind: ir.SimpleKind, to: Spelling) -> Iterator[Branch]:
    """Yield the branches about values that are of the right type."""
    match kind:
        case ir.Text(pattern=pattern):
            yield from _lengths(kind, to)
            if pattern is not None:
                spelled = patterns.spelled(pattern_parser.parse(pattern), end="\\Z")
                yield breach(f"not patterns.fits({to.value}, {spelled!r})", to, "pattern", "None", repr(pattern))
        case ir.Choice(values=(first, *_)):
            allowed = f"{to.constant}_VALUES"
            yield breach(f"{_bound(first, to)} not in {allowed}", to, "enum", _bound(first, to), allowed)
        case ir.Choice():
            pass
        case ir.Only(value=bool(value)):
            yield breach(f"{to.value} is not {value}", to, "const", to.value, repr(value))
        case ir.Only(value=value):
            limit = repr(words.plain(value))
            yield breach(f"{_bound(value, to)} != {limit}", to, "const", _bound(value, to), limit)
        case ir.Url():
            yield breach(f"not {_is_of(kind)}({to.value})", to, "format", "None", repr(_format(kind)))
            yield from _lengths(kind, to)
        case ir.Formatted():
            yield breach(f"not {_is_of(kind)}({to.value})", to, "format", "None", repr(_format(kind)))
            yield from _contents(kind, to)
            yield from _lengths(kind, to)
        case ir.Mixed(arms=arms):
            fails = " and ".join(f"not {_is_of(arm)}({to.value})" for arm in arms)
            yield breach(fails, to, "format", "None", repr(tuple(map(_format, arms))))
            yield from _contents(kind, to)
            yield from _lengths(kind, to)
        case ir.PixelSize(tiers=tiers, separators=separators):
            tier = f"{to.value} not in {to.constant}_TIERS and " if tiers else ""
            fails = f"{tier}not pixels.is_size({to.value}, {''.join(separators)!r})"
            yield breach(fails, to, "pattern", to.value, repr(kind_words.limits(kind)))
            if kind.limits is not None:
                limits = to.sizes[kind.limits]
                fails = f"{tier}(broken := {limits}.of_text({to.value}, {''.join(separators)!r})) is not None"
                made = f"violation.Violation({to.pointer}, broken, {to.value}, {limits})"
                yield Branch(when=fails, then=f"found.append({made})")
        case ir.UnitText(unit=unit):
            bounds = tuple(_integer_bounds(kind, to))
            found = f"numbers.quantity({to.value}, {unit!r})"
            fails = f"{f'(whole := {found})' if bounds else found} is None"
            yield breach(fails, to, "pattern", to.value, repr(kind_words.limits(kind)))
            yield from bounds
        case ir.Integer():
            yield from _integer_bounds(kind, to)
        case ir.Number():
            yield from _number_bounds(kind, to)
        case ir.Flag():
            pass
        case _:
            assert_never(kind)


def lengths(kind: ir.Sequence, to: Spelling, advice: ir.Advice | None) -> Iterator[tuple[Branch, ...]]:
    """Yield groups of branches about the number of items; each group is tried, and what is advised comes last in it."""
    soft = None if advice is None or not isinstance(advice.kind, ir.Sequence) else advice.kind
    advised = to if advice is None else replace(to, because=advice.because)
    for hard, more in zip(_counts(kind, to), _counts(soft, advised), strict=True):
        if group := (*hard, *more):
            yield group


def _counts(kind: ir.Sequence | None, to: Spelling) -> Iterator[tuple[Branch, ...]]:
    least, most = (None, None) if kind is None else (kind.min_items, kind.max_items)
    yield () if least is None else (breach(f"len(items) < {least}", to, "minItems", "len(items)", repr(least)),)
    yield () if most is None else (breach(f"len(items) > {most}", to, "maxItems", "len(items)", repr(most)),)
    repeated = "(double := violation.repeated(items)) is not None"
    yield (breach(repeated, to, "uniqueItems", "double", "None"),) if kind is not None and kind.unique else ()


def helpers(kinds: Iterable[ir.Kind]) -> set[str]:
    """Name the modules of the runtime that the checks of some kinds call."""
    return {"violation", *(name for kind in kinds if (name := _helper(kind)) is not None)}


def _helper(kind: ir.Kind) -> str | None:
    match kind:
        case ir.Formatted():
            return "formats"
        case ir.UnitText() | ir.Number(multiple_of=Decimal()):
            return "numbers"
        case ir.Text(pattern=str()):
            return "patterns"
        case ir.PixelSize():
            return "pixels"
        case ir.Url():
            return "urls"
        case _:
            return None


def breach(when: str, to: Spelling, rule: str, value: str, limit: str) -> Branch:
    """Spell the branch that reports a broken limit, or one that was advised."""
    made = f"{to.pointer}, {rule!r}, {value}, {limit}"
    report = f"violation.Violation({made})" if to.because is None else f"violation.advice({made}, {to.because!r})"
    return Branch(when=when, then=f"found.append({report})")


def wrong_type(when: str, to: Spelling) -> Branch:
    """Spell the branch that reports a value of another JSON type."""
    return Branch(when=when, then=f"found.append(violation.wrong_type({to.pointer}, {to.value}, {to.expected!r}))")


def _is_foreign(kind: ir.SimpleKind, value: str, *, bind: bool) -> str:
    text = f"type({value}) is not str"
    match kind_words.json_types(kind)[0]:
        case "boolean":
            return f"type({value}) is not bool"
        case "integer":
            # Nearly every integer is an int, and then the call can be saved.
            if not bind:
                return f"type({value}) is not int and violation.whole({value}) is None"
            return f"(whole := {value} if type({value}) is int else violation.whole({value})) is None"
        case "number":
            return f"(number := violation.number({value})) is None" if bind else f"violation.number({value}) is None"
        case _:
            listed = isinstance(kind, ir.Choice | ir.Only)
            return text if listed else f"{text} or (not {value}.isascii() and violation.is_broken({value}))"


def _bound(value: ir.Scalar, to: Spelling) -> str:
    """Name what holds a value of the right type: integers may be written as 2.0."""
    return to.value if isinstance(value, str) else "whole" if isinstance(value, int) else "number"


def _is_of(kind: ir.Url | ir.Formatted) -> str:
    """Name the function of the runtime that knows a format."""
    match kind:
        case ir.Url(schemes=("https",)):
            return "urls.is_https"
        case ir.Url():
            return "urls.is_http"
        case ir.Formatted(format="binary"):
            return "formats.is_data_uri"
        case ir.Formatted(format=form):
            return f"formats.is_{form.replace('-', '_')}"


def _format(kind: ir.Url | ir.Formatted) -> str:
    """Name a format as the sentences of the runtime know it."""
    return kind.schemes[0] if isinstance(kind, ir.Url) else kind.format


def _lengths(kind: ir.Text | ir.Url | ir.Formatted | ir.Mixed, to: Spelling) -> Iterator[Branch]:
    length = f"len({to.value})"
    if kind.min_length is not None:
        yield breach(f"{length} < {kind.min_length}", to, "minLength", length, repr(kind.min_length))
    if kind.max_length is not None:
        yield breach(f"{length} > {kind.max_length}", to, "maxLength", length, repr(kind.max_length))


def _contents(kind: ir.Formatted | ir.Mixed, to: Spelling) -> Iterator[Branch]:
    arms = kind.arms if isinstance(kind, ir.Mixed) else (kind,)
    holding = [arm for arm in arms if isinstance(arm, ir.Formatted) and arm.format not in ("uuid", "date-time")]
    named = f"formats.names_type({to.value}) and "
    if any(arm.media_types for arm in holding):
        allowed, told = f"{to.constant}_TYPES", f"formats.media_type({to.value})"
        which = named if len(arms) > 1 else ""
        yield breach(f"{which}{told} not in {allowed}", to, "media_types", told, allowed)
    if holding and (most := holding[0].max_bytes) is not None:
        held = f"formats.bytes_held({to.value})"
        base64 = any(arm.format == "base64" for arm in holding)
        which = "" if len(holding) == len(arms) else f"formats.holds_bytes({to.value}) and " if base64 else named
        yield breach(f"{which}{held} > {most}", to, "max_bytes", held, repr(most))


def _integer_bounds(kind: ir.Integer | ir.UnitText, to: Spelling) -> Iterator[Branch]:
    if kind.minimum is not None and (isinstance(kind, ir.Integer) or kind.minimum > 0):
        yield breach(f"whole < {kind.minimum}", to, "minimum", "whole", repr(kind.minimum))
    if kind.maximum is not None:
        yield breach(f"whole > {kind.maximum}", to, "maximum", "whole", repr(kind.maximum))
    if kind.multiple_of is not None:
        yield breach(f"whole % {kind.multiple_of} != 0", to, "multipleOf", "whole", repr(kind.multiple_of))


def _number_bounds(kind: ir.Number, to: Spelling) -> Iterator[Branch]:
    for rule, operator, bound in (
        ("minimum", "<", kind.minimum),
        ("exclusiveMinimum", "<=", kind.exclusive_minimum),
        ("maximum", ">", kind.maximum),
        ("exclusiveMaximum", ">=", kind.exclusive_maximum),
    ):
        if bound is not None:
            limit = repr(words.number(bound))
            yield breach(f"number {operator} {limit}", to, rule, "number", limit)
    if kind.multiple_of is not None:
        # As text, since the float that is nearest to 0.1 has no round multiples.
        step = f"{kind.multiple_of:f}"
        yield breach(f"not numbers.is_multiple(number, {step!r})", to, "multipleOf", "number", repr(step))
