"""The libraries that check the same request, each by its quickest call, and held to the same answers first."""

from __future__ import annotations

import runpy
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import fastjsonschema
import jsonschema_rs
import msgspec
import pydantic
from jsonschema import Draft202012Validator

from benchmarks import peers
from benchmarks.subject import Mutant, Request
from harness.subjects import Subject

Reports = Callable[[], list[tuple[object, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """A library that checks requests.

    check: answers False or raises one of `refuses` when the request is wrong.
    further: what it takes after the request.
    wire: whether it reads the wire body; otherwise it reads the flat params.
    """

    name: str
    check: Callable[..., object]
    wire: bool
    further: tuple[object, ...] = ()
    refuses: tuple[type[Exception], ...] = ()

    def call(self, request: Request) -> Callable[[], object]:
        """Return the call that is timed."""
        return partial(self.check, request.body if self.wire else request.params, *self.further)

    def accepts(self, request: Request) -> bool:
        """Tell whether a request passes."""
        try:
            return self.call(request)() is not False
        except self.refuses:
            return False


def rivals(subject: Subject) -> tuple[Contender, ...]:
    """Return the other libraries; the compiled one that answers yes or no comes last."""
    schema = subject.module.SCHEMA
    refused = (pydantic.ValidationError,)
    base_model = pydantic.TypeAdapter(_written(peers.pydantic_model(subject.model)))
    return (
        Contender(name="pydantic (BaseModel)", check=base_model.validate_python, wire=False, refuses=refused),
        Contender(name="pydantic (TypedDict)", check=typed_dict(subject).validate_python, wire=False, refuses=refused),
        Contender(
            name="msgspec",
            check=msgspec.convert,
            wire=False,
            further=(_written(peers.msgspec_struct(subject.model)),),
            refuses=(msgspec.ValidationError,),
        ),
        Contender(
            name="fastjsonschema",
            check=fastjsonschema.compile(schema),
            wire=True,
            refuses=(fastjsonschema.JsonSchemaException,),
        ),
        Contender(name="jsonschema is_valid", check=Draft202012Validator(schema).is_valid, wire=True),
        Contender(name="jsonschema_rs is_valid", check=jsonschema_rs.validator_for(schema).is_valid, wire=True),
    )


def typed_dict(subject: Subject) -> pydantic.TypeAdapter[Any]:
    """Return pydantic's validator of the quicker form."""
    adapter: pydantic.TypeAdapter[Any] = _written(peers.pydantic_typed_dict(subject.model))
    return adapter


def disagreements(
    contenders: Iterable[Contender],
    *,
    right: Iterable[Request],
    wrong: Iterable[Mutant],
    ours: Callable[[object], object],
) -> list[str]:
    """List the requests that somebody takes for what they are not; a comparison needs that there is none."""
    found: list[str] = []
    everybody = list(contenders)
    for request in right:
        found += [f"{one.name} refuses a documented request" for one in everybody if not one.accepts(request)]
        found += ["we refuse a documented request"] * bool(ours(request.params))
    for mutant in wrong:
        which = f"{mutant.parameter} with a broken {mutant.rule}: {mutant.request.params.get(mutant.parameter)!r:.60}"
        found += [f"{one.name} accepts {which}" for one in everybody if one.accepts(mutant.request)]
        found += [f"we accept {which}"] * (not ours(mutant.request.params))
    return found


def reports(subject: Subject, request: Request, *, messages: bool) -> dict[str, Reports]:
    """Return calls that list every violation: place and rule, and the message too where it is asked for."""
    check, params, body = subject.module.violations, request.params, request.body
    adapter = typed_dict(subject)
    compiled = jsonschema_rs.validator_for(subject.module.SCHEMA)

    def ours() -> list[tuple[object, ...]]:
        if messages:
            return [(one.at, one.rule, one.message) for one in check(params)]
        return [(one.at, one.rule) for one in check(params)]

    def by_pydantic() -> list[tuple[object, ...]]:
        try:
            adapter.validate_python(params)
        except pydantic.ValidationError as error:
            listed = error.errors(include_url=False, include_context=False, include_input=False)
            if messages:
                return [(one["loc"], one["type"], one["msg"]) for one in listed]
            return [(one["loc"], one["type"]) for one in listed]
        return []

    def by_jsonschema_rs() -> list[tuple[object, ...]]:
        if messages:
            return [(one.instance_path, one.kind, one.message) for one in compiled.iter_errors(body)]
        return [(one.instance_path, one.kind) for one in compiled.iter_errors(body)]

    return {"ours": ours, "pydantic (TypedDict)": by_pydantic, "jsonschema_rs iter_errors": by_jsonschema_rs}


def _written(text: str) -> Any:
    """Run the text of a peer's model and return what it calls Request."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "peer.py")
        path.write_text(text, encoding="utf-8")
        return runpy.run_path(str(path), run_name="peer")["Request"]
