"""Emits `checks.py` of a model: the function that finds every violation, a block a parameter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from proviso import check_functions, check_words, ir, layouts, naming, pixel_words, rule_words, words
from proviso.render import render
from proviso.tree import File


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeLimits:
    """Limits of a size, named after the parameters that have them first."""

    name: str
    limits: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksContext:
    """Everything that `checks.py.jinja` may mention."""

    spec: str
    helpers: tuple[str, ...]
    constants: tuple[check_functions.Constant, ...]
    names: tuple[str, ...]
    limits: tuple[SizeLimits, ...]
    blocks: tuple[check_functions.Block, ...]
    functions: tuple[check_functions.Function, ...]
    rules: tuple[rule_words.RuleBlock, ...]
    most: int


def emit(provider: ir.Provider, model: ir.Model, package: str) -> Iterator[File]:
    """Yield the module with `violations`."""
    limits = _size_limits(model)
    checks = check_functions.Checks(model.parameters, limits)
    kinds = [kind for one in model.parameters for kind in ir.every_kind(one.kind)]
    more = {
        "pixels": bool(limits),
        "rules": rule_words.uses_helpers(model),
        "several": layouts.most(model) > 1,
    }
    context = ChecksContext(
        spec=words.header(model.path),
        helpers=tuple(sorted({*check_words.helpers(kinds), *(name for name, used in more.items() if used)})),
        constants=tuple(checks.constants),
        names=tuple(parameter.name for parameter in model.parameters),
        limits=tuple(SizeLimits(name=name, limits=pixel_words.python(one)) for one, name in limits.items()),
        blocks=checks.blocks,
        functions=tuple(checks.functions),
        rules=tuple(rule_words.rules(model, limits)),
        most=layouts.most(model),
    )
    yield File(f"{words.folder(package, provider, model)}/checks.py", render("checks.py.jinja", context))


def _size_limits(model: ir.Model) -> dict[ir.PixelLimits, str]:
    """Name every limits of a size that a parameter or a rule has."""
    owners: dict[ir.PixelLimits, str] = {}
    for parameter in model.parameters:
        for kind in ir.every_kind(parameter.kind):
            if isinstance(kind, ir.PixelSize) and kind.limits is not None:
                owners.setdefault(kind.limits, parameter.name)
    for rule in model.rules:
        for one in rule.options if isinstance(rule, ir.AnyOf) else (rule,):
            if isinstance(one, ir.Pixels):
                owners.setdefault(one.limits, "_".join(one.parameters))
    names = naming.constants(f"{name}_pixels_{number}" for number, name in enumerate(owners.values(), 1))
    return dict(zip(owners, names.values(), strict=True))
