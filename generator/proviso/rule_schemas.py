"""The JSON Schema of rules between parameters, and in words what JSON Schema cannot say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from proviso import ir, kind_schemas, kind_words, layouts, pixel_words, rule_sentences, text_schemas, words
from proviso.condition_schemas import NEVER, Places, Schema, at, holds, inside, present, tests


def rules(model: ir.Model, places: Places) -> Iterator[Schema]:
    """Yield the rules of a model that refuse requests, as far as JSON Schema goes."""
    for rule in model.rules:
        if rule_sentences.is_advice(rule) or not places.knows(*_looked_at(rule)):
            continue
        found, when = tuple(_rule(model, rule, places)), holds(rule.when, places)
        if found and when != NEVER:
            then = _all(found)
            yield {"if": when, "then": then} if when else then


def not_expressed(model: ir.Model) -> Iterator[str]:
    """Yield in words what the schema leaves out: a body that it admits may still break these."""
    texts = {name for arm in layouts.arms(model.body) for name in layouts.as_json(arm.body)}
    for parameter in model.parameters:
        if parameter.name in texts:
            yield f"{parameter.name}: JSON text that holds this: {kind_words.limits(parameter.kind)}."
        for kind in ir.every_kind(parameter.kind):
            if isinstance(kind, ir.PixelSize) and kind.limits is not None and not kind.limits.sizes:
                yield f"{parameter.name}: {pixel_words.spoken(kind.limits)}."
            if isinstance(kind, ir.Formatted) and kind.max_bytes is not None:
                yield f"{parameter.name}: holds at most {kind.max_bytes} bytes."
    for rule in model.rules:
        beside = set(layouts.beside(model)) & set(_looked_at(rule))
        if not rule_sentences.is_advice(rule) and (beside or not _is_expressed(rule)):
            yield from (rule_sentences.sentence(*clause) for clause in rule_sentences.clauses(rule))


def _looked_at(rule: ir.Rule) -> tuple[str, ...]:
    return (*rule_sentences.named(rule), *(test.parameter for one in rule.when for test in tests(one)))


def _rule(model: ir.Model, rule: ir.Rule, places: Places) -> Iterator[Schema]:
    match rule:
        case ir.Require(parameters=names):
            yield from (there for name in names if (there := present(name, places)) != {})
        case ir.Forbid(parameters=names):
            for name in names:
                if (there := present(name, places)) != NEVER:
                    yield {"not": there}
        case ir.Group(how=how, parameters=names):
            yield _group(how, names, places)
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
                if name in places.fixed:
                    continue
                yield at(name, places, {"const": words.plain(value)}, required=False)
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


def _group(how: ir.Together, names: tuple[str, ...], places: Places) -> Schema:
    there = [present(name, places) for name in names]
    none: Schema = {"not": {"anyOf": there}}
    match how:
        case "at_least_one":
            return {"anyOf": there}
        case "exactly_one":
            return {"oneOf": there}
        case "at_most_one":
            return {"not": {"allOf": there}} if len(there) == 2 else {"oneOf": [*there, none]}
        case "all_or_none":
            spots = [places.spots.get(name, (0,)) for name in names]
            if len({spot[:-1] for spot in spots}) == 1 and all(isinstance(spot[-1], str) for spot in spots):
                members = [str(spot[-1]) for spot in spots]
                others = {name: [one for one in members if one != name] for name in members}
                return inside(spots[0][:-1], {"dependentRequired": others}, required=False)
            return {"anyOf": [{"allOf": there}, none]}
        case _:
            assert_never(how)


def _limits(limits: tuple[tuple[str, ir.Kind], ...], places: Places) -> Iterator[Schema]:
    for name, kind in limits:
        if name in places.fixed:
            continue
        schema = kind_schemas.kind_schema(kind)
        # The items of a list are described where its own limits are.
        schema.pop("items", None)
        yield at(name, places, schema, required=False)


def _pixels(model: ir.Model, rule: ir.Pixels, places: Places) -> Iterator[Schema]:
    limits = rule.limits
    if any(name in places.fixed for name in rule.parameters):
        return
    if len(rule.parameters) == 1:
        (parameter,) = (one for one in model.parameters if one.name in rule.parameters)
        kind = ir.bare(parameter.kind)
        if limits.sizes and isinstance(kind, ir.PixelSize):
            allowed = [*kind.tiers, *text_schemas.size_texts(kind, limits.sizes)]
            yield at(parameter.name, places, {"enum": allowed}, required=False)
        return
    if limits.sizes:
        yield _sizes(model, rule, places)
        return
    for name, side in zip(rule.parameters, (limits.width, limits.height), strict=True):
        if side != ir.Side():
            multiple = None if side.multiple_of == 1 else side.multiple_of
            bounds = kind_schemas.given(minimum=side.minimum, maximum=side.maximum, multipleOf=multiple)
            yield at(name, places, {"type": "integer", **bounds}, required=False)


def _sizes(model: ir.Model, rule: ir.Pixels, places: Places) -> Schema:
    """Describe the few sizes; a side that is left out is its default, or the size is not known."""
    defaults = [None if (one := model.parameter(name)) is None else one.default for name in rule.parameters]
    there = [present(name, places) for name in rule.parameters]
    ways: list[Schema] = [{"not": {"anyOf": there}}]
    ways += [{"not": one} for one, default in zip(there, defaults, strict=True) if default is None]
    for size in rule.limits.sizes:
        sides = zip(rule.parameters, size, defaults, strict=True)
        ways.append(
            {"allOf": [at(name, places, {"const": side}, required=side != default) for name, side, default in sides]}
        )
    return {"anyOf": ways}


def _all(found: tuple[Schema, ...]) -> Schema:
    return found[0] if len(found) == 1 else {"allOf": list(found)}
