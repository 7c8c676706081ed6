"""Small programs that use a generated module, right and wrong, for type checkers to judge."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from harness.subjects import Subject
from proviso import ir, layouts, naming
from proviso.drawing import values
from proviso.oracle import access, bodies, json_types

_MEMBERS: dict[ir.OutputKind, str] = {"image": "images", "video": "videos", "audio": "audio", "text": "texts"}
_KINDS: dict[ir.OutputKind, str] = {"image": "Image", "video": "Video", "audio": "Audio", "text": "Text"}


@dataclass(frozen=True, kw_only=True)
class Program:
    """A program. reveals: line -> the type it shows; wrong: the lines that must not pass. Lines count from 1."""

    name: str
    text: str
    reveals: dict[int, str]
    wrong: dict[int, str]


def program(subject: Subject) -> Program:
    """Write the program for a model."""
    provider = naming.module_name(subject.provider.name)
    package = subject.house.package
    lines = [
        "from __future__ import annotations",
        f"from {package} import {provider} as provider",
        f"from {package}.{provider} import {subject.attribute} as model",
        f"calls = provider.Client('key').{subject.attribute}",
        f"awaited = provider.AsyncClient('key').{subject.attribute}",
    ]
    reveals: dict[int, str] = {}
    wrong: dict[int, str] = {}
    for expression, shown in _right(subject):
        lines.append(f"reveal_type({expression})")
        reveals[len(lines)] = shown
    for expression, why in _awaited(subject):
        lines.append(f"async def use_{len(lines)}() -> None: reveal_type(await {expression})")
        reveals[len(lines)] = why
    for line, why in _wrong(subject):
        lines.append(line)
        wrong[len(lines)] = why
    text = "\n".join(lines) + "\n"
    return Program(name=f"{provider}_{subject.attribute}", text=text, reveals=reveals, wrong=wrong)


def _right(subject: Subject) -> Iterator[tuple[str, str]]:
    given = _arguments(_all(subject.model))
    yield "model.violations(3)", "tuple[Violation, ...]"
    listed = isinstance(bodies.arm(subject.model, {}), ir.Items)
    yield f"model.to_body({_mapping(_all(subject.model))})", "list[object]" if listed else "dict[str, object]"
    if layouts.is_request(subject.model):
        yield f"model.to_request({_mapping(_all(subject.model))})", "Outgoing"
    yield "model.from_body({})", "Params"
    beside = {name: value for name, value in _all(subject.model).items() if name in bodies.are_beside(subject.model)}
    if beside:
        yield f"model.from_body({{}}, {_arguments(beside)})", "Params"
    if subject.provider.settings:
        yield f"provider.Client('key', {_arguments(access.settings(subject.provider))})", "Client"
    if isinstance(subject.model.body, ir.Many):
        yield from _several(subject)
    yield f"model.quote({_mapping(_all(subject.model))})", "Quote"
    yield f"model.quote({_mapping(_all(subject.model))}).hold", "Decimal | None"
    if subject.model.job is not None:
        yield f"calls.submit({_arguments(_required(subject.model))})", f"Job[{_makes(subject.model)}]"
        yield f"calls.submit({given}).wait(timeout=3)", f"Done[{_makes(subject.model)}]"
        yield f"calls.generate(timeout=3.5, on_update=print, {given})", f"Done[{_makes(subject.model)}]"
        for kind in subject.model.makes:
            yield f"calls.generate({given}).{_MEMBERS[kind]}[0]", _KINDS[kind]
            yield f"calls.generate({given}).{_MEMBERS[kind]}[0].read()", "bytes"
        yield "calls.resume('id', addresses={})", f"Job[{_makes(subject.model)}]"
        yield "calls.wait('id', timeout=3, on_update=print)", f"Done[{_makes(subject.model)}]"
        if subject.model.job.wait is not None:
            yield f"calls.submit(patience=2.5, {given})", f"Job[{_makes(subject.model)}]"
            yield f"calls.generate(patience=2, {given})", f"Done[{_makes(subject.model)}]"
        if subject.model.job.cancel is not None:
            yield "calls.resume('id').cancel()", "None"
        if _is_called(subject.model):
            callback = "parse_callback({'X-Sign': 'a'}, b'{}', secret='b')"
            yield f"calls.{callback}", f"Done[{_makes(subject.model)}]"
    if subject.model.immediate is not None:
        made = (
            f"Made[{_makes(subject.model)}]"
            if subject.model.immediate.results or subject.model.immediate.stream
            else "Instant"
        )
        yield f"calls.generate_sync({given})", made
        if subject.model.immediate.stream is not None:
            yield f"calls.generate_stream(on_partial=print, {given})", made
    if subject.model.sizes is not None:
        row = dict(zip(subject.model.sizes.by, subject.model.sizes.rows[0].values, strict=True))
        yield f"model.size({_arguments(row)})", "tuple[int, int]"


def _several(subject: Subject) -> Iterator[tuple[str, str]]:
    good = _mapping(_all(subject.model))
    for listed in (f"[{good}, {good}]", f"({good},)"):
        yield f"model.to_body_many({listed})", "list[object]"
        yield f"model.to_request_many({listed})", "Outgoing"
        yield f"model.quote_many({listed})", "Quote"
        yield f"calls.submit_many({listed})", f"tuple[Job[{_makes(subject.model)}], ...]"
    yield "model.violations_many(3)", "tuple[Violation, ...]"
    yield "model.from_body_many(3)[0]", "Params"


def _awaited(subject: Subject) -> Iterator[tuple[str, str]]:
    given = _arguments(_all(subject.model))
    if subject.model.job is not None:
        makes = _makes(subject.model, "Async")
        yield f"awaited.submit({given})", f"AsyncJob[{makes}]"
        yield f"awaited.generate({given})", f"AsyncDone[{makes}]"
        yield "awaited.wait('id', timeout=3, on_update=print)", f"AsyncDone[{makes}]"
        yield "awaited.resume('id').wait()", f"AsyncDone[{makes}]"
        if isinstance(subject.model.body, ir.Many):
            yield f"awaited.submit_many([{_mapping(_all(subject.model))}])", f"tuple[AsyncJob[{makes}], ...]"
        if subject.model.job.wait is not None:
            yield f"awaited.submit(patience=2.5, {given})", f"AsyncJob[{makes}]"
        if subject.model.job.cancel is not None:
            yield "awaited.resume('id').cancel()", "None"
        if _is_called(subject.model):
            yield "awaited.parse_callback(headers={'X-Sign': 'a'}, body=b'{}')", f"AsyncDone[{makes}]"
    if subject.model.immediate is not None:
        made = (
            f"AsyncMade[{_makes(subject.model, 'Async')}]"
            if subject.model.immediate.results or subject.model.immediate.stream
            else "Instant"
        )
        yield f"awaited.generate_sync({given})", made
        if subject.model.immediate.stream is not None:
            yield f"awaited.generate_stream(on_partial=print, {given})", made


def _wrong(subject: Subject) -> Iterator[tuple[str, str]]:
    call = "submit" if subject.model.job is not None else "generate_sync"
    good = _all(subject.model)
    for parameter in subject.model.parameters:
        for bad in _bad(parameter.kind):
            changed = {**good, parameter.name: bad}
            yield f"calls.{call}({_arguments(changed)})", f"{parameter.name}={bad!r}"
            yield f"model.to_body({_mapping(changed)})", f"params with {parameter.name}: {bad!r}"
        if parameter.required:
            short = {name: value for name, value in good.items() if name != parameter.name}
            yield f"calls.{call}({_arguments(short)})", f"no {parameter.name}"
            yield f"model.to_body({_mapping(short)})", f"params without {parameter.name}"
    yield f"calls.{call}({_arguments({**good, 'no_such_parameter': 1})})", "an unknown keyword"
    yield f"model.to_body({_mapping({**good, 'no_such_parameter': 1})})", "params with an unknown name"
    if isinstance(subject.model.body, ir.Many):
        yield f"calls.submit_many({_mapping(good)})", "one request where a list of them belongs"
        yield f"calls.submit_many([{_mapping({**good, 'no_such_parameter': 1})}])", "an unknown name in one of several"
        yield f"model.quote_many([{_mapping(good)}, 3])", "a number among several requests"
    else:
        yield "calls.submit_many", "several requests where a call carries one"
    yield "provider.Client(no_such_option=1)", "an unknown option of the client"
    for setting in subject.provider.settings:
        yield f"provider.Client({setting.name}={'no such value' if setting.values else 7!r})", "a wrong setting"
    yield f"calls.{call}({_arguments(good)}).no_such_member", "an unknown member of what a call returns"
    if subject.model.job is not None:
        yield f"calls.submit({_arguments(good)}).wait(timout=3)", "an unknown option of a wait"
        patience = 3 if subject.model.job.wait is None else "'3'"
        yield f"calls.submit(patience={patience}, {_arguments(good)})", f"patience={patience}"
        yield "calls.resume('id', addresses=['https://example.com'])", "addresses without names"
        if _is_called(subject.model):
            yield "calls.parse_callback(headers={}, body={})", "the body of a callback that was read already"
            yield "calls.parse_callback(b'', {})", "the parts of a callback in the wrong order"
        else:
            yield "calls.parse_callback(headers={}, body=b'')", "a callback that proves nothing"
        for kind in _MEMBERS.keys() - set(subject.model.makes):
            yield f"calls.generate({_arguments(good)}).{_MEMBERS[kind]}", f"{kind}, which the model does not make"
    if subject.model.sizes is not None:
        row = dict.fromkeys(subject.model.sizes.by, "no such value")
        yield f"model.size({_arguments(row)})", "an unknown size"


def _is_called(model: ir.Model) -> bool:
    """Say whether the model has callbacks that show who sent them."""
    return model.callback is not None and model.callback.proof is not None


def _makes(model: ir.Model, face: str = "") -> str:
    return " | ".join(f"{face}{_KINDS[kind]}" for kind in model.makes)


def _bad(kind: ir.Kind) -> Iterator[object]:
    match kind:
        case ir.Nullable(of=inner):
            yield from _bad(inner)
        case ir.Sequence(items=items):
            yield from ("a text", 3, *([bad] for bad in _bad(items)))
        case ir.Object(members=members):
            right = values.whole(kind)
            yield from ("a text", {**right, "no such member": 1})
            yield from ({**right, one.name: bad} for one in members for bad in _bad(one.kind))
            yield from ({name: right[name] for name in right if name != one.name} for one in members if one.required)
        case ir.Union(tag=str(tag)):
            yield from ("a text", {tag: "no such kind"})
        case ir.Union():
            strange = {"string": "a text", "number": 3.5, "array": ["a text"], "object": {"no such member": 1}}
            taken = {"number" if name in ("integer", "boolean") else name for name in json_types.type_names(kind)}
            yield from (value for name, value in strange.items() if name not in taken or name == "object")
        case ir.Choice(values=(str(), *_)):
            yield from ("no such value", 7)
        case ir.Choice(values=(int(), *_)):
            yield from (987_654_321, "1")
        case ir.Only(value=str() | bool()):
            yield from ("no such value", 7)
        case ir.Only(value=int()):
            yield from (987_654_321, "1")
        case ir.Choice() | ir.Only() | ir.Number():
            yield "3"
        case ir.Text() | ir.Url() | ir.Formatted() | ir.Mixed() | ir.PixelSize() | ir.UnitText():
            yield 3.5
        case ir.Integer():
            yield from ("3", 1.5)
        case ir.Flag():
            yield "true"
        case _:
            assert_never(kind)


def _all(model: ir.Model) -> dict[str, object]:
    return {one.name: _good(one.kind) for one in model.parameters}


def _required(model: ir.Model) -> dict[str, object]:
    return {one.name: _good(one.kind) for one in model.parameters if one.required}


def _good(kind: ir.Kind) -> object:
    if isinstance(kind, ir.Sequence):
        some = values.different(kind.items)
        return list(itertools.islice(itertools.cycle(some), kind.min_items or 1))
    return next(values.different(kind))


def _arguments(given: Mapping[str, object]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in given.items())


def _mapping(given: Mapping[str, object]) -> str:
    return "{" + ", ".join(f"{name!r}: {value!r}" for name, value in given.items()) + "}"
