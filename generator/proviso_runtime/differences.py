"""What was delivered, compared with what was asked: how many results, how many pixels, which format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from proviso_runtime import news, pictures, wanted
from proviso_runtime.results import Delivered
from proviso_runtime.target import Target
from proviso_runtime.terms import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Something that was delivered otherwise than it was asked for. As a text it is a sentence.

    asked, delivered: a number of results, pixels such as 2048x1024, or a media type.
    result: the place of the result among all of them, from 0; None where it is about none of them.
    """

    what: Literal["count", "pixels", "format"]
    asked: str
    delivered: str
    result: int | None = None

    def __str__(self) -> str:
        if self.result is None:
            return f"asked for {self.asked} results, delivered {self.delivered}"
        return f"asked for {self.asked}, delivered {self.delivered} (result {self.result + 1})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Compares what comes with what was asked, and logs every difference.

    who: the provider and the model. kind: what the model makes; what comes beside that is not compared.
    """

    who: str = ""
    kind: Kind = "image"
    asked: wanted.Asked = field(default=wanted.Asked(), repr=False)

    def count(self, delivered: Delivered) -> tuple[Difference, ...]:
        """Compare how many came. Those that are known to have failed are not missing."""
        if self.asked.count is None or delivered.document is None:
            return ()  # a body that is the result itself holds one, however many were asked for
        least, most = self.asked.count
        came = sum(one.kind == self.kind for one in delivered.found.items)
        if least <= came + len(delivered.found.failures) and came <= most:
            return ()
        number = str(most) if least == most else f"{least} to {most}"
        return self._told([Difference(what="count", asked=number, delivered=str(came))])

    def image(self, header: pictures.Header, result: int) -> tuple[Difference, ...]:
        """Compare an image by its header. result: its place among the results, from 0."""
        found: list[Difference] = []
        if self.kind != "image":
            return ()
        sizes, types = self.asked.pixels, self.asked.media_types
        if sizes is not None and (header.width, header.height) not in sizes:
            size, came = " or ".join(map(_spelled, sizes)), _spelled((header.width, header.height))
            found.append(Difference(what="pixels", asked=size, delivered=came, result=result))
        if types is not None and header.media_type not in types:
            found.append(
                Difference(what="format", asked=" or ".join(types), delivered=header.media_type, result=result)
            )
        return self._told(found)

    def _told(self, found: Iterable[Difference]) -> tuple[Difference, ...]:
        for one in (told := tuple(found)):
            news.differs(self.who, one)
        return told


NOTHING = Comparison()
"""For what nobody knows the request of."""


def comparison(target: Target, params: Mapping[str, object] | None) -> Comparison:
    """Return what compares the results of a valid request. params: None where another process asked."""
    ask = target.model.asked
    if ask is None or params is None:
        return NOTHING
    try:
        found = ask(params)
    except Exception:
        # For the sake of a comparison no result is lost that was paid for.
        return NOTHING
    return Comparison(who=f"{target.provider.name}: {target.model.id}", kind=target.model.kind, asked=found)


def _spelled(size: wanted.Size) -> str:
    return f"{size[0]}x{size[1]}"
