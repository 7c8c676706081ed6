"""Lint of parameters and names: they agree with themselves."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir, naming
from proviso.diagnostics import Diagnostic
from proviso.lint import advised, limits


def limits_possible(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that some value keeps the limits of every parameter."""
    for parameter in model.parameters:
        if (why := limits.impossible(parameter.kind)) is not None:
            yield Diagnostic(parameter.place, f"{parameter.wire} can never be sent: {why}", "limits")


def default(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that a documented default keeps the limits of its own parameter."""
    for parameter in _every(model.parameters):
        if parameter.default is not None:
            why = limits.breach(parameter.kind, parameter.default)
            if why is not None:
                yield Diagnostic(parameter.place, f'default "{parameter.default}" {why}', "default")


def example(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that every example keeps the limits of its own parameter."""
    for parameter in _every(model.parameters):
        for shown in parameter.examples:
            if (why := limits.breach(parameter.kind, shown)) is not None:
                yield Diagnostic(parameter.place, f'example "{shown}" {why}', "example")


def enum(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that no value stands twice in a list of allowed values."""
    for parameter in _every(model.parameters):
        for kind in ir.every_kind(parameter.kind):
            if isinstance(kind, ir.Choice) and len(set(kind.values)) < len(kind.values):
                yield Diagnostic(parameter.place, f"{parameter.wire} lists a value twice", "enum")


def advice(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that some value that is allowed is advised as well, and some is not."""
    for parameter in _every(model.parameters):
        if (
            parameter.advice is not None
            and (why := advised.pointless(parameter.kind, parameter.advice.kind)) is not None
        ):
            yield Diagnostic(parameter.place, f"the advice about {parameter.wire} {why}", "advice")


def _every(parameters: tuple[ir.Parameter, ...]) -> Iterator[ir.Parameter]:
    """Yield parameters and the members inside them."""
    for parameter in parameters:
        yield parameter
        for kind in ir.every_kind(parameter.kind):
            if isinstance(kind, ir.Object):
                yield from kind.members


def module_name(provider: ir.Provider) -> Iterator[Diagnostic]:
    """Check that providers and models have Python names, and no two the same."""
    if (why := naming.why_no_module(provider.name)) is not None:
        yield Diagnostic(provider.place, f"the folder needs another name: {why}", "python-name")
    seen: dict[str, ir.Model] = {}
    for model in provider.models:
        if (why := naming.why_no_module(model.name)) is not None:
            yield Diagnostic(model.place, f"the file needs another name: {why}", "python-name")
        spelled = naming.module_name(model.name)
        if spelled in seen:
            message = f"the Python name {spelled} is taken by {seen[spelled].path}; rename one of the files"
            yield Diagnostic(model.place, message, "python-name")
        seen.setdefault(spelled, model)
    ids: dict[str, ir.Model] = {}
    for model in provider.models:
        if model.id in ids:
            message = f"model {model.id!r} stands in {ids[model.id].path} already"
            yield Diagnostic(model.place, message, "model-id")
        ids.setdefault(model.id, model)
