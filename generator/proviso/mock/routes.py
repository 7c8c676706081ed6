"""Which documented call a request is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, unquote, urlsplit

from proviso import ir
from proviso.mock.asking import Asked
from proviso.oracle.subject import Subject

Operation = Literal["submit", "immediate", "poll", "collect", "cancel", "resolve"]
PAID: tuple[Operation, ...] = ("submit", "immediate")
LINKED: tuple[Operation, ...] = ("poll", "collect", "cancel")
"""Calls about a job for which a reply may give the addresses."""

_PLACE = re.compile(r"\{(\+?)([^{}]*)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A documented call of a model. query: what its members have to look like. names: of the places, by their groups."""

    operation: Operation
    subject: Subject
    verb: str
    path: re.Pattern[str]
    query: tuple[tuple[str, re.Pattern[str]], ...]
    names: Mapping[str, str]
    body: ir.Template | None = None
    at: ir.ResultsAt | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """A route that a request takes, and what stands in its places: id, file, and the parameters of a path."""

    route: Route
    places: Mapping[str, str]


class Routes:
    """Every call that a provider documents."""

    def __init__(self, provider: ir.Provider) -> None:
        base = urlsplit(provider.base_url).path.rstrip("/")
        self._routes = [
            route for model in provider.models for route in _routes(Subject(provider=provider, model=model), base)
        ]

    def met(self, asked: Asked) -> list[Met]:
        """Return the routes that a request takes; several where models share a call.

        Where a body tells calls at one address apart, a call about a job is none that starts one.
        """
        tried = ((route, _places(route, asked)) for route in self._routes if route.verb == asked.verb)
        found = [Met(route=route, places=places) for route, places in tried if places is not None]
        told = [one for one in found if one.route.body is not None]
        return told or found

    def verbs(self, asked: Asked) -> list[str]:
        """Return the verbs that the path of a request is documented with."""
        return sorted({route.verb for route in self._routes if route.path.fullmatch(asked.path)})


def _places(route: Route, asked: Asked) -> dict[str, str] | None:
    matched = route.path.fullmatch(asked.path)
    if matched is None:
        return None
    found = dict(matched.groupdict())
    for name, pattern in route.query:
        texts = [text for other, text in asked.query if other == name]
        one = pattern.fullmatch(texts[0]) if len(texts) == 1 else None
        if one is None:
            return None
        found |= one.groupdict()
    if route.body is not None:
        inside = _in_body(route, asked)
        if inside is None:
            return None
        found |= inside
    return {route.names[group]: unquote(text) if group.startswith("path") else text for group, text in found.items()}


def _in_body(route: Route, asked: Asked) -> dict[str, str] | None:
    """Return what stands in the places of a body that asks about a job; None where it is another body."""
    try:
        document = asked.document
    except ValueError:
        return None
    found: dict[str, str] = {}
    return found if _fits(route.body, document, route.subject.model, found) else None


def _fits(template: ir.Template | None, value: object, model: ir.Model, found: dict[str, str]) -> bool:
    match template:
        case str():
            pattern = re.escape(template).replace(r"\{model\}", re.escape(model.id)).replace(r"\{id\}", "(?P<id>.*)")
            matched = re.fullmatch(pattern, value if isinstance(value, str) else str(value), re.DOTALL)
            if matched is not None:
                found.update({f"body_{name}": text for name, text in matched.groupdict().items()})
            return matched is not None
        case tuple():
            return (
                isinstance(value, list)
                and len(value) == len(template)
                and all(_fits(one, other, model, found) for one, other in zip(template, value, strict=True))
            )
        case Mapping():
            return isinstance(value, dict) and all(
                name in value and _fits(one, value[name], model, found) for name, one in template.items()
            )
        case _:
            return template == value


def _routes(subject: Subject, base: str) -> Iterator[Route]:
    job, immediate = subject.model.job, subject.model.immediate
    if job is not None:
        yield _route("submit", subject, base, job.submit.call)
        for operation, fetch in zip(LINKED, (job.poll, job.collect, job.cancel), strict=True):
            if fetch is not None and fetch.call is not None:
                yield _route(operation, subject, base, fetch.call, body=fetch.body)
            if fetch is not None and fetch.address is not None:
                # Where the reply gives the address, it is one of the mock's own.
                verb = "POST" if operation == "cancel" else "GET"
                yield _route(operation, subject, "", f"{verb} {linked(operation, '{+id}')}", body=fetch.body)
    if immediate is not None:
        yield _route("immediate", subject, base, immediate.operation.call)
    for place in subject.model.places:
        if place.resolve is not None:
            yield _route("resolve", subject, base, place.resolve.operation.call, at=place)


def pattern(template: str, subject: Subject) -> re.Pattern[str]:
    """Return what a path with places in it looks like."""
    return _pattern(template, subject, {}, "path")


def linked(operation: Operation, job_id: str) -> str:
    """Return the path of a call about a job whose address the provider gives. job_id: as it stands in a path."""
    return f"/__proviso__/jobs/{operation}/{job_id}"


def _route(
    operation: Operation,
    subject: Subject,
    base: str,
    call: str,
    *,
    body: ir.Template | None = None,
    at: ir.ResultsAt | None = None,
) -> Route:
    verb, template = call.split(" ", 1)
    path, _, raw = template.partition("?")
    names: dict[str, str] = {"body_id": "id"}
    members = (one.partition("=") for one in raw.split("&") if one)
    return Route(
        operation=operation,
        subject=subject,
        verb=verb,
        path=_pattern(base + path, subject, names, "path"),
        query=tuple((unquote(name), _pattern(value, subject, names, "query")) for name, _, value in members),
        names=names,
        body=body,
        at=at,
    )


def _pattern(template: str, subject: Subject, names: dict[str, str], where: str) -> re.Pattern[str]:
    """Make a pattern of a template; every place becomes a group, whose name it has in `names`."""
    parts: list[str] = []
    at = 0
    for place in _PLACE.finditer(template):
        parts.append(re.escape(template[at : place.start()]))
        at = place.end()
        if place[2] == "model":
            literal = subject.model.id if where == "query" else quote(subject.model.id)
            parts.append(re.escape(literal))
            continue
        group = f"{where}{len(names)}"
        names[group] = place[2]
        wild = ".*" if where == "query" else ".+" if place[1] else "[^/]+"
        parts.append(f"(?P<{group}>{wild})")
    parts.append(re.escape(template[at:]))
    return re.compile("".join(parts), re.DOTALL)
