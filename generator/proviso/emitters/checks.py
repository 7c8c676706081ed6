"""Emits `checks.py` of a model: the function that finds every violation, a block a parameter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from proviso import check_words, ir, naming, pixel_words, rule_words, words
from proviso.render import render
from proviso.tree import File


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """The allowed values of a parameter, named after it."""

    name: str
    values: tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeLimits:
    """Limits of a size, named after the parameters that have them first."""

    name: str
    limits: str


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
    limits: tuple[SizeLimits, ...]
    blocks: tuple[Block, ...]
    rules: tuple[rule_words.RuleBlock, ...]


def emit(provider: ir.Provider, model: ir.Model, package: str) -> Iterator[File]:
    """Yield the module with `violations`."""
    spelled = naming.constants(parameter.name for parameter in model.parameters)
    limits = _size_limits(model)
    blocks = tuple(_block(parameter, spelled[parameter.name], limits) for parameter in model.parameters)
    kinds = {type(_item(parameter.kind)) for parameter in model.parameters}
    context = ChecksContext(
        spec=words.header(model.path),
        helpers=("pixels",) * (ir.PixelSize in kinds or bool(limits))
        + ("rules",) * rule_words.uses_helpers(model)
        + ("urls",) * (ir.Url in kinds)
        + ("violation",),
        constants=tuple(_constants(model, spelled)),
        names=tuple(parameter.name for parameter in model.parameters),
        limits=tuple(SizeLimits(name=name, limits=pixel_words.python(one)) for one, name in limits.items()),
        blocks=blocks,
        rules=tuple(rule_words.rules(model, limits)),
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


def _size_limits(model: ir.Model) -> dict[ir.PixelLimits, str]:
    """Name every limits of a size that a parameter or a rule has."""
    owners: dict[ir.PixelLimits, str] = {}
    for parameter in model.parameters:
        kind = _item(parameter.kind)
        if isinstance(kind, ir.PixelSize) and kind.limits is not None:
            owners.setdefault(kind.limits, parameter.name)
    for rule in model.rules:
        for one in rule.options if isinstance(rule, ir.AnyOf) else (rule,):
            if isinstance(one, ir.Pixels):
                owners.setdefault(one.limits, "_".join(one.parameters))
    names = naming.constants(f"{name}_pixels_{number}" for number, name in enumerate(owners.values(), 1))
    return dict(zip(owners, names.values(), strict=True))


def _item(kind: ir.Kind) -> ir.ItemKind:
    return kind.items if isinstance(kind, ir.Sequence) else kind


def _block(parameter: ir.Parameter, constant: str, limits: rule_words.Constants) -> Block:
    at = repr(f"/{parameter.name}")
    comment = f"{parameter.name}: {words.limits(parameter.kind)}{', required' if parameter.required else ''}."
    kind = parameter.kind
    if not isinstance(kind, ir.Sequence):
        return Block(
            name=parameter.name,
            comment=comment,
            required=parameter.required,
            branches=tuple(check_words.branches(kind, "value", at, constant, limits)),
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
        items=tuple(check_words.branches(kind.items, "item", f'f"/{parameter.name}/{{index}}"', constant, limits)),
    )
