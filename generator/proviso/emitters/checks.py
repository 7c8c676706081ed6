"""Emits `checks.py` of a model: the function that finds every violation, a block a parameter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from proviso import ir, naming, words
from proviso.render import render
from proviso.tree import File


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """The allowed values of a parameter, named after it."""

    name: str
    values: tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """An expression that is true of a wrong value, and the expression that reports it."""

    fails: str
    report: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The checks of one parameter; `items` has those of a list's items, and `suspects` says which to look at."""

    name: str
    comment: str
    required: bool
    branches: tuple[Branch, ...]
    counts: tuple[Branch, ...] = ()
    suspects: str = ""
    items: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBlock:
    """A rule between parameters: when it applies, and whom it asks for."""

    comment: str
    applies: str
    parameter: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksContext:
    """Everything that `checks.py.jinja` may mention."""

    spec: str
    helpers: tuple[str, ...]
    constants: tuple[Constant, ...]
    names: tuple[str, ...]
    blocks: tuple[Block, ...]
    rules: tuple[RuleBlock, ...]


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
        rules=tuple(_rules(model)),
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
            branches=tuple(_branches(kind, "value", at, constant)),
        )
    return Block(
        name=parameter.name,
        comment=comment,
        required=parameter.required,
        branches=(Branch(fails="(items := violation.items(value)) is None", report=_wrong_type(at, "value", "array")),),
        counts=tuple(_counts(kind, at)),
        suspects="urls.suspects(items)" if isinstance(kind.items, ir.Url) else "enumerate(items)",
        items=tuple(_branches(kind.items, "item", f'f"/{parameter.name}/{{index}}"', constant)),
    )


def _branches(kind: ir.ItemKind, value: str, at: str, constant: str) -> Iterator[Branch]:
    """Yield the branches in the order in which they are tried; the first that fails reports."""
    text = f"type({value}) is not str"
    broken = f"{text} or (not {value}.isascii() and violation.is_broken({value}))"
    match kind:
        case ir.Text(min_length=least, max_length=most):
            yield Branch(fails=broken, report=_wrong_type(at, value, "string"))
            if least is not None:
                yield _breach(f"len({value}) < {least}", at, "minLength", f"len({value})", repr(least))
            if most is not None:
                yield _breach(f"len({value}) > {most}", at, "maxLength", f"len({value})", repr(most))
        case ir.Choice(values=values) if isinstance(values[0], str):
            yield Branch(fails=text, report=_wrong_type(at, value, "string"))
            yield _breach(f"{value} not in {constant}_VALUES", at, "enum", value, f"{constant}_VALUES")
        case ir.Choice():
            yield Branch(fails=_is_no_integer(value, bind=True), report=_wrong_type(at, value, "integer"))
            yield _breach(f"whole not in {constant}_VALUES", at, "enum", "whole", f"{constant}_VALUES")
        case ir.Url(schemes=schemes):
            check = "is_https" if schemes == ("https",) else "is_http"
            yield Branch(fails=broken, report=_wrong_type(at, value, "string"))
            yield _breach(
                f"not urls.{check}({value})", at, "format", "None", repr(schemes[-1] if len(schemes) == 1 else "http")
            )
        case ir.PixelSize(tiers=tiers, separators=separators):
            tier = f"{value} not in {constant}_TIERS and " if tiers else ""
            yield Branch(fails=broken, report=_wrong_type(at, value, "string"))
            fails = f"{tier}not pixels.is_size({value}, {''.join(separators)!r})"
            yield _breach(fails, at, "pattern", value, repr(words.limits(kind)))
        case ir.Integer():
            bounds = tuple(_integer_bounds(kind, at))
            yield Branch(fails=_is_no_integer(value, bind=bool(bounds)), report=_wrong_type(at, value, "integer"))
            yield from bounds
        case ir.Number():
            bounds = tuple(_number_bounds(kind, at))
            found = f"(number := violation.number({value}))" if bounds else f"violation.number({value})"
            yield Branch(fails=f"{found} is None", report=_wrong_type(at, value, "number"))
            yield from bounds
        case ir.Flag():
            yield Branch(fails=f"type({value}) is not bool", report=_wrong_type(at, value, "boolean"))
        case _:
            assert_never(kind)


def _counts(kind: ir.Sequence, at: str) -> Iterator[Branch]:
    if kind.min_items is not None:
        yield _breach(f"len(items) < {kind.min_items}", at, "minItems", "len(items)", repr(kind.min_items))
    if kind.max_items is not None:
        yield _breach(f"len(items) > {kind.max_items}", at, "maxItems", "len(items)", repr(kind.max_items))
    if kind.unique:
        yield _breach("(double := violation.repeated(items)) is not None", at, "uniqueItems", "double", "None")


def _rules(model: ir.Model) -> Iterator[RuleBlock]:
    for rule in model.rules:
        for name in rule.parameters:
            because = words.conditions(rule.when)
            applies = " and ".join(map(_applies, rule.when))
            yield RuleBlock(
                comment=f"{name} is required when {because}.", applies=applies, parameter=name, because=because
            )


def _applies(one: ir.Condition) -> str:
    """Spell a condition; the type is asked first, since `==` of a foreign type may do anything."""
    given = f"given.get({one.parameter!r})"
    values = tuple(words.plain(value) for value in one.values)
    listed = repr(values[0]) if len(values) == 1 else repr(values)
    operator = "==" if len(values) == 1 else "in"
    match values[0]:
        case bool():
            holds = f"{given} is {listed}" if len(values) == 1 else f"type({given}) is bool"
        case str():
            holds = f"type(value := {given}) is str and value {operator} {listed}"
        case _:
            holds = f"violation.number({given}) {operator} {listed}"
    return f"({one.parameter!r} not in given or ({holds}))" if one.by_default else holds


def _is_no_integer(value: str, *, bind: bool) -> str:
    # Nearly every integer is an int, and then the call can be saved.
    if not bind:
        return f"type({value}) is not int and violation.whole({value}) is None"
    return f"(whole := {value} if type({value}) is int else violation.whole({value})) is None"


def _integer_bounds(kind: ir.Integer, at: str) -> Iterator[Branch]:
    if kind.minimum is not None:
        yield _breach(f"whole < {kind.minimum}", at, "minimum", "whole", repr(kind.minimum))
    if kind.maximum is not None:
        yield _breach(f"whole > {kind.maximum}", at, "maximum", "whole", repr(kind.maximum))
    if kind.multiple_of is not None:
        yield _breach(f"whole % {kind.multiple_of} != 0", at, "multipleOf", "whole", repr(kind.multiple_of))


def _number_bounds(kind: ir.Number, at: str) -> Iterator[Branch]:
    for rule, operator, bound in (
        ("minimum", "<", kind.minimum),
        ("exclusiveMinimum", "<=", kind.exclusive_minimum),
        ("maximum", ">", kind.maximum),
        ("exclusiveMaximum", ">=", kind.exclusive_maximum),
    ):
        if bound is not None:
            limit = repr(words.number(bound))
            yield _breach(f"number {operator} {limit}", at, rule, "number", limit)


def _breach(fails: str, at: str, rule: str, value: str, limit: str) -> Branch:
    return Branch(fails=fails, report=f"violation.Violation({at}, {rule!r}, {value}, {limit})")


def _wrong_type(at: str, value: str, expected: str) -> str:
    return f"violation.wrong_type({at}, {value}, {expected!r})"
