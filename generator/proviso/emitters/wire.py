"""Emits `wire.py` of a model: flat params to the documented request and back."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias, assert_never

from proviso import ir, layouts, words
from proviso.render import render
from proviso.tree import File

_Whole: TypeAlias = "bool | dict[str, _Whole]"
_ON_WIRE = {"always": "default", "never": "silent"}
_WRITTEN: dict[ir.BodyEncoding, str] = {"json": "JSON", "form": "form", "multipart": "multipart"}


@dataclass(frozen=True, slots=True, kw_only=True)
class WireContext:
    """Everything that `wire.py.jinja` may mention; tables and calls are expressions."""

    spec: str
    model: str
    package: str
    imports: tuple[str, ...]
    written: str
    table: str
    table_type: str
    body_type: str
    writes: str
    beside: tuple[str, ...]
    beside_table: str
    requests: str
    single: str
    fresh: str
    most: int


def emit(provider: ir.Provider, model: ir.Model, package: str) -> Iterator[File]:
    """Yield the module with `to_body`, `from_body`, and `to_request` where a request is more than its JSON body."""
    many, chosen = isinstance(model.body, ir.Many), isinstance(model.body, ir.Chosen)
    # Bodies that are told apart at one place are all of one kind.
    listed = all(isinstance(arm.body, ir.Items) for arm in layouts.arms(model.body))
    single, whole = "[BODY]" if many else "BODY", layouts.is_request(model)
    writes = f"write{'_chosen' if chosen else ''}{'_list' if listed else ''}"
    fresh = ", outgoing.fresh()" if layouts.has_fresh(model.body) else ""
    context = WireContext(
        spec=words.header(model.path),
        model=model.id,
        package=words.model_module(package, provider, model),
        imports=("errors", "layout", *(["outgoing"] if whole or many else [])),
        written=_WRITTEN[model.encoding],
        table=_body(model),
        table_type=_table_type(model.body),
        body_type="list[object]" if listed else "dict[str, object]",
        writes=f"layout.{writes}({single}, params{fresh})",
        beside=layouts.beside(model),
        beside_table=_beside(model),
        requests=_requests(model, single) if whole else "",
        single=single,
        fresh=fresh,
        most=layouts.most(model),
    )
    yield File(f"{words.folder(package, provider, model)}/wire.py", render("wire.py.jinja", context))


def _body(model: ir.Model) -> str:
    match model.body:
        case ir.Chosen():
            return _chosen(model, model.body)
        case ir.Many(each=each):
            return _table(model, each)
        case _:
            return _table(model, model.body)


def _table_type(body: ir.Body) -> str:
    match body:
        case ir.Chosen():
            return "layout.Chosen"
        case ir.Items():
            return "list[layout.Member]"
        case ir.Members() | ir.Many():
            return "dict[str, layout.Member]"
        case _:
            assert_never(body)


def _requests(model: ir.Model, single: str) -> str:
    beside = ", beside=BESIDE" if model.beside else ""
    encoding = f", encoding={model.encoding!r}" if model.encoding != "json" else ""
    files = f", files={tuple(names)!r}" if (names := layouts.files(model)) else ""
    return f"outgoing.request({single}, params{beside}{encoding}{files})"


def _beside(model: ir.Model) -> str:
    each = (f"layout.Beside({one.carrier!r}, {one.name!r}, {_carried(model, one.value)})" for one in model.beside)
    return f"({', '.join(each)},)" if model.beside else ""


def _carried(model: ir.Model, value: ir.Constant | ir.Value | ir.Fresh) -> str:
    # Texts carry a number as it is written: a version 1.0 is none of 1.
    return (
        f"layout.Constant({words.written(value.value)!r})" if isinstance(value, ir.Constant) else _table(model, value)
    )


def _chosen(model: ir.Model, body: ir.Chosen) -> str:
    arms = (
        f"layout.Arm({words.plain(arm.value)!r}, {words.plain(arm.told)!r}, {_table(model, arm.body)})"
        for arm in body.arms
    )
    return f"layout.Chosen({body.parameter!r}, {body.at!r}, ({', '.join(arms)},))"


def _table(model: ir.Model, layout: ir.Layout) -> str:
    match layout:
        case ir.Constant(value=value):
            return f"layout.Constant({words.plain(value)!r})"
        case ir.Value(parameter=name):
            parameter = model.parameter(name)
            options = () if parameter is None else _options(parameter)
            told = ("as_json=True",) if layout.as_json else ()
            return f"layout.Value({', '.join((repr(name), *options, *told))})"
        case ir.Fresh():
            return "layout.Fresh()"
        case ir.Numbered(parameter=name, start=start):
            parameter = model.parameter(name)
            first = [f"start={start}"] if start != 1 else []
            whole = [] if parameter is None else [f"whole={one!r}" for one in [_whole(parameter.kind)] if one]
            return f"layout.Numbered({', '.join((repr(name), *first, *whole))})"
        case ir.Members(members=members):
            inner = "".join(f"{name!r}: {_table(model, member)}, " for name, member in members)
            return f"{{{inner}}}"
        case ir.Items(items=items):
            return f"[{', '.join(_table(model, item) for item in items)}]"
        case _:
            assert_never(layout)


def _options(parameter: ir.Parameter) -> Iterator[str]:
    if whole := _whole(parameter.kind):
        yield f"whole={whole!r}"
    if parameter.default is not None and parameter.on_wire is not None:
        yield f"{_ON_WIRE[parameter.on_wire]}={words.plain(parameter.default)!r}"


def _whole(kind: ir.Kind) -> _Whole:
    """Say where a value holds integers."""
    match kind:
        case ir.Nullable(of=inner):
            return _whole(inner)
        case ir.Sequence(items=items):
            found = _whole(items)
            return {"[]": found} if isinstance(found, dict) and "[]" in found else found
        case ir.Integer():
            return True
        case ir.Choice(values=(value, *_)) | ir.Only(value=value):
            return isinstance(value, int) and not isinstance(value, bool)
        case ir.Object(members=members):
            return {one.name: inside for one in members if (inside := _whole(one.kind))}
        case ir.Union(arms=arms):
            return _united(arms)
        case _:
            return False


def _united(arms: tuple[ir.Kind, ...]) -> _Whole:
    """Say where a value of several kinds holds integers, and apart from that where its items do when it is a list."""
    if not any(isinstance(one, ir.Number) or _is_fraction(one) for arm in arms for one in ir.every_kind(arm)):
        return functools.reduce(_both, map(_whole, arms))
    none: _Whole = False
    whole = functools.reduce(_both, [_whole(arm) for arm in arms if not isinstance(arm, ir.Sequence)], none)
    listed = next((_whole(arm) for arm in arms if isinstance(arm, ir.Sequence)), whole)
    if listed == whole or not (listed or whole):
        return whole
    items = listed if isinstance(listed, dict) and "[]" in listed else {"[]": listed}
    return {**items, **({"": True} if whole is True else whole or {})}


def _is_fraction(kind: ir.Kind) -> bool:
    match kind:
        case ir.Choice(values=(value, *_)) | ir.Only(value=value):
            return isinstance(value, Decimal)
        case _:
            return False


def _both(one: _Whole, other: _Whole) -> _Whole:
    """Join what two kinds of a union say; "" stands for the value itself beside its members."""
    if one == other or not one or not other:
        return one or other
    first, second = ({"": True} if each is True else each for each in (one, other))
    return {name: _both(first.get(name, False), second.get(name, False)) for name in {**first, **second}}
