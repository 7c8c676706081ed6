"""Rows of the index about parameters and the members inside them."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir, kind_words, words
from proviso.markdown import cell, code

Row = tuple[str, ...]


def parameter_rows(model: ir.Model) -> Iterator[Row]:
    """Say what every parameter takes, in the columns of the table; the members inside it follow."""
    for parameter in model.parameters:
        doubts = words.doubts_about(model.doubts, parameter.name)
        rules = [rule for rule in model.rules if isinstance(rule, ir.Require) and parameter.name in rule.parameters]
        sent = " or ".join(f"when {words.conditions(rule.when)}" for rule in rules)
        said = f"In doubt: {', '.join(doubt.id for doubt in doubts)}." if doubts else ""
        yield _row(parameter, parameter.name, sent=sent, said=said)
        yield from _members(parameter.kind, parameter.name)


def _members(kind: ir.Kind, at: str) -> Iterator[Row]:
    match kind:
        case ir.Nullable(of=inner):
            yield from _members(inner, at)
        case ir.Sequence(items=items):
            yield from _members(items, f"{at}[]")
        case ir.Object(members=members):
            for one in members:
                yield _row(one, f"{at}.{one.name}")
                yield from _members(one.kind, f"{at}.{one.name}")
        case ir.Union(arms=arms, tag=None):
            for arm in arms:
                yield from _members(arm, at)
        case ir.Union(arms=arms):
            for arm, tag in zip(arms, kind_words.tags(kind), strict=True):
                yield from _members(arm, f"{at}({tag})")
        case _:
            pass


def _row(one: ir.Parameter, name: str, *, sent: str = "", said: str = "") -> Row:
    return (
        code(name),
        cell(kind_words.limits(one.kind)),
        cell("required" if one.required else sent or "optional"),
        "" if one.default is None else code(words.spoken(one.default)) + _ON_WIRE.get(one.on_wire or "", ""),
        cell(" ".join(filter(None, (*_remarks(one), said)))),
        cell(", ".join(one.sources)),
    )


_ON_WIRE = {"always": ", always sent", "never": ", never sent"}


def _remarks(one: ir.Parameter) -> Iterator[str]:
    yield one.description
    if one.wire != one.name:
        yield f"The documents call it {one.wire}."
    if one.advice is not None:
        yield f"Advised: {kind_words.advised(one.advice.kind)}. {one.advice.because}"
    if one.deprecated is not None:
        yield f"Deprecated: {one.deprecated}"
    if one.assumed is not None:
        yield f"Assumed: {one.assumed}"
