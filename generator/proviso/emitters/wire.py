"""Emits `wire.py` of a model: flat params to the documented body and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from proviso import ir, words
from proviso.render import render
from proviso.tree import File


@dataclass(frozen=True, slots=True, kw_only=True)
class WireContext:
    """Everything that `wire.py.jinja` may mention."""

    spec: str
    model: str
    package: str
    table: str


def emit(provider: ir.Provider, model: ir.Model, package: str) -> Iterator[File]:
    """Yield the module with `to_body` and `from_body`."""
    context = WireContext(
        spec=words.header(model.path),
        model=model.id,
        package=words.model_module(package, provider, model),
        table=_table(model, model.body),
    )
    yield File(f"{words.folder(package, provider, model)}/wire.py", render("wire.py.jinja", context))


def _table(model: ir.Model, layout: ir.Layout) -> str:
    match layout:
        case ir.Constant(value=value):
            return f"layout.Constant({words.plain(value)!r})"
        case ir.Value(parameter=name):
            parameter = model.parameter(name)
            whole = parameter is not None and _is_integer(parameter.kind)
            return f"layout.Value({name!r}, whole=True)" if whole else f"layout.Value({name!r})"
        case ir.Members(members=members):
            inner = "".join(f"{name!r}: {_table(model, member)}, " for name, member in members)
            return f"{{{inner}}}"
        case _:
            assert_never(layout)


def _is_integer(kind: ir.Kind) -> bool:
    if isinstance(kind, ir.Sequence):
        return _is_integer(kind.items)
    return isinstance(kind, ir.Integer) or (isinstance(kind, ir.Choice) and isinstance(kind.values[0], int))
