"""Emits `params.py` of a model: the TypedDict of its flat parameters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from proviso import ir, rule_sentences, words
from proviso.render import render
from proviso.tree import File


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A parameter: its name, its spelled type, and the paragraphs of its docstring."""

    name: str
    type: str
    doc: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParamsContext:
    """Everything that `params.py.jinja` may mention."""

    spec: str
    title: str
    model: str
    imports: tuple[str, ...]
    notes: tuple[str, ...]
    fields: tuple[Field, ...]


def emit(provider: ir.Provider, model: ir.Model, package: str) -> Iterator[File]:
    """Yield the module with `Params`."""
    fields = tuple(_field(parameter, model) for parameter in model.parameters)
    kinds = [one.kind.items if isinstance(one.kind, ir.Sequence) else one.kind for one in model.parameters]
    imports = {
        "Literal": any(map(words.is_literal, kinds)),
        "Required": any(one.required for one in model.parameters),
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
        fields=fields,
    )
    yield File(f"{words.folder(package, provider, model)}/params.py", render("params.py.jinja", context))


def _field(parameter: ir.Parameter, model: ir.Model) -> Field:
    spelled = words.python_type(parameter.kind)
    return Field(
        name=parameter.name,
        type=f"Required[{spelled}]" if parameter.required else spelled,
        doc=tuple(_doc(parameter, model)),
    )


def _doc(parameter: ir.Parameter, model: ir.Model) -> Iterator[str]:
    yield parameter.description
    facts = [_limits(parameter.kind)]
    if parameter.required:
        facts.append("Required.")
    facts += [said for rule in model.rules for said in rule_sentences.about(rule, parameter.name)]
    if parameter.default is not None:
        default = words.spoken(parameter.default)
        asked = f"The documents give the default {default}, and ask for it all the same."
        facts.append(asked if parameter.required else f"Left out, it counts as {default}.")
    if parameter.examples:
        facts.append(f"Examples: {', '.join(map(words.spoken, parameter.examples))}.")
    yield " ".join(facts)
    if parameter.deprecated is not None:
        yield f"Deprecated: {parameter.deprecated}"
    if parameter.assumed is not None:
        yield f"Assumed: {parameter.assumed}"
    for doubt in words.doubts_about(model.doubts, parameter.name):
        yield f"In doubt ({doubt.id}): {doubt.ruling}"


def _limits(kind: ir.Kind) -> str:
    text = words.limits(kind)
    match kind:
        case ir.Choice(values=values):
            return f"{'Only ' if len(values) == 1 else 'One of ' if len(values) > 2 else ''}{text}."
        case ir.PixelSize() | ir.Url():
            return f"{text}."
        case _:
            return f"{text[:1].upper()}{text[1:]}."
