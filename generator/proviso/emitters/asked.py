"""Emits `asked.py` of a model: what a request asks for, to compare with what is delivered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from proviso import asked_code, ir, words
from proviso.render import render
from proviso.tree import File


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """What a request asks for in one respect: an expression, and the condition under which it counts, or nothing."""

    name: str
    spelled: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedContext:
    """Everything that `asked.py.jinja` may mention. given: the name of the params, which need not be looked into."""

    spec: str
    model: str
    package: str
    given: str
    uses_sizes: bool
    members: tuple[Member, ...]


def emit(provider: ir.Provider, model: ir.Model, package: str) -> Iterator[File]:
    """Yield the module with `asked`."""
    asked = {
        "count": asked_code.count(model),
        "pixels": asked_code.pixels(model),
        "media_types": asked_code.media_types(model),
    }
    context = AskedContext(
        spec=words.header(model.path),
        model=model.id,
        package=words.model_module(package, provider, model),
        given="given" if any("given" in one.spelled for one in asked.values()) else "_given",
        uses_sizes=asked_code.reads_table(model),
        members=tuple(Member(name=name, spelled=one.spelled, when=one.when) for name, one in asked.items()),
    )
    yield File(f"{words.folder(package, provider, model)}/asked.py", render("asked.py.jinja", context))
