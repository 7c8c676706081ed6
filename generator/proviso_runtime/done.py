"""What calls come to: the results of a job, or those that came at once.

The results of a model are typed by what its spec says that it makes: `Done[media.Video]` has
`videos` and nothing else, for type checkers.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Generic, TypedDict, TypeVar

from proviso_runtime import files, media, pictures, quotes, replies, results
from proviso_runtime.differences import NOTHING, Comparison, Difference
from proviso_runtime.inspecting import Inspection
from proviso_runtime.jsontext import Json
from proviso_runtime.results import ItemFailure

Kind_contra = TypeVar("Kind_contra", contravariant=True)
"""The kinds of results that a model makes, such as `media.Video | media.Audio`."""


class Facts(TypedDict):
    """The members of what a final reply tells, as `_Told` describes them."""

    reported: Mapping[str, Decimal]
    cost: replies.Cost | None
    quote: quotes.Quote | None
    charge: quotes.Charge | None
    failures: tuple[ItemFailure, ...]
    miscounted: tuple[Difference, ...]
    headers: Mapping[str, str]
    raw: Json


def facts(delivered: results.Delivered, comparison: Comparison) -> Facts:
    """Return what a final reply tells beside the results. comparison: compares them with what was asked."""
    return {
        "reported": delivered.reported,
        "cost": delivered.cost,
        "quote": delivered.quote,
        "charge": delivered.charge,
        "failures": delivered.found.failures,
        "miscounted": comparison.count(delivered),
        "headers": delivered.headers,
        "raw": delivered.document,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What a final reply tells.

    reported: the numbers that the provider told on the way. cost: what it told that the request costs.
    quote: what the request was to cost; None for a job that another process submitted.
    charge: what was charged: what the provider told, or what the quote comes to for what was delivered; None where
    nobody knows.
    failures: results that were asked for and are not there, although others are.
    miscounted: how many others were asked for, where neither results nor failures are as many.
    headers: the documented headers of the reply, meaning -> text. raw: the reply as JSON.
    """

    reported: Mapping[str, Decimal]
    cost: replies.Cost | None
    quote: quotes.Quote | None
    charge: quotes.Charge | None
    failures: tuple[ItemFailure, ...]
    miscounted: tuple[Difference, ...] = ()
    headers: Mapping[str, str] = field(repr=False)
    raw: Json = field(repr=False)

    @property
    def credits_left(self) -> Decimal | None:
        """The balance afterwards, where the provider tells it in a documented header."""
        return replies.as_number(self.headers.get("credits_left", "").strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Results(_Told, Generic[Kind_contra]):
    results: tuple[media.Media, ...]

    @property
    def differences(self) -> tuple[Difference, ...]:
        """How what came differs from what was asked for, as far as that is known by now; `check` tells all of it."""
        return (*self.miscounted, *(found for one in self.results for found in one.differences))

    def check(self) -> tuple[Difference, ...]:
        """Inspect every image and return how what came differs from what was asked for.

        Items that the provider says have failed are no difference; they are told in `failures`. Of a job taken up by
        its id it is not known what was asked. Raises Unreachable, Refused or UnexpectedReply.
        """
        for one in self.results:
            if isinstance(one, media.Image):
                one.inspect()
        return self.differences

    @property
    def images(self: _Results[media.Image]) -> tuple[media.Image, ...]:
        """The images, where the model makes images."""
        return tuple(one for one in self.results if isinstance(one, media.Image))

    @property
    def videos(self: _Results[media.Video]) -> tuple[media.Video, ...]:
        """The videos, where the model makes videos."""
        return tuple(one for one in self.results if isinstance(one, media.Video))

    @property
    def audio(self: _Results[media.Audio]) -> tuple[media.Audio, ...]:
        """The sounds, where the model makes sounds."""
        return tuple(one for one in self.results if isinstance(one, media.Audio))

    @property
    def texts(self: _Results[media.Text]) -> tuple[media.Text, ...]:
        """The texts, where the model makes texts."""
        return tuple(one for one in self.results if isinstance(one, media.Text))


@dataclass(frozen=True, slots=True, kw_only=True)
class _AsyncResults(_Told, Generic[Kind_contra]):
    results: tuple[media.AsyncMedia, ...]

    @property
    def differences(self) -> tuple[Difference, ...]:
        """How what came differs from what was asked for, as far as that is known by now; `check` tells all of it."""
        return (*self.miscounted, *(found for one in self.results for found in one.differences))

    async def check(self) -> tuple[Difference, ...]:
        """Inspect every image and return how what came differs from what was asked for.

        Items that the provider says have failed are no difference; they are told in `failures`. Of a job taken up by
        its id it is not known what was asked. Raises Unreachable, Refused or UnexpectedReply.
        """
        for one in self.results:
            if isinstance(one, media.AsyncImage):
                await one.inspect()
        return self.differences

    @property
    def images(self: _AsyncResults[media.AsyncImage]) -> tuple[media.AsyncImage, ...]:
        """The images, where the model makes images."""
        return tuple(one for one in self.results if isinstance(one, media.AsyncImage))

    @property
    def videos(self: _AsyncResults[media.AsyncVideo]) -> tuple[media.AsyncVideo, ...]:
        """The videos, where the model makes videos."""
        return tuple(one for one in self.results if isinstance(one, media.AsyncVideo))

    @property
    def audio(self: _AsyncResults[media.AsyncAudio]) -> tuple[media.AsyncAudio, ...]:
        """The sounds, where the model makes sounds."""
        return tuple(one for one in self.results if isinstance(one, media.AsyncAudio))

    @property
    def texts(self: _AsyncResults[media.AsyncText]) -> tuple[media.AsyncText, ...]:
        """The texts, where the model makes texts."""
        return tuple(one for one in self.results if isinstance(one, media.AsyncText))


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(_Results[Kind_contra]):
    """A job that succeeded. results: all that was made, to read and save."""

    job_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AsyncDone(_AsyncResults[Kind_contra]):
    """A job that succeeded. results: all that was made; `read` and `save` are awaited."""

    job_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Made(_Results[Kind_contra]):
    """What came at once. results: all that was made, to read and save."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AsyncMade(_AsyncResults[Kind_contra]):
    """What came at once. results: all that was made; `read` and `save` are awaited."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instant:
    """A result that came at once. credits_left: the balance after it, where the provider tells.

    reported: the numbers that its headers told. cost: what they told that the request costs.
    quote, charge: what the request was to cost, and what was charged for it, where that is known.
    """

    content: bytes = field(repr=False)
    media_type: str
    credits_left: Decimal | None
    reported: Mapping[str, Decimal]
    cost: replies.Cost | None
    quote: quotes.Quote | None
    charge: quotes.Charge | None
    headers: Mapping[str, str] = field(repr=False)
    inspection: Inspection = field(default_factory=Inspection, repr=False, compare=False)

    @classmethod
    def of(cls, answered: results.Delivered, comparison: Comparison = NOTHING) -> Instant:
        """Make the result of an answer. comparison: compares it with what was asked."""
        return cls(
            content=answered.reply.content,
            media_type=answered.reply.media_type,
            credits_left=replies.as_number(answered.headers.get("credits_left", "").strip()),
            reported=answered.reported,
            cost=answered.cost,
            quote=answered.quote,
            charge=answered.charge,
            headers=answered.headers,
            inspection=Inspection(comparison),
        )

    @property
    def differences(self) -> tuple[Difference, ...]:
        """How an image differs from what was asked for. How many were is not compared: one is all that can come so."""
        self.inspect()
        return self.inspection.differences

    def inspect(self) -> pictures.Header | None:
        """Read pixels and format off the header of an image; None where the bytes do not tell them."""
        return self.inspection.learn(self.content)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the result to a file, which appears whole or not at all, and return its path."""
        with files.whole(path) as file:
            file.write(self.content)
        return Path(path)
