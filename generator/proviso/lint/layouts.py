"""Lint of requests: what stands in a body, and what travels beside it, can be written there and read back."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir, layouts
from proviso.diagnostics import Diagnostic
from proviso.key_places import key_places
from proviso.lint import files, header_values, limits


def body(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that every parameter can stand where the body has it."""
    for arm in layouts.arms(model.body):
        for spot, leaf in layouts.leaves(arm.body):
            match leaf:
                case ir.Numbered(parameter=name):
                    yield from _numbered(model, name)
                case ir.Value(parameter=name, as_json=True):
                    yield from _json(model, name)
                case ir.Value(parameter=name) if isinstance(spot[-1], int):
                    parameter = model.parameter(name)
                    if parameter is not None and not parameter.required:
                        message = f"{name} is an item of a list, so it cannot be left out; it must be required"
                        yield Diagnostic(parameter.place, message, "body")
                case _:
                    pass
        if model.encoding != "json":
            yield from _form(model, arm)
    if model.job is not None and model.job.id == ir.CHOSEN_ID and not layouts.is_fresh(model):
        message = "the client chooses the id, but the request carries no {uuid}: neither its body nor what is beside it"
        yield Diagnostic(model.job.submit.place, message, "body")
    if model.resend_for is not None and not layouts.is_fresh(model):
        message = "by `resend_for` a request is known by the {uuid} that it carries, and this one carries none"
        yield Diagnostic(model.place, message, "body")


def _numbered(model: ir.Model, name: str) -> Iterator[Diagnostic]:
    parameter = model.parameter(name)
    if parameter is None:
        return
    kind = parameter.kind
    if not isinstance(kind, ir.Sequence) or kind.max_items is None or not kind.min_items or kind.unique:
        message = f"{name} stands in numbered siblings, so it is a list with minItems, 1 or more, and maxItems"
        more = "; that its items differ could not be said of siblings" if getattr(kind, "unique", False) else ""
        yield Diagnostic(parameter.place, message + more, "body")
    elif isinstance(kind.items, ir.Sequence):
        yield Diagnostic(parameter.place, f"{name} stands in numbered siblings, and a list cannot", "body")
    for rule in model.rules:
        if isinstance(rule, ir.Limit) and any(limited == name for limited, _ in rule.limits):
            message = f"{name} stands in numbered siblings, whose number no rule can limit"
            yield Diagnostic(rule.place, message, "rule")


def _json(model: ir.Model, name: str) -> Iterator[Diagnostic]:
    parameter = model.parameter(name)
    if parameter is None:
        return
    kind = ir.bare(parameter.kind)
    if not isinstance(kind, ir.Object | ir.Sequence) and not (isinstance(kind, ir.Union) and kind.tag is not None):
        message = f"{name} is no object and no list, which are what JSON text is for; write {{{name}}}"
        yield Diagnostic(parameter.place, message, "body")
    elif files.holds_files(kind):
        yield Diagnostic(parameter.place, f"{name} holds files, which no JSON text carries", "body")
    for rule in model.rules:
        limited = [
            one
            for each in (rule.options if isinstance(rule, ir.AnyOf) else (rule,))
            if isinstance(each, ir.Limit)
            for one, _ in each.limits
        ]
        if name in limited:
            yield Diagnostic(rule.place, f"{name} is written as JSON text, whose items no rule can limit", "rule")


def _form(model: ir.Model, arm: ir.Arm) -> Iterator[Diagnostic]:
    deep = isinstance(arm.body, ir.Items) or any(len(spot) > 1 for spot, _ in layouts.leaves(arm.body))
    if deep or (isinstance(arm.body, ir.Members) and _has_empty(arm.body)):
        message = f"the body is written as {model.encoding}, which has no objects and lists"
        yield Diagnostic(model.place, message, "body")
    for name in layouts.spots(arm.body):
        parameter = model.parameter(name)
        if parameter is None or files.holds_files(parameter.kind) or name in layouts.as_json(arm.body):
            continue
        if not _is_one_text(_item(parameter.kind)):
            message = (
                f"{name} holds objects, null or lists of lists, and the body is written as {model.encoding}; "
                f'where it travels as JSON text, write "{{{name} | json}}"'
            )
            yield Diagnostic(parameter.place, message, "body")


def _item(kind: ir.Kind) -> ir.Kind:
    return kind.items if isinstance(kind, ir.Sequence) else kind


def _is_one_text(kind: ir.Kind) -> bool:
    """Tell whether every value of a kind can be written as one text."""
    return not isinstance(kind, ir.Sequence | ir.Nullable | ir.Object | ir.Union)


def _has_empty(body: ir.Members) -> bool:
    return any(isinstance(member, ir.Members | ir.Items) for _, member in body.members)


def beside(provider: ir.Provider, model: ir.Model) -> Iterator[Diagnostic]:
    """Check that what travels beside the body can be written there, and that it has a name of its own."""
    taken: dict[tuple[ir.Carrier, str], str] = {("query", one.name): "every call carries it" for one in model.query}
    taken |= {("header", one.name.lower()): "every call carries it" for one in model.headers}
    taken |= dict.fromkeys(_keys(provider), "it shows the key")
    taken |= {("header", name): "it is written by itself" for name in header_values.OWN_HEADERS}
    seen: dict[str, ir.Beside] = {}
    for one in model.beside:
        name = one.name.lower() if one.carrier == "header" else one.name
        if (why := taken.get((one.carrier, name))) is not None:
            yield Diagnostic(one.place, f"{one.name} has another meaning already: {why}", "request")
        if isinstance(one.value, ir.Value):
            if one.value.parameter in seen:
                yield Diagnostic(one.place, f"parameter {one.value.parameter!r} travels twice", "request")
            seen.setdefault(one.value.parameter, one)
            parameter = model.parameter(one.value.parameter)
            if parameter is not None and not files.holds_files(parameter.kind):
                yield from _carried(one, parameter)
        elif (
            isinstance(one.value, ir.Constant)
            and one.carrier == "header"
            and not header_values.is_plain(str(one.value.value))
        ):
            yield Diagnostic(one.place, f"the value of {one.name} cannot stand in a header", "request")
    yield from _paths(model)


def _carried(one: ir.Beside, parameter: ir.Parameter) -> Iterator[Diagnostic]:
    kind, name = parameter.kind, parameter.name
    if not _is_one_text(kind):
        what = "a list" if isinstance(kind, ir.Sequence) else "no single text, number or truth value"
        yield Diagnostic(one.place, f"{name} is {what}, which only a body can carry", "request")
    elif one.carrier == "header" and (why := header_values.unfit(name, kind)) is not None:
        yield Diagnostic(one.place, why, "request")
    elif one.carrier == "path":
        if not parameter.required:
            yield Diagnostic(one.place, f"{name} stands in the path, so it must be required", "request")
        if any(limits.breach(kind, text) is None for text in ("", ".", "..")):
            message = (
                f'{name} may be empty, "." or "..", which would be another path; '
                "give it an enum, a pattern, or minLength: 3"
            )
            yield Diagnostic(one.place, message, "request")


def _paths(model: ir.Model) -> Iterator[Diagnostic]:
    if model.job is None or model.immediate is None:
        return
    calls = (model.job.submit, model.immediate.operation)
    for one in model.beside:
        for call in calls if one.carrier == "path" else ():
            if f"{{{one.name}}}" not in call.call:
                message = f"{{{one.name}}} stands in the path of the other paid call, and has no place in this one"
                yield Diagnostic(call.call_place, message, "request")


def _keys(provider: ir.Provider) -> Iterator[tuple[ir.Carrier, str]]:
    for one in provider.auth:
        for carrier, name in key_places(one):
            yield carrier, name.lower() if carrier == "header" else name


def key_in_body(provider: ir.Provider, model: ir.Model) -> Iterator[Diagnostic]:
    """Check that the member that shows the key has no other meaning."""
    members = [way.member for way in provider.auth if isinstance(way, ir.BodyKey)]
    for arm in layouts.arms(model.body) if members else ():
        objects = arm.body.items if isinstance(arm.body, ir.Items) else (arm.body,)
        for one in objects:
            if not isinstance(one, ir.Members):
                yield Diagnostic(model.place, "the key stands in every item of the body, so all are objects", "body")
                continue
            for name, _ in one.members:
                if name in members:
                    yield Diagnostic(model.place, f"the member {name!r} of the body carries the key already", "body")
