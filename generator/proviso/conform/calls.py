"""The HTTP requests of probes, as the documents lay them out."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote, urlencode

from proviso import ir
from proviso.conform.probes import Probe
from proviso.oracle import access, bodies, contents
from proviso.oracle.subject import Subject

_OTHER_VERBS = {"POST": "PATCH", "GET": "PATCH"}


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of a form."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request on its way, before the key is shown.

    url: whole. sent: the body as JSON has it, to be kept. fresh: the UUID that it may carry.
    """

    verb: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    content: bytes = b""
    sent: object = None
    files: tuple[tuple[str, File], ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    fresh: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Where calls go. base: the address that they begin with. settings: those of the provider by name."""

    base: str
    settings: Mapping[str, str]


def home(provider: ir.Provider, base_url: str | None, settings: Mapping[str, str]) -> Home:
    """Return where calls go: to the documented address unless another one is given."""
    base = access.written(provider.base_url, settings) if base_url is None else base_url
    return Home(base=base.rstrip("/"), settings=settings)


def paid(probe: Probe, where: Home) -> Call:
    """Return the paid call of a probe, or the one near it."""
    subject = probe.subject
    operation = _operation(probe)
    verb, path = operation.call.split(" ", 1)
    params = {} if probe.params is None else probe.params
    fresh = str(uuid.uuid4())
    for name, value in bodies.carried(subject.model, params, "path", fresh=fresh).items():
        path = path.replace(f"{{{name}}}", quote(_text(value), safe=""))
    call = _call(subject, verb, path, where)
    more = [(name, _text(value)) for name, value in bodies.carried(subject.model, params, "query", fresh=fresh).items()]
    headers = {name: _text(one) for name, one in bodies.carried(subject.model, params, "header", fresh=fresh).items()}
    call = replace(call, url=_queried(call.url, more), headers={**call.headers, **headers}, fresh=fresh)
    if probe.asking == "wrong-verb":
        return replace(call, verb=_OTHER_VERBS.get(verb, "PATCH"))
    return call if probe.params is None else with_body(subject, call, bodies.wire(subject.model, params, fresh=fresh))


def about(
    subject: Subject, fetch: ir.Fetch, job_id: str, where: Home, *, link: str | None = None, verb: str = "GET"
) -> Call:
    """Return a call about a job. link: the address that the provider gave for it."""
    if fetch.call is None:
        call = Call(verb=verb, url=link or "", headers=_fixed(subject, where))
    else:
        verb, path = fetch.call.split(" ", 1)
        path = path.replace("{+id}", quote(job_id)).replace("{id}", quote(job_id, safe=""))
        call = _call(subject, verb, path, where)
    if fetch.body is None:
        return call
    return _json(call, _filled(subject, fetch.body, job_id))


def resolving(subject: Subject, resolve: ir.Resolve, file: str, where: Home) -> Call:
    """Return the call that asks where a file is."""
    verb, path = resolve.operation.call.split(" ", 1)
    return _call(subject, verb, path.replace("{+file}", quote(file)).replace("{file}", quote(file, safe="")), where)


def with_body(subject: Subject, call: Call, body: object) -> Call:
    """Return a call with a body in the coding that the model takes."""
    match subject.model.encoding:
        case "json":
            return _json(call, body)
        case "form":
            content = urlencode(_fields(body)).encode()
            headers = {**call.headers, "content-type": "application/x-www-form-urlencoded"}
            return replace(call, content=content, headers=headers, sent=body)
        case "multipart":
            files, parts = _files(subject), _fields(body)
            held = tuple(
                (name, _file(name, text)) for name, text in parts if files.fullmatch(name) and contents.told(text)
            )
            fields = tuple((name, text) for name, text in parts if name not in {one for one, _ in held})
            return replace(call, files=held, fields=fields, sent=body)


def _operation(probe: Probe) -> ir.Operation:
    model = probe.subject.model
    if probe.operation == "submit" and model.job is not None:
        return model.job.submit
    assert model.immediate is not None
    return model.immediate.operation


def _call(subject: Subject, verb: str, path: str, where: Home) -> Call:
    path = access.written(path.replace("{model}", quote(subject.model.id)), where.settings)
    queried = [(one.name, access.written(access.text(one.value), where.settings)) for one in subject.model.query]
    return Call(verb=verb, url=_queried(where.base + path, queried), headers=_fixed(subject, where))


def _fixed(subject: Subject, where: Home) -> dict[str, str]:
    return {one.name: access.written(access.text(one.value), where.settings) for one in subject.model.headers}


def _queried(url: str, members: list[tuple[str, str]]) -> str:
    return url if not members else f"{url}{'&' if '?' in url else '?'}{urlencode(members, quote_via=quote)}"


def _json(call: Call, body: object) -> Call:
    content = json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return replace(call, content=content, headers={**call.headers, "content-type": "application/json"}, sent=body)


def _fields(body: object) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in body.items() if isinstance(body, dict) else ():
        found += [(str(name), _text(one)) for one in (value if isinstance(value, list) else [value])]
    return found


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _files(subject: Subject) -> re.Pattern[str]:
    """Return what the names of the parts of a form look like that are files."""
    model = subject.model
    named = {one.name for one in model.parameters if _is_file(one.kind)}
    patterns: list[str] = []
    for layout in bodies.arms(model):
        patterns += [re.escape(str(spot[-1])) for name, spot in bodies.places(layout).items() if name in named]
        siblings = (spot for name, (spot, _) in bodies.numbered(layout).items() if name in named)
        patterns += [re.escape(str(spot[-1])).replace(re.escape("{n}"), "[0-9]+") for spot in siblings]
    return re.compile("|".join(patterns) or "(?!)")


def _is_file(kind: ir.Kind) -> bool:
    return any(isinstance(one, ir.Formatted) and one.format == "binary" for one in ir.every_kind(kind))


def _file(name: str, text: str) -> File:
    made = contents.file(name, text)
    told = contents.told(text) or made.media_type
    return File(name=contents.filename(name, told), media_type=made.media_type, content=made.content)


def _filled(subject: Subject, template: ir.Template, job_id: str) -> object:
    match template:
        case str():
            return template.replace("{model}", subject.model.id).replace("{id}", job_id)
        case tuple():
            return [_filled(subject, one, job_id) for one in template]
        case Mapping():
            return {name: _filled(subject, one, job_id) for name, one in template.items()}
        case _:
            return template
