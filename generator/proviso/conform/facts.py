"""What a spec states and replies may settle: facts with names that stay, and the place of each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from proviso.diagnostics import Place

Side = Literal["inside", "outside"]

KINDS: Mapping[str, str] = {
    "auth": "The key is taken where the documents say.",
    "base-url": "The address that calls begin with.",
    "call": "The verb and the path of a call.",
    "callback": "What the provider sends by itself.",
    "cost": "What a reply tells that a request costs.",
    "count": "How many results come.",
    "default": "What a parameter counts as when it is left out.",
    "doubt": "Pages that disagree, and the ruling that the spec follows.",
    "enum": "A value that a parameter takes.",
    "envelope": "The outer wrapper of replies.",
    "failure": "What a failed job says.",
    "header": "What every call carries, and what replies carry in headers.",
    "id-path": "Where the id of a job stands.",
    "limit": "What a value must be like.",
    "media-type": "The format of results.",
    "other-values": "That a parameter takes no other values than those listed.",
    "pixels": "The pixels of a result, where a request names them.",
    "price": "What a request costs.",
    "rate": "How much is taken in a time.",
    "refusal": "Where a refusal says what is wrong.",
    "refusals-billed": "Whether a refused request costs something.",
    "report": "A number that a reply tells.",
    "required": "Whether a parameter may be left out.",
    "results-path": "Where results stand.",
    "retention": "How long a result can be fetched.",
    "rule": "What parameters ask of one another.",
    "size-row": "The pixels of a row of the size table.",
    "state": "A word for the state of a job.",
    "state-path": "Where the state of a job stands.",
    "status": "What a status of HTTP, or a code, means.",
    "type": "The JSON type of a parameter.",
}
"""What each kind of fact is about, in one line."""

_BRACKETS = re.compile(r"\[[^\]]*\]")
_SECTIONS = frozenset(("parameters", "errors", "job", "rules", "output"))
"""Words by which a doubt touches a whole part of a spec, and no fact of it in particular."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A statement of a spec, named like its place there.

    title: whose it is: `provider`, or `provider/model`. what: which one. says: the statement in words.
    needs: the sides that both have to be seen: that what it allows is taken, and that what it forbids is refused.
    closed: why no reply can settle it; None where one can. doubts: ids of the doubts that touch it.
    """

    title: str
    what: str
    kind: str
    says: str
    place: Place
    needs: frozenset[Side] = frozenset(("inside",))
    closed: str | None = None
    assumed: str | None = None
    doubts: tuple[str, ...] = ()
    touches: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The name of the fact, the same in every run."""
        return f"{self.title} {self.what}"

    @property
    def weight(self) -> int:
        """How much is won when it is settled: what rests on a guess or is in doubt counts more."""
        return 1 + 2 * bool(self.doubts) + bool(self.assumed)


def is_touched_itself(fact: Fact, touched: tuple[str, ...]) -> bool:
    """Tell whether a doubt touches a fact in particular, and not just the part of the spec that it stands in."""
    words = _BRACKETS.sub("", fact.what).split(".")
    return any(one in words for one in touched if one not in _SECTIONS)


def by_id(facts: Iterator[Fact]) -> dict[str, Fact]:
    """Return facts by their ids; of several with one id, the first."""
    found: dict[str, Fact] = {}
    for one in facts:
        found.setdefault(one.id, one)
    return found
