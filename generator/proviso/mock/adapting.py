"""Replies as documents print them, made to speak of a job of the mock's: its id, its addresses, its numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from urllib.parse import quote, urlsplit

from proviso import ir, reply_paths
from proviso.answers import courses, planting
from proviso.mock import routes
from proviso.mock.jobs import Job
from proviso.mock.works import Draw
from proviso.oracle.subject import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a reply tells beside results: numbers by the names that specs have for them, and what it costs."""

    numbers: Mapping[str, Decimal]
    cost: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What a reply is made with. origin: of the mock. home: where the provider's calls begin at it. told: its numbers.

    shelf: the origin of results.
    """

    origin: str
    shelf: str
    home: str
    told: Told
    draw: Draw


def adapted(body: object, job: Job, stage: Stage) -> object:
    """Return a documented reply with the job's id and the mock's addresses in it."""
    examples = _examples(job.subject)
    body = _swapped(body, examples, job.wire_id) if examples else body
    body = _rehomed(body, _host(job.subject), job, stage)
    links = courses.links(courses.job(job.subject))
    for operation in routes.LINKED:
        place = links.get(operation)
        if place is not None and planting.has(place, body):
            path = routes.linked(operation, quote(job.id, safe=""))
            body = planting.planted(place, body, stage.origin + path)
    return body


def numbered(body: object, call: ir.Operation | ir.Fetch, *told: Told) -> object:
    """Return a reply with the mock's numbers where the documented one has numbers that it knows.

    told: what there is to tell of each job that the reply is about.
    """
    for name, path in call.reports:
        body = _put(body, path, [one.numbers.get(name) for one in told])
    return body if call.cost is None else _put(body, call.cost.at, [one.cost for one in told])


def _put(body: object, path: str, numbers: Sequence[Decimal | None]) -> object:
    """Put numbers at a path: those of each job where it leads to as many places, the last where it leads to one."""
    found = reply_paths.find(path, body)
    if len(found) == 1:
        numbers = numbers[-1:]
    elif len(found) != len(numbers):
        return body
    for at, (shown, number) in enumerate(zip(found, numbers, strict=True)):
        if number is not None:
            one = path.replace("[*]", f"[{at}]", 1)
            body = planting.planted(one, body, str(number) if isinstance(shown, str) else number)
    return body


@cache
def _examples(subject: Subject) -> frozenset[str | int]:
    """Return the ids that documented replies print."""
    course = courses.job(subject)
    if course.id == ir.CHOSEN_ID:
        return frozenset()
    found = [one for reply in subject.model.replies for one in reply_paths.find(course.id, reply.body)]
    texts = frozenset(one for one in found if isinstance(one, str) and one.strip("."))
    return texts | frozenset(one for one in found if isinstance(one, int) and not isinstance(one, bool))


def _swapped(value: object, examples: frozenset[str | int], known: object) -> object:
    match value:
        case dict():
            return {name: _swapped(member, examples, known) for name, member in value.items()}
        case list():
            return [_swapped(item, examples, known) for item in value]
        case str() | int() if not isinstance(value, bool) and value in examples:
            return known
        case _:
            return value


@cache
def _host(subject: Subject) -> str:
    own = urlsplit(subject.provider.base_url)
    return f"{own.scheme}://{own.netloc}"


def _rehomed(value: object, host: str, job: Job, stage: Stage) -> object:
    match value:
        case dict():
            return {name: _rehomed(member, host, job, stage) for name, member in value.items()}
        case list():
            return [_rehomed(item, host, job, stage) for item in value]
        case str() if value.startswith(host):
            return _called(value.removeprefix(host), job, stage)
        case _:
            return value


def _called(path: str, job: Job, stage: Stage) -> str:
    """Return an address of the provider's own at the mock, with the job's id where a documented call has one."""
    for pattern, template in _calls(job.subject):
        if pattern.fullmatch(path):
            filled = template.replace("{model}", quote(job.subject.model.id)).replace("{id}", quote(job.id, safe=""))
            return stage.home + filled.replace("{+id}", quote(job.id))
    return stage.home + path.removeprefix(_base(job.subject))


def _base(subject: Subject) -> str:
    return urlsplit(subject.provider.base_url).path.rstrip("/")


@cache
def _calls(subject: Subject) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the paths of the documented calls about a job, as patterns and as templates."""
    course = courses.job(subject)
    called = [one.call for one in (course.poll, course.collect, course.cancel) if one is not None and one.call]
    templates = [call.split(" ", 1)[1] for call in called]
    return tuple((routes.pattern(_base(subject) + template, subject), template) for template in templates)
