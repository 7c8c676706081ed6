"""Whether a pattern is read in time that grows with the text alone: where characters repeat, the next one decides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from proviso.patterns import Chain, Characters, Group, Part, Pattern, PatternError, Ranges, Repeat, may_be_empty

MOST_WAYS = 1000
"""The greatest number of ways through a pattern that choices outside of repetitions may make."""
_FEW = 100  # repetitions that are as good as none in front of a text of any length


def check(pattern: Pattern) -> None:
    """Raise PatternError where a reader might have to try again and again."""
    if _ways(pattern.parts) > MOST_WAYS:
        raise PatternError(f"there are more than {MOST_WAYS} ways through this pattern", 0)
    _Reader(bound=pattern.from_start).chain(pattern.parts, after=(), looped=False)


def lengths(pattern: Pattern) -> tuple[int, int | None]:
    """Give the least and the greatest number of characters of a text that has a pattern; None without end."""
    least, most = _lengths(pattern.parts)
    return least, most if pattern.from_start and pattern.to_end else None


def _lengths(parts: Chain) -> tuple[int, int | None]:
    least: int = 0
    most: int | None = 0
    for part in parts:
        low, high = _length(part)
        least, most = least + low, None if most is None or high is None else most + high
    return least, most


def _length(part: Part) -> tuple[int, int | None]:
    match part:
        case Characters():
            return 1, 1
        case Group(arms=arms):
            spans = [_lengths(arm) for arm in arms]
            ends = [high for _, high in spans if high is not None]
            return min(low for low, _ in spans), max(ends) if len(ends) == len(spans) else None
        case Repeat(of=of, least=least, most=most):
            low, high = _length(of)
            return low * least, None if most is None or high is None else high * most


def characters(parts: Chain) -> Ranges:
    """Give every character that a chain may stand for."""
    return tuple(_characters(parts))


def ends(parts: Chain) -> Ranges:
    """Give the characters that a text of a chain may begin or end with."""
    return (*_first(parts), *_first(_mirrored(parts)))


def _characters(parts: Chain) -> Iterator[tuple[int, int]]:
    for part in parts:
        match part:
            case Characters(ranges=ranges):
                yield from ranges
            case Group(arms=arms):
                for arm in arms:
                    yield from _characters(arm)
            case Repeat(of=of):
                yield from _characters((of,))


def _mirrored(parts: Chain) -> Chain:
    """Turn a chain around: what it begins with is what the chain ends with."""
    return tuple(
        replace(part, of=_turned(part.of)) if isinstance(part, Repeat) else _turned(part) for part in parts[::-1]
    )


def _turned(part: Characters | Group) -> Characters | Group:
    return Group(tuple(map(_mirrored, part.arms))) if isinstance(part, Group) else part


class _Reader:
    """Goes through a pattern from its end to its start, and knows what may follow."""

    def __init__(self, *, bound: bool) -> None:
        self._bound = bound
        self._repeats_later = False

    def chain(self, parts: Chain, *, after: Ranges, looped: bool) -> None:
        """Look at a chain. after: what may follow it; looped: whether it repeats."""
        for at in range(len(parts) - 1, -1, -1):
            following = _first(parts[at + 1 :])
            self._part(
                parts[at], after=(*following, *after) if may_be_empty(parts[at + 1 :]) else following, looped=looped
            )

    def _part(self, part: Part, *, after: Ranges, looped: bool) -> None:
        match part:
            case Characters():
                pass
            case Group(arms=arms):
                firsts = [_first(arm) for arm in arms]
                if looped and any(_meet(one, other) for at, one in enumerate(firsts) for other in firsts[:at]):
                    raise PatternError("inside a repetition, alternatives begin with different characters", 0)
                for arm in arms:
                    self.chain(arm, after=after, looped=looped)
            case Repeat(of=of, least=least, most=most):
                self._repeat(part, after=after, looped=looped)
                again = _first((of,)) if most is None or most > 1 else ()
                self._part(of, after=(*again, *after), looped=looped or most is None or most > 1)
                self._repeats_later |= most is None or most > max(least, 1)

    def _repeat(self, part: Repeat, *, after: Ranges, looped: bool) -> None:
        if part.most == part.least or (part.most == 1 and not looped):
            return
        if (part.most is None or part.most > _FEW) and not self._bound:
            raise PatternError("a pattern with a repetition of any length begins with ^", part.offset)
        if not _meet(_first((part.of,)), after):
            return
        if looped or isinstance(part.of, Group) or self._repeats_later:
            raise PatternError(
                "this repetition may run into what follows it, so that the next character does not tell where it ends; "
                "only the last repetition of a pattern may, and only one of single characters",
                part.offset,
            )


def _ways(parts: Chain) -> int:
    ways = 1
    for part in parts:
        match part:
            case Characters():
                pass
            case Group(arms=arms):
                ways *= sum(map(_ways, arms))
            case Repeat(of=of, most=1):
                ways *= 1 + _ways((of,))
            case Repeat():
                pass  # what repeats leaves no choice
        ways = min(ways, MOST_WAYS + 1)
    return ways


def _first(parts: Chain) -> Ranges:
    return tuple(_firsts(parts))


def _firsts(parts: Chain) -> Iterator[tuple[int, int]]:
    for part in parts:
        match part:
            case Characters(ranges=ranges):
                yield from ranges
            case Group(arms=arms):
                for arm in arms:
                    yield from _firsts(arm)
            case Repeat(of=of):
                yield from _firsts((of,))
        if not may_be_empty((part,)):
            return


def _meet(one: Ranges, other: Ranges) -> bool:
    return any(low <= end and start <= high for low, high in one for start, end in other)
