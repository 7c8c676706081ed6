"""Emits `params.py` of a model: the TypedDict of its flat parameters, and those of the objects inside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from proviso import ir, kind_words, layouts, naming, python_types, rule_sentences, words
from proviso.render import render
from proviso.tree import File
from proviso.type_names import Classes


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A parameter or member: its name, its spelled type, and the paragraphs of its docstring."""

    name: str
    type: str
    doc: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Class:
    """The type of an object inside parameters; `is_plain` where every member can be a field of a class."""

    name: str
    doc: str
    fields: tuple[Field, ...]
    is_plain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ParamsContext:
    """Everything that `params.py.jinja` may mention."""

    spec: str
    title: str
    model: str
    imports: tuple[str, ...]
    notes: tuple[str, ...]
    classes: tuple[Class, ...]
    fields: tuple[Field, ...]
    beside: tuple[Field, ...]


def emit(provider: ir.Provider, model: ir.Model, package: str) -> Iterator[File]:
    """Yield the module with `Params`."""
    classes = Classes(model.parameters)
    kinds = [inner for one in model.parameters for inner in ir.every_kind(one.kind)]
    members = [one for kind in classes.named for one in kind.members]
    imports = {
        "Literal": any(map(python_types.is_literal, kinds)),
        "Required": any(one.required for one in (*model.parameters, *members)),
        "TypedDict": True,
    }
    context = ParamsContext(
        spec=words.header(model.path),
        title=f"{model.title} at {provider.title}",
        model=model.id,
        imports=tuple(name for name, used in imports.items() if used),
        notes=tuple(
            f"In doubt ({doubt.id}): {doubt.ruling}"
            for doubt in words.doubts_about((*provider.doubts, *model.doubts), "parameters")
        ),
        classes=tuple(_class(kind, classes) for kind in classes.named),
        fields=tuple(_field(one, classes, _doc(one, model)) for one in model.parameters),
        beside=tuple(_beside(model, classes)),
    )
    yield File(f"{words.folder(package, provider, model)}/params.py", render("params.py.jinja", context))


def _class(kind: ir.Object, classes: Classes) -> Class:
    return Class(
        name=classes.named[kind],
        doc=f"An {kind_words.limits(kind)}.",
        fields=tuple(_field(one, classes, _facts(one, ())) for one in kind.members),
        is_plain=all(naming.is_member_name(one.name) for one in kind.members),
    )


def _field(parameter: ir.Parameter, classes: Classes, doc: Iterator[str]) -> Field:
    spelled = classes.spelled(parameter.kind)
    return Field(
        name=parameter.name,
        type=f"Required[{spelled}]" if parameter.required else spelled,
        doc=tuple(doc),
    )


def _beside(model: ir.Model, classes: Classes) -> Iterator[Field]:
    for name in layouts.beside(model):
        parameter = model.parameter(name)
        assert parameter is not None, name
        yield Field(name=name, type=classes.spelled(parameter.kind), doc=())


def _doc(parameter: ir.Parameter, model: ir.Model) -> Iterator[str]:
    rules = (said for rule in model.rules for said in rule_sentences.about(rule, parameter.name))
    yield from _facts(parameter, tuple(rules))
    for doubt in words.doubts_about(model.doubts, parameter.name):
        yield f"In doubt ({doubt.id}): {doubt.ruling}"


def _facts(parameter: ir.Parameter, rules: tuple[str, ...]) -> Iterator[str]:
    yield parameter.description
    facts = [_limits(parameter.kind), *(["Required."] if parameter.required else []), *rules]
    if layouts.is_file(parameter.kind):
        facts.append("data_uri(path) of the provider makes one.")
    if parameter.default is not None:
        facts.append(_default(parameter, words.spoken(parameter.default)))
    if parameter.examples:
        facts.append(f"Examples: {', '.join(map(words.spoken, parameter.examples))}.")
    if parameter.wire != parameter.name:
        facts.append(f"The documents call it {parameter.wire}.")
    yield " ".join(facts)
    if parameter.advice is not None:
        yield f"Advised: {kind_words.advised(parameter.advice.kind)}. {parameter.advice.because}"
    if parameter.deprecated is not None:
        yield f"Deprecated: {parameter.deprecated}"
    if parameter.assumed is not None:
        yield f"Assumed: {parameter.assumed}"


def _default(parameter: ir.Parameter, default: str) -> str:
    match parameter.on_wire:
        case "always":
            return f"Left out, {default} is sent."
        case "never":
            return f"Left out, it counts as {default}, which is never sent."
        case None:
            asked = f"The documents give the default {default}, and ask for it all the same."
            return asked if parameter.required else f"Left out, it counts as {default}."


def _limits(kind: ir.Kind) -> str:
    text = kind_words.limits(kind)
    match ir.bare(kind):
        case ir.Choice(values=values):
            return f"{'Only ' if len(values) == 1 else 'One of ' if len(values) > 2 else ''}{text}."
        case ir.PixelSize() | ir.Url() | ir.Mixed(arms=(ir.Url(), *_)):
            return f"{text}."
        case _:
            return f"{text[:1].upper()}{text[1:]}."
