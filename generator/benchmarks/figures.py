"""One figure: what we take beside what a rival takes, and what it is held to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Unit = Literal["x", "ms", "a second", "KB"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A measured value with its bar, which it must not miss, and its aim, which it may.

    what: what was measured.
    ours, rival, theirs: both times as they are shown, and whom we stand beside.
    value: our time to theirs ("x"), our time over theirs ("ms"), how many a second, or how much memory ("KB").
    bar, aim: limits of the value; upper ones, but lower ones where it counts per second.
    strict: the value must stay below the bar, not only reach it.
    """

    what: str
    ours: str
    rival: str
    theirs: str
    value: float
    unit: Unit
    bar: float | None = None
    aim: float | None = None
    strict: bool = False

    @property
    def met(self) -> bool:
        """Whether the bar is kept; without a bar it is."""
        return self.bar is None or self._keeps(self.bar, strict=self.strict)

    @property
    def verdict(self) -> str:
        """Say how it went in a word or two."""
        if not self.met:
            return "bar missed"
        if self.aim is None:
            return "" if self.bar is None else "bar met"
        if self._keeps(self.aim, strict=False):
            return "aim met"
        return "aim missed" if self.bar is None else "bar met, aim missed"

    @property
    def shown(self) -> str:
        """The value as people read it."""
        return _shown(self.value, self.unit)

    @property
    def held_to(self) -> str:
        """The bar and the aim as people read them."""
        more = self.unit == "a second"
        sign = "at least" if more else "below" if self.strict else "at most"
        bar = "" if self.bar is None else f"{sign} {_shown(self.bar, self.unit)}"
        aim = "" if self.aim is None else f"aim {_shown(self.aim, self.unit)}"
        return ", ".join(filter(None, (bar, aim)))

    def _keeps(self, limit: float, *, strict: bool) -> bool:
        if self.unit == "a second":
            return self.value >= limit
        return self.value < limit if strict else self.value <= limit


def span(seconds: float) -> str:
    """Show a time in the unit that suits it."""
    for least, factor, unit in ((1, 1, "s"), (1e-3, 1e3, "ms"), (0, 1e6, "µs")):
        if seconds >= least:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds:.3g} s"


def _shown(value: float, unit: Unit) -> str:
    match unit:
        case "x":
            return f"{value:.2f}x"
        case "ms":
            return f"{value:.1f} ms"
        case "a second":
            return f"{value:.0f} a second"
        case "KB":
            return f"{value:.1f} KB"
