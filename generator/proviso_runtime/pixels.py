"""Sizes in pixels: explicit ones in a text, and tables of documented ones."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    Size = tuple[int, int]
    Side = tuple[int, int | None, int]

# Python reads no longer numbers from a text, and no size has them.
_LONGEST = 4000
_HUGE = 1 << 10_000
_DIGITS = frozenset("0123456789")


class Limits:
    """The limits of a size in pixels.

    width, height: least, greatest (None: any), and what each is a multiple of.
    area: least and greatest number of pixels in all; ratio: least and greatest width to height, as two integers.
    sizes: the only sizes there are, where they are listed.
    """

    __slots__ = ("area", "height", "ratio", "sizes", "width")

    def __init__(
        self,
        *,
        width: Side = (1, None, 1),
        height: Side = (1, None, 1),
        area: tuple[int | None, int | None] = (None, None),
        ratio: tuple[Size | None, Size | None] = (None, None),
        sizes: tuple[Size, ...] = (),
    ) -> None:
        """Keep the limits."""
        self.width = width
        self.height = height
        self.area = area
        self.ratio = ratio
        self.sizes = sizes

    def broken(
        self, width: int | None, height: int | None, beside: tuple[int | None, int | None] = (None, None)
    ) -> str | None:
        """Name the first limit that a size breaks, or None: width, height, area, ratio or sizes.

        width, height: None for a side that is not given; it has no limits of its own then, and counts
        as the default in `beside`. Without that, no more is asked.
        """
        if width is not None and not _fits(width, self.width):
            return "width"
        if height is not None and not _fits(height, self.height):
            return "height"
        if width is None and height is None:
            return None
        wide = beside[0] if width is None else width
        high = beside[1] if height is None else height
        return None if wide is None or high is None else self._broken(wide, high)

    def of_text(self, text: str, separators: str) -> str | None:
        """Name the first limit that a size in a text breaks; None where there is none, or no size in it."""
        size = read(text, separators)
        return None if size is None else self.broken(*size)

    def _broken(self, width: int, height: int) -> str | None:
        least, most = self.area
        if (least is not None and width * height < least) or (most is not None and width * height > most):
            return "area"
        low, high = self.ratio
        if (low is not None and width * low[1] < height * low[0]) or (
            high is not None and width * high[1] > height * high[0]
        ):
            return "ratio"
        return "sizes" if self.sizes and (width, height) not in self.sizes else None


def read(text: str, separators: str) -> Size | None:
    """Read WIDTHxHEIGHT, or give None where a text is something else."""
    for separator in separators:
        width, found, height = text.partition(separator)
        if found:
            return (_length(width), _length(height)) if _is_positive(width) and _is_positive(height) else None
    return None


def is_size(text: str, separators: str) -> bool:
    """Tell whether a text is WIDTHxHEIGHT: two positive integers around one separator character."""
    for separator in separators:
        width, found, height = text.partition(separator)
        if found:
            return _is_positive(width) and _is_positive(height)
    return False


def look_up(table: Mapping[tuple[str, ...], tuple[int, int]], /, **chosen: str) -> tuple[int, int]:
    """Look up the pixels (width, height) of a documented combination.

    Raises ValueError that names what is wrong when the combination is not in the table.
    """
    found = table.get(tuple(chosen.values()))
    if found is None:
        asked = ", ".join(f"{name}={value!r}" for name, value in chosen.items())
        rows = "; ".join(" ".join(row) for row in table)
        message = f"no documented size for {asked}; documented are: {rows}"
        raise ValueError(message)
    return found


def _length(digits: str) -> int:
    return int(digits) if len(digits) < _LONGEST else _HUGE


def _fits(length: int, side: Side) -> bool:
    least, most, multiple = side
    return length >= least and (most is None or length <= most) and length % multiple == 0


def _is_positive(text: str) -> bool:
    return text[:1] not in ("", "0") and _DIGITS.issuperset(text)
