"""What generated checks ask of several parameters at once. It is on the path of pre-flight checks, and imports little."""

from __future__ import annotations

from proviso_runtime import violation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


def first(given: Mapping[str, object], names: tuple[str, ...]) -> str:
    """Point to the first of some parameters that is given; to the request itself where none is."""
    return next((f"/{name}" for name in names if name in given), "")


def side(given: Mapping[str, object], names: tuple[str, ...], broken: str | None) -> str:
    """Point to the side of a size whose own limit is broken, else to the first side that is given."""
    own = {"width": names[0], "height": names[1]}.get(broken or "")
    return first(given, names if own is None else (own, *names))


def pair(
    given: Mapping[str, object], names: tuple[str, ...], beside: tuple[int | None, ...] = (None, None)
) -> tuple[int | None, ...]:
    """Give the sides of a size as integers; one that is not given as its default in `beside`."""
    sides = (violation.whole(given.get(name)) for name in names)
    return tuple(other if one is None else one for one, other in zip(sides, beside, strict=True))


def are_sound(found: list[violation.Violation], *places: str) -> bool:
    """Tell whether parameters keep their own limits, so that a rule about their values has a meaning."""
    return not any(
        one.severity == "error" and (one.at == at or one.at.startswith(f"{at}/")) for one in found for at in places
    )


def counts(given: Mapping[str, object], names: tuple[str, ...]) -> tuple[int, ...]:
    """Count the items of lists; one that is not given has none."""
    return tuple(len(violation.items(given.get(name)) or ()) for name in names)


def sum_of(given: Mapping[str, object], absent: Mapping[str, int]) -> int:
    """Add integers and the lengths of lists. absent: parameter -> what it counts as when it is not given."""
    return sum(_count(given, name, other) for name, other in absent.items())


def product_of(given: Mapping[str, object], absent: Mapping[str, int]) -> int:
    """Multiply integers and the lengths of lists. absent: as for a sum."""
    total = 1
    for name, other in absent.items():
        total *= _count(given, name, other)
    return total


def _count(given: Mapping[str, object], name: str, other: int) -> int:
    value = given.get(name)
    if value is None:
        return other
    items = violation.items(value)
    return (violation.whole(value) or 0) if items is None else len(items)
