"""Read what came back: a reply, the JSON in it, and the few things that every reply can carry."""

from __future__ import annotations

import decimal
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from proviso_runtime import jsontext, paths, protocol
from proviso_runtime.jsontext import Json

_NUMBER = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,3})?", re.ASCII)
_TEXT = 4000  # characters of a provider's message that are kept
_DETAILS = 100  # entries of a list of what is wrong that are kept


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Reply:
    """Status, headers (lower-case names) and body of a reply.

    cut: the body was longer than we read, or came packed in a way that nobody asked for. received: when it came, in seconds since 1970; 0 where nobody knows.
    """

    status: int
    headers: Mapping[str, str]
    content: bytes
    cut: bool = False
    received: float = 0.0

    @property
    def media_type(self) -> str:
        """The media type without parameters, in lower case; empty when there is none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def is_json(self) -> bool:
        """Whether the headers call the body JSON, as they do for application/problem+json."""
        return self.media_type == "application/json" or self.media_type.endswith("+json")

    @property
    def succeeded(self) -> bool:
        """Whether the status is one of the 2xx."""
        return 200 <= self.status < 300

    def json(self) -> Json:
        """Parse the body; numbers with a fraction become Decimal. Raises jsontext.BrokenJson."""
        if self.cut:
            raise jsontext.BrokenJson("packed, or longer than any documented reply")
        return jsontext.read(self.content)

    def __repr__(self) -> str:
        return f"Reply(status={self.status}, media_type={self.media_type!r}, length={len(self.content)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Detail:
    """One thing that is wrong with a request.

    place: the steps to it, as the provider names them. message: the provider's own words, which may
    quote the request. code: the provider's own code.
    """

    place: tuple[str | int, ...] = ()
    message: str | None = field(default=None, repr=False)
    code: str | int | None = None


def details(one: protocol.Details, document: Json) -> tuple[Detail, ...]:
    """Return what a refusal lists, one by one; of thousands the first hundred."""
    entries = (
        Detail(
            place=() if one.place is None else tuple(_steps(one.place, entry)),
            message=first_text(one.message, entry),
            code=first_code(one.code, entry),
        )
        for entry in values(one.at, document)[:_DETAILS]
    )
    # Where another refusal has an object at that place, its members are no entries.
    return tuple(entry for entry in entries if entry != Detail(place=(), message=None, code=None))


def first_text(places: Iterable[str], document: Json) -> str | None:
    """Return the text at the first place that has one; several texts at one place are joined."""
    for place in places:
        texts = [text for value in values(place, document) if (text := _word(value)) is not None]
        if texts:
            return "; ".join(texts)[:_TEXT]
    return None


def first_code(places: Iterable[str], document: Json) -> str | int | None:
    """Return the code at the first place that has one, a number as a number."""
    for place in places:
        for value in values(place, document):
            if (code := as_code(value)) is not None:
                return code
    return None


def as_code(value: Json) -> str | int | None:
    """Return value as a code, or None when it cannot be one."""
    return value if isinstance(value, int) and not isinstance(value, bool) else _word(value)


def numbers(reports: Mapping[str, str], document: Json) -> dict[str, Decimal]:
    """Return what the reply reports: meaning -> number. What is no number is left out."""
    found = ((meaning, _number(value)) for meaning, place in reports.items() for value in values(place, document)[:1])
    return {meaning: number for meaning, number in found if number is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a request costs, as the provider tells it. unit: a currency such as USD, or credits."""

    amount: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}"


def cost(place: protocol.CostAt | None, document: Json) -> Cost | None:
    """Return what a reply says that the request costs, in sum where it says it of each result; else None."""
    if place is None:
        return None
    amounts = [_number(one) for one in values(place.at, document)]
    known = [one for one in amounts if one is not None]
    if not known or len(known) < len(amounts):
        return None  # a sum without one of its parts would be a wrong amount
    total = known[0] if len(known) == 1 else _sum(known)
    return None if total is None else Cost(amount=total, unit=place.unit)


def _sum(numbers: list[Decimal]) -> Decimal | None:
    """Return an exact sum; None where there is none. A reply about something paid never raises for it."""
    context = decimal.Context(prec=200, traps=[])  # whatever the caller's own may do
    total = Decimal(0)
    for number in numbers:
        total = context.add(total, number)
    return None if context.flags[decimal.Inexact] or not total.is_finite() else total


def told_numbers(told: Mapping[str, str], reply: Reply) -> dict[str, Decimal]:
    """Return what the headers of a reply report: meaning -> number. What is no number is left out."""
    found = ((meaning, as_number(reply.headers.get(header.lower(), "").strip())) for meaning, header in told.items())
    return {meaning: number for meaning, number in found if number is not None}


def told_cost(place: protocol.CostAt | None, reply: Reply) -> Cost | None:
    """Return what a header of a reply says that the request costs; else None."""
    amount = None if place is None else as_number(reply.headers.get(place.at.lower(), "").strip())
    return None if place is None or amount is None else Cost(amount=amount, unit=place.unit)


def as_number(text: str) -> Decimal | None:
    """Return the number that text spells, or None."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def kept_headers(names: Mapping[str, str], reply: Reply) -> dict[str, str]:
    """Return the documented headers that came: meaning -> text."""
    lower = ((meaning, header.lower()) for meaning, header in names.items())
    return {meaning: reply.headers[header] for meaning, header in lower if header in reply.headers}


def values(place: str, document: Json) -> list[Json]:
    """Return the values at a place; none where JSON inside a string is broken."""
    try:
        return paths.find(place, document)
    except jsontext.BrokenJson:
        return []  # words and numbers are extras: for their sake no reply is refused


def _steps(place: str, entry: Json) -> Iterator[str | int]:
    for value in values(place, entry)[:_DETAILS]:
        for step in value if isinstance(value, list) else [value]:
            if isinstance(step, str | int) and not isinstance(step, bool):
                yield step


def _word(value: Json) -> str | None:
    match value:
        case bool() | None | list() | dict():
            return None
        case str():
            return value.strip() or None
        case _:
            return str(value)


def _number(value: Json) -> Decimal | None:
    match value:
        case bool():
            return None
        case int() | Decimal():
            return Decimal(value)
        case str():
            return as_number(value.strip())
        case _:
            return None
