"""The JSON Schema of rules between parameters, and in words what JSON Schema cannot say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from proviso import ir, kind_schemas, pixel_words, rule_sentences, text_schemas, words
from proviso.condition_schemas import Places, at, holds, present

Schema = kind_schemas.Schema


def rules(model: ir.Model, places: Places) -> Iterator[Schema]:
    """Yield the rules of a model that refuse requests, as far as JSON Schema goes."""
    for rule in model.rules:
        found = () if rule_sentences.is_advice(rule) else tuple(_rule(model, rule, places))
        if found:
            then = _all(found)
            yield {"if": holds(rule.when, places), "then": then} if rule.when else then


def not_expressed(model: ir.Model) -> Iterator[str]:
    """Yield in words what the schema leaves out: a body that it admits may still break these."""
    for parameter in model.parameters:
        for kind in ir.every_kind(parameter.kind):
            if isinstance(kind, ir.PixelSize) and kind.limits is not None and not kind.limits.sizes:
                yield f"{parameter.name}: {pixel_words.spoken(kind.limits)}."
    for rule in model.rules:
        if not rule_sentences.is_advice(rule) and not _is_expressed(rule):
            yield from (rule_sentences.sentence(*clause) for clause in rule_sentences.clauses(rule))


def _rule(model: ir.Model, rule: ir.Rule, places: Places) -> Iterator[Schema]:
    match rule:
        case ir.Require(parameters=names):
            yield from (present(places[name]) for name in names)
        case ir.Forbid(parameters=names):
            for name in names:
                yield {"not": present(places[name])}
        case ir.Group(how=how, parameters=names):
            yield _group(how, [places[name] for name in names])
        case ir.Limit(limits=limits):
            yield from _limits(limits, places)
        case ir.Pixels():
            yield from _pixels(model, rule, places)
        case ir.AnyOf(options=options):
            if _is_expressed(rule):
                yield {"anyOf": [_all(tuple(_rule(model, one, places))) for one in options]}
        case ir.Total() | ir.EqualCounts():
            pass
        case ir.Sets(values=values):
            for name, value in values:
                yield at(places[name], {"const": words.plain(value)}, required=False)
        case _:
            assert_never(rule)


def _is_expressed(rule: ir.Rule) -> bool:
    """Tell whether the schema of a rule says all of it."""
    match rule:
        case ir.Total() | ir.EqualCounts():
            return False
        case ir.AnyOf(options=options):
            return all(map(_is_expressed, options))
        case ir.Pixels(parameters=names, limits=limits):
            across = (limits.least_area, limits.most_area, limits.least_ratio, limits.most_ratio)
            return bool(limits.sizes) or (len(names) > 1 and all(one is None for one in across))
        case _:
            return True


def _group(how: ir.Together, places: list[tuple[str, ...]]) -> Schema:
    there = [present(place) for place in places]
    none: Schema = {"not": {"anyOf": there}}
    match how:
        case "at_least_one":
            return {"anyOf": there}
        case "exactly_one":
            return {"oneOf": there}
        case "at_most_one":
            return {"not": {"allOf": there}} if len(there) == 2 else {"oneOf": [*there, none]}
        case "all_or_none" if len({place[:-1] for place in places}) == 1:
            names = [place[-1] for place in places]
            others = {name: [one for one in names if one != name] for name in names}
            return at(places[0][:-1], {"dependentRequired": others}, required=False)
        case "all_or_none":
            return {"anyOf": [{"allOf": there}, none]}
        case _:
            assert_never(how)


def _limits(limits: tuple[tuple[str, ir.Kind], ...], places: Places) -> Iterator[Schema]:
    for name, kind in limits:
        schema = kind_schemas.kind_schema(kind)
        # The items of a list are described where its own limits are.
        schema.pop("items", None)
        yield at(places[name], schema, required=False)


def _pixels(model: ir.Model, rule: ir.Pixels, places: Places) -> Iterator[Schema]:
    limits = rule.limits
    if len(rule.parameters) == 1:
        (parameter,) = (one for one in model.parameters if one.name in rule.parameters)
        kind = ir.bare(parameter.kind)
        if limits.sizes and isinstance(kind, ir.PixelSize):
            allowed = [*kind.tiers, *text_schemas.size_texts(kind, limits.sizes)]
            yield at(places[parameter.name], {"enum": allowed}, required=False)
        return
    if limits.sizes:
        yield _sizes(model, rule, places)
        return
    for name, side in zip(rule.parameters, (limits.width, limits.height), strict=True):
        if side != ir.Side():
            multiple = None if side.multiple_of == 1 else side.multiple_of
            bounds = kind_schemas.given(minimum=side.minimum, maximum=side.maximum, multipleOf=multiple)
            yield at(places[name], {"type": "integer", **bounds}, required=False)


def _sizes(model: ir.Model, rule: ir.Pixels, places: Places) -> Schema:
    """Describe the few sizes; a side that is left out is its default, or the size is not known."""
    defaults = [None if (one := model.parameter(name)) is None else one.default for name in rule.parameters]
    there = [present(places[name]) for name in rule.parameters]
    ways: list[Schema] = [{"not": {"anyOf": there}}]
    ways += [{"not": one} for one, default in zip(there, defaults, strict=True) if default is None]
    for size in rule.limits.sizes:
        sides = zip(rule.parameters, size, defaults, strict=True)
        ways.append(
            {"allOf": [at(places[name], {"const": side}, required=side != default) for name, side, default in sides]}
        )
    return {"anyOf": ways}


def _all(found: tuple[Schema, ...]) -> Schema:
    return found[0] if len(found) == 1 else {"allOf": list(found)}
