"""Limits that became narrower or wider: whatever was refused before and passes now, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from proviso.comparing.changes import Change, breaking, compatible
from proviso.comparing.here import Here
from proviso.comparing.spoken import spoken

Bound = int | Decimal | None


VALUES = "values below {}", "values above {}"
TEXTS = "texts shorter than {} characters", "texts longer than {} characters"
LISTS = "lists of fewer than {} items", "lists of more than {} items"
FILES = "files of fewer than {} bytes", "files of more than {} bytes"


def least(
    here: Here, step: str, old: Bound, new: Bound, *, rule: str, what: tuple[str, str] = VALUES
) -> Iterator[Change]:
    """Compare lower bounds. what: what lies below a bound, and what above it."""
    if old == new:
        return
    narrower = new is not None and (old is None or new > old)
    yield _moved(here.into(step, old, new), old, new, what[0], rule=rule, narrower=narrower)


def most(
    here: Here, step: str, old: Bound, new: Bound, *, rule: str, what: tuple[str, str] = VALUES
) -> Iterator[Change]:
    """Compare upper bounds, as `least` does lower ones."""
    if old == new:
        return
    narrower = new is not None and (old is None or new < old)
    yield _moved(here.into(step, old, new), old, new, what[1], rule=rule, narrower=narrower)


def _moved(here: Here, old: Bound, new: Bound, beyond: str, *, rule: str, narrower: bool) -> Change:
    if narrower:
        before = "" if old is None else " ({old} before)"
        return here.change(
            breaking(f"{{what}}: {beyond.format('{new}')} are refused from now on{before}"), old=old, new=new, rule=rule
        )
    end = "" if new is None else ", as far as {new}"
    return here.change(
        compatible(f"{{what}}: {beyond.format('{old}')} pass from now on{end}"), old=old, new=new, rule=rule
    )


def multiple(here: Here, step: str, old: Bound, new: Bound) -> Iterator[Change]:
    """Compare what values are multiples of."""
    if old == new:
        return
    there = here.into(step, old, new)
    if new is None or (old is not None and old % new == 0):
        verdict = compatible("{what}: values that are no multiples of {old} pass from now on")
    else:
        verdict = breaking("{what}: values that are no multiples of {new} are refused from now on")
    yield there.change(verdict, old=old, new=new, rule="range")


def several(here: Here, step: str, old: tuple[object, ...], new: tuple[object, ...], *, rule: str) -> Iterator[Change]:
    """Compare lists of what is allowed, where order means nothing."""
    for one in old:
        if one not in new:
            there = here.into(f"{step}[{spoken(one)}]", old, new)
            yield there.change(
                breaking("requests that send {old} as {what} are refused from now on"), old=one, rule=rule
            )
    for one in new:
        if one not in old:
            there = here.into(f"{step}[{spoken(one)}]", old, new)
            yield there.change(compatible("requests may send {new} as {what} from now on"), new=one, rule=rule)
