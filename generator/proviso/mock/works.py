"""What the mock makes of a request: how many results, of how many pixels, in which format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import Literal, Protocol
from urllib.parse import urlsplit

from proviso import ir, reply_paths
from proviso.answers import planting
from proviso.answers.documented import Shape
from proviso.answers.made import fitting
from proviso.mock.remembering import Same, remembered
from proviso.oracle import asked, meaning
from proviso.oracle.subject import Params, Subject

_USUAL = {"image": "image/png", "video": "video/mp4", "audio": "audio/wav", "text": "text/plain"}
_NAMED = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp", "gif": "image/gif",
    "mp4": "video/mp4", "webm": "video/webm", "mp3": "audio/mpeg", "wav": "audio/wav", "txt": "text/plain",
}  # fmt: skip
_SQUARE = (1024, 1024)  # pixels, where no document says how many


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A result to be made: number among those of its request, kind, media type, pixels, and what it shows."""

    number: int
    kind: ir.OutputKind
    media_type: str
    pixels: tuple[int, int]
    says: str

    @property
    def ending(self) -> str:
        """The ending of its file's name."""
        return next((ending for ending, name in _NAMED.items() if name == self.media_type), "bin")


class Draw(Protocol):
    """What makes the bytes of a result."""

    def __call__(self, work: Work, /) -> bytes:
        """Make them."""
        ...


def all_of(subject: Subject, params: Params, shape: Shape | None) -> list[Work]:
    """Say what a job makes of a request: what the model is for, and whatever else its final reply hands over."""
    if shape is None:
        return works(subject, params, place=None)
    made = works(subject, params, place=shape.place)
    for place in beside(subject, params, shape):
        made += works(subject, params, place=place, first=len(made))
    return made


def beside(subject: Subject, params: Params, shape: Shape) -> tuple[ir.ResultsAt, ...]:
    """Return where a reply hands over results of other kinds than the model is for, one place a kind."""
    return _beside(subject, params, Same(shape.reply))


@remembered
def _beside(subject: Subject, params: Params, reply: Same[ir.ReplyWitness]) -> tuple[ir.ResultsAt, ...]:
    main = subject.model.output.kind
    found: dict[ir.OutputKind, ir.ResultsAt] = {}
    for place in fitting(subject.model.places, params):
        if place.kind not in (None, main) and planting.has(place.whole, reply.of.body):
            found.setdefault(place.kind or main, place)
    return tuple(found.values())


def delivered(subject: Subject, made: Sequence[Work]) -> int:
    """Count the results of what a model is for."""
    return sum(one.kind == subject.model.output.kind for one in made)


def works(
    subject: Subject, params: Params, *, place: ir.ResultsAt | None, returns: Sequence[str] = (), first: int = 0
) -> list[Work]:
    """Say what is made of a request. place: where it will stand. returns: the types of a body that is it."""
    found = frame(subject, params, Same(place), tuple(returns))
    says = _prompt(subject, params)
    return [
        Work(number=number, kind=found.kind, media_type=found.media_type, pixels=found.pixels, says=says)
        for number in range(first, first + found.many)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What is made of a request, but for what it shows. guessed: which of it no document says."""

    many: int
    kind: ir.OutputKind
    media_type: str
    pixels: tuple[int, int]
    guessed: tuple[Literal["number", "format", "pixels"], ...]


@remembered
def frame(subject: Subject, params: Params, where: Same[ir.ResultsAt | None], returns: tuple[str, ...]) -> Frame:
    """Return how many results there are, of which kind, media type and pixels."""
    model, place = subject.model, where.of
    kind = model.output.kind if place is None or place.kind is None else place.kind
    counted = asked.count(model, params) if kind == model.output.kind else None
    sizes = asked.sizes(model, params)
    told = _media_type(subject, params, place, kind)
    media_type = told or shown_type(subject, kind) or _USUAL[kind]
    if returns and media_type not in returns:
        told = media_type = returns[0]
    many = counted[1] if counted is not None else 1
    single = bool(returns) or (place is not None and not reply_paths.is_plural(place.whole))
    guessed: tuple[tuple[Literal["number", "format", "pixels"], bool], ...] = (
        ("number", not single and (counted is None or counted[0] != counted[1])),
        ("format", told is None),
        ("pixels", not sizes and kind in ("image", "video")),
    )
    return Frame(
        many=1 if single else max(many, 1),
        kind=kind,
        media_type=media_type,
        pixels=sizes[0] if sizes else _SQUARE,
        guessed=tuple(what for what, is_guessed in guessed if is_guessed),
    )


def _media_type(subject: Subject, params: Params, place: ir.ResultsAt | None, kind: ir.OutputKind) -> str | None:
    """Return the documented media type of results."""
    chosen = asked.media_type(subject.model, params)
    if chosen is not None and kind == subject.model.output.kind:
        return chosen
    match None if place is None else place.media_type:
        case ir.TypeIs(name=name):
            return name
        case ir.TypeBy(parameter=name, types=types):
            value = meaning.counting(subject.model, params, name)
            return dict(types).get(str(value))
        case _:
            return None


@cache
def shown_type(subject: Subject, kind: ir.OutputKind) -> str | None:
    """Return the media type that documented addresses of results end in."""
    found = {_NAMED.get(PurePosixPath(urlsplit(url).path).suffix[1:].lower()) for url in _shown(subject)}
    of_kind = sorted(name for name in found if name is not None and name.startswith(kind))
    return of_kind[0] if of_kind else None


def _shown(subject: Subject) -> Iterator[str]:
    for place in subject.model.places:
        for reply in subject.model.replies:
            for value in reply_paths.find(place.whole, reply.body):
                if isinstance(value, str) and value.startswith("http"):
                    yield value


def _prompt(subject: Subject, params: Params) -> str:
    """Return the longest text of a request, which is what it is about."""
    texts = [value for name in _texts(subject) if isinstance(value := params.get(name), str)]
    return max(texts, key=len, default="")


@cache
def _texts(subject: Subject) -> tuple[str, ...]:
    return tuple(one.name for one in subject.model.parameters if isinstance(ir.bare(one.kind), ir.Text))
