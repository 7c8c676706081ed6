"""The documented answers of calls that answer at once."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir, reply_paths
from proviso.answers import made
from proviso.answers.documented import Shape
from proviso.oracle.subject import Params, Subject


def call(subject: Subject) -> ir.Immediate:
    """Return the call that answers at once."""
    assert subject.model.immediate is not None
    return subject.model.immediate


def shapes(subject: Subject, params: Params | None = None) -> Iterator[Shape]:
    """Yield the documented ways in which JSON hands over what the model is for."""
    for witness in subject.model.replies:
        told = made.filtered(call(subject).empty, witness.headers)
        if witness.of == "immediate" and not witness.refuses and witness.status < 300 and told is None:
            for place in made.fitting(call(subject).results, params):
                items = [one for one in reply_paths.find(place.at, witness.body) if not made.failed(place, one)]
                found = [value for one in items for value in reply_paths.find(place.value, one)]
                if (place.kind or subject.model.output.kind) == subject.model.output.kind and found:
                    yield Shape(reply=witness, place=place)
