"""How results of the mock stand in a reply: by address, by the id of a file, or as themselves."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from proviso import ir
from proviso.answers.made import Made
from proviso.mock.adapting import Stage
from proviso.mock.works import Work
from proviso.oracle.subject import Params, Subject

FILES = "/__proviso__/files"
"""Where the mock serves results."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What is handed over to a request. token: what the files stand under. failing: how many more results fail."""

    subject: Subject
    params: Params
    works: Sequence[Work]
    token: str
    failing: int = 0


def handed(place: ir.ResultsAt, works: Sequence[Work], stage: Stage, *, token: str) -> tuple[Made, ...]:
    """Write results as a place documents them."""
    return tuple(_handed(place, one, stage, token) for one in works)


def address(work: Work, *, token: str, origin: str) -> str:
    """Return where a result is served."""
    return f"{origin}{FILES}/{token}/{work.number}.{work.ending}"


def file_id(work: Work, *, token: str) -> str:
    """Return the id of the file of a result."""
    return f"{token}-{work.number}"


def _handed(place: ir.ResultsAt, work: Work, stage: Stage, token: str) -> Made:
    form, url = place.forms[0], address(work, token=token, origin=stage.shelf)
    match form:
        case "url":
            return Made(wire=url, content=b"", url=url, type_=work.media_type)
        case "file":
            return Made(wire=file_id(work, token=token), content=b"", url=url, type_=work.media_type)
        case "base64":
            return Made(wire=base64.b64encode(stage.draw(work)).decode(), content=b"", type_=work.media_type)
        case "data-uri":
            wire = f"data:{work.media_type};base64,{base64.b64encode(stage.draw(work)).decode()}"
            return Made(wire=wire, content=b"", type_=work.media_type)
        case "text":
            return Made(wire=stage.draw(work).decode(), content=b"", type_=work.media_type)
        case "bytes":
            return Made(wire="", content=stage.draw(work), media_type=work.media_type)
        case _:
            assert_never(form)
