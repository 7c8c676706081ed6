"""Results of a request, drawn: what they are and where they stand."""

from __future__ import annotations

from collections.abc import Sequence

from proviso import ir
from proviso.answers import made
from proviso.answers.made import Made
from proviso.drawing.drawing import Picks
from proviso.oracle.subject import Params, Subject

CONTENTS = (b"picture", b"\x89PNG\r\n\x1a\n\x00\xff", "ä 漢 🦄".encode(), b"a" * 3000)
"""The bytes of results."""

_TEXTS = ("a quiet bay", "ä 漢 🦄\n", " two\r\nlines ")
_NAMED = ("image/png", "video/mp4", "audio/x-wav", "application/vnd.strange+thing")


def some(
    pick: Picks,
    subject: Subject,
    place: ir.ResultsAt,
    params: Params | None,
    *,
    many: int,
    contents: Sequence[bytes] = (),
) -> tuple[Made, ...]:
    """Make results that stand at a place, at addresses of their own where they have any. contents: those of the first."""
    known = made.homes(subject)
    turn = pick.of(range(len(known)))
    others = tuple(text.encode() for text in _TEXTS) if place.forms == ("text",) else CONTENTS
    return tuple(
        made.one(
            subject,
            place,
            params,
            content=contents[number] if number < len(contents) else pick.of(others),
            address=f"{known[(turn + number) % len(known)]}{number}",
            named=pick.of(_NAMED),
            form=pick.of(place.forms),
        )
        for number in range(many)
    )
