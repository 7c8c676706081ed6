"""What a provider delivers to a request: what it asks for, or that with one fault, and the difference that this makes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from harness import headers
from harness.subjects import Params, Subject
from proviso.drawing.drawing import Draw, Picks
from proviso.oracle import asked
from proviso.oracle.pixel_sizes import Size
from proviso_runtime.differences import Difference

FAULTS = ("none", "fewer", "more", "narrower", "higher", "other format", "no image")
"""What may be wrong with a delivery."""

_LARGEST = {"image/jpeg": 2**16 - 1, "image/gif": 2**15 - 1, "image/webp": 2**24, "image/png": 2**24}
_MOST = 12  # results that are worth delivering


@dataclass(frozen=True, kw_only=True)
class Picture:
    """An image. tells: its bytes tell what it is."""

    size: Size
    media_type: str
    tells: bool = True

    @property
    def content(self) -> bytes:
        """The bytes."""
        content = headers.MAKERS[self.media_type](self.size)
        return content if self.tells else content[:9]


def pictures(draw: Draw, subject: Subject, params: Params) -> tuple[Picture, ...]:
    """Deliver what is asked for, or that with a fault."""
    pick = Picks(draw)
    sizes, wanted = asked.sizes(subject.model, params), asked.media_type(subject.model, params)
    fitting = [one for one in (wanted, *headers.MAKERS) if one in headers.MAKERS]
    media_type = fitting[0] if wanted in headers.MAKERS else pick.of(fitting)
    makeable = [size for size in sizes if max(size) < _LARGEST[media_type]]
    right = Picture(size=pick.of(makeable) if makeable else (640, 480), media_type=media_type)
    least, most = asked.count(subject.model, params) or (1, 3)
    fault = pick.of(FAULTS)
    many = pick.of(range(least, min(most, max(least, _MOST)) + 1))
    many = {"fewer": max(least - 1, 1), "more": most + 1}.get(fault, many)
    found = [right] * many
    found[pick.of(range(many))] = _faulty(pick, fault, right)
    return tuple(found)


def differences(
    subject: Subject, params: Params, pictures: Sequence[Picture], *, failed: int = 0, counted: bool = True
) -> list[Difference]:
    """Return how a delivery differs from what is asked for. counted: it is no body that is the result itself."""
    return [
        *(miscounted(subject, params, len(pictures), failed=failed) if counted else ()),
        *(found for number, one in enumerate(pictures) for found in _looked_at(subject, params, one, number)),
    ]


def _faulty(pick: Picks, fault: str, right: Picture) -> Picture:
    width, height = right.size
    match fault:
        case "narrower":
            return replace(right, size=(width - 1 or 2, height))
        case "higher":
            return replace(right, size=(width, height + 1))
        case "other format":
            size = tuple(min(side, _LARGEST["image/gif"]) for side in right.size)
            others = [one for one in headers.MAKERS if one != right.media_type]
            return replace(right, size=(size[0], size[1]), media_type=pick.of(others))
        case "no image":
            return replace(right, tells=False)
        case _:
            return right


def miscounted(subject: Subject, params: Params, many: int, *, failed: int) -> Iterator[Difference]:
    """Yield the difference that a number of results makes."""
    span = asked.count(subject.model, params)
    if span is None:
        return
    least, most = span
    if many > most or many + failed < least:
        said = f"{most}" if least == most else f"{least} to {most}"
        yield Difference(what="count", asked=said, delivered=f"{many}")


def _looked_at(subject: Subject, params: Params, one: Picture, number: int) -> Iterator[Difference]:
    if subject.model.output.kind != "image" or not one.tells:
        return
    sizes, media_type = asked.sizes(subject.model, params), asked.media_type(subject.model, params)
    if sizes and one.size not in sizes:
        wanted = " or ".join(f"{width}x{height}" for width, height in sizes)
        came = f"{one.size[0]}x{one.size[1]}"
        yield Difference(what="pixels", asked=wanted, delivered=came, result=number)
    if media_type is not None and one.media_type != media_type:
        yield Difference(what="format", asked=media_type, delivered=one.media_type, result=number)
