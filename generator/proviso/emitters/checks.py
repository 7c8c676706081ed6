"""Emits `checks.py` of a model: the function that finds every violation, a block a parameter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from proviso import check_words, ir, naming, rule_words, words
from proviso.render import render
from proviso.tree import File


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """The allowed values of a parameter, named after it."""

    name: str
    values: tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The checks of one parameter; `items` has those of a list's items, and `suspects` says which to look at."""

    name: str
    comment: str
    required: bool
    branches: tuple[check_words.Branch, ...]
    counts: tuple[check_words.Branch, ...] = ()
    suspects: str = ""
    items: tuple[check_words.Branch, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksContext:
    """Everything that `checks.py.jinja` may mention."""

    spec: str
    helpers: tuple[str, ...]
    constants: tuple[Constant, ...]
    names: tuple[str, ...]
    blocks: tuple[Block, ...]
    rules: tuple[rule_words.RuleBlock, ...]


def emit(provider: ir.Provider, model: ir.Model, package: str) -> Iterator[File]:
    """Yield the module with `violations`."""
    spelled = naming.constants(parameter.name for parameter in model.parameters)
    blocks = tuple(_block(parameter, spelled[parameter.name]) for parameter in model.parameters)
    kinds = {type(_item(parameter.kind)) for parameter in model.parameters}
    context = ChecksContext(
        spec=words.header(model.path),
        helpers=("pixels",) * (ir.PixelSize in kinds) + ("urls",) * (ir.Url in kinds) + ("violation",),
        constants=tuple(_constants(model, spelled)),
        names=tuple(parameter.name for parameter in model.parameters),
        blocks=blocks,
        rules=tuple(rule_words.rules(model)),
    )
    yield File(f"{words.folder(package, provider, model)}/checks.py", render("checks.py.jinja", context))


def _constants(model: ir.Model, spelled: dict[str, str]) -> Iterator[Constant]:
    for parameter in model.parameters:
        match _item(parameter.kind):
            case ir.Choice(values=values):
                yield Constant(name=f"{spelled[parameter.name]}_VALUES", values=values)
            case ir.PixelSize(tiers=tiers) if tiers:
                yield Constant(name=f"{spelled[parameter.name]}_TIERS", values=tiers)
            case _:
                pass


def _item(kind: ir.Kind) -> ir.ItemKind:
    return kind.items if isinstance(kind, ir.Sequence) else kind


def _block(parameter: ir.Parameter, constant: str) -> Block:
    at = repr(f"/{parameter.name}")
    comment = f"{parameter.name}: {words.limits(parameter.kind)}{', required' if parameter.required else ''}."
    kind = parameter.kind
    if not isinstance(kind, ir.Sequence):
        return Block(
            name=parameter.name,
            comment=comment,
            required=parameter.required,
            branches=tuple(check_words.branches(kind, "value", at, constant)),
        )
    return Block(
        name=parameter.name,
        comment=comment,
        required=parameter.required,
        branches=(
            check_words.Branch(
                fails="(items := violation.items(value)) is None", report=check_words.wrong_type(at, "value", "array")
            ),
        ),
        counts=tuple(check_words.counts(kind, at)),
        suspects="urls.suspects(items)" if isinstance(kind.items, ir.Url) else "enumerate(items)",
        items=tuple(check_words.branches(kind.items, "item", f'f"/{parameter.name}/{{index}}"', constant)),
    )
