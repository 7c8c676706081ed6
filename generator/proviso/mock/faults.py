"""What is made to go wrong, step by step: as somebody says it, and as chance has it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

Where = Literal["submit", "immediate", "poll", "collect", "cancel", "resolve", "file", "callback", "job", "any"]
What = Literal[
    "status",  # another reply, with a status of HTTP
    "drop",  # the connection is closed before the provider has read the request
    "lost",  # the provider does its part, and the connection is closed before the reply
    "half",  # the reply breaks in the middle
    "hang",  # no reply comes at all, though the provider does its part
    "slow",  # the reply comes late
    "garbage",  # the reply is none of the documented ones
    "failed", "moderated", "expired", "partial", "stuck",  # of jobs
    "twice",  # of callbacks
    "billed",  # a refusal costs money
]  # fmt: skip

_PLACES: tuple[Where, ...] = get_args(Where)
_OF_JOBS: tuple[What, ...] = ("failed", "moderated", "expired", "partial", "stuck")
_OF_CALLBACKS: tuple[What, ...] = ("lost", "twice", "slow")
_OF_CALLS: tuple[What, ...] = ("status", "drop", "lost", "half", "hang", "slow", "garbage")
_WRITTEN = re.compile(
    r"(?P<where>[a-z]+):(?P<what>[2-5]\d\d|[a-z]+)(?:\s+(?P<seconds>\d+(?:\.\d+)?)s)?(?:\s+x(?P<times>\d+))?(?:\s+after\s+(?P<after>\d+))?"
)
_FORM = (
    'a fault is "STEP:WHAT", then "3s", "x2" and "after 5" as need be, such as "poll:502 x2" or "submit:lost after 1"'
)


class WrongFault(ValueError):
    """A fault that nobody can make."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that goes wrong. status: of the reply. seconds: that it takes. times: how often; after: how many go well first."""

    where: Where
    what: What
    status: int | None = None
    seconds: float = 0
    times: int | None = None
    after: int = 0


def parse(text: str) -> Fault:
    """Read a fault, such as `poll:502 x2`. Raises WrongFault with what would be right."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        raise WrongFault(f"{text!r} is no fault: {_FORM}")
    where = next((one for one in _PLACES if one == found["where"]), None)
    if where is None:
        raise WrongFault(f"{found['where']!r} is no step; the steps are {', '.join(_PLACES)}")
    status = int(found["what"]) if found["what"].isdigit() else None
    what = next((one for one in _known(where) if one == (found["what"] if status is None else "status")), None)
    if what is None:
        written = ", ".join("a status such as 502" if one == "status" else one for one in _known(where))
        raise WrongFault(f"{where!r} cannot go wrong as {found['what']!r}; it can as {written}")
    return Fault(
        where=where,
        what=what,
        status=status,
        seconds=float(found["seconds"] or (5 if what in ("slow", "hang") else 0)),
        times=None if found["times"] is None else int(found["times"]),
        after=int(found["after"] or 0),
    )


def parse_all(texts: Iterable[str]) -> tuple[Fault, ...]:
    """Read faults. Raises WrongFault with what is wrong with each of those that are none."""
    found, wrong = list[Fault](), list[str]()
    for text in texts:
        try:
            found.append(parse(text))
        except WrongFault as one:
            wrong.append(str(one))
    if wrong:
        raise WrongFault("; ".join(wrong))
    return tuple(found)


def written(fault: Fault) -> str:
    """Write a fault as it is read."""
    told = [f"{fault.where}:{fault.status or fault.what}"]
    told += [f"{fault.seconds:g}s"] if fault.seconds else []
    told += [] if fault.times is None else [f"x{fault.times}"]
    return " ".join([*told, *([f"after {fault.after}"] if fault.after else [])])


def _known(where: Where) -> tuple[What, ...]:
    match where:
        case "job":
            return _OF_JOBS
        case "callback":
            return _OF_CALLBACKS
        case "submit" | "immediate" | "any":
            return (*_OF_CALLS, "billed")
        case _:
            return _OF_CALLS


class Faults:
    """The faults of a mock, told one request at a time. share: how many of a hundred requests go wrong by chance."""

    def __init__(self, faults: Sequence[Fault] = (), *, share: float = 0, chance: random.Random | None = None) -> None:
        self._faults = list(faults)
        self._met = [0] * len(self._faults)
        self._share = share
        self._chance = chance or random.Random(0)

    def __iter__(self) -> Iterator[Fault]:
        return iter(self._faults)

    def replace(self, faults: Sequence[Fault]) -> None:
        """Let these go wrong from now on, and no others but those of chance."""
        self._faults = list(faults)
        self._met = [0] * len(self._faults)

    def add(self, fault: Fault) -> None:
        """Let something go wrong from now on, too."""
        self._faults.append(fault)
        self._met.append(0)

    def next(self, where: Where) -> Fault | None:
        """Return what goes wrong with the next request of a step."""
        told: Fault | None = None
        for number, one in enumerate(self._faults):
            if one.where not in (where, "any") or (one.where == "any" and where in ("job", "callback")):
                continue
            self._met[number] += 1
            met = self._met[number] - one.after
            if told is None and met > 0 and (one.times is None or met <= one.times):
                told = one
        if told is None and self._share and where not in ("job", "callback") and self._chance.random() < self._share:
            told = self._chance.choice(_BY_CHANCE)
        return told


_BY_CHANCE: tuple[Fault, ...] = tuple(
    parse(f"any:{one}") for one in ("502", "503", "429", "lost", "half", "garbage", "slow 1s", "drop")
)
