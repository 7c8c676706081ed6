"""Lint of rules between parameters: they can apply, be kept and be broken, and leave every parameter a use."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from proviso import ir, rule_sentences, words
from proviso.diagnostics import Diagnostic
from proviso.lint import conditions, domains, limits, narrowing, pixels
from proviso.lint.puzzle import OutOfTrials, Puzzle


def rule(model: ir.Model) -> Iterator[Diagnostic]:
    """Check every rule by itself."""
    for one in model.rules:
        yield from conditions.possible(model, one.when, "rule")
        for message in _alone(model, one):
            yield Diagnostic(one.place, message, "rule")


def together(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that rules contradict one another nowhere, and that each can be broken by itself."""
    if model.rules and not [*rule(model), *_unfit(model)]:
        puzzle = Puzzle.of(model)
        try:
            yield from _puzzled(model, puzzle)
        except OutOfTrials:
            return


def schedule(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that the conditions of a pace can hold."""
    if not isinstance(model.schedule, ir.Unknown):
        for pace in model.schedule:
            yield from conditions.possible(model, pace.when, "schedule")


def _unfit(model: ir.Model) -> Iterator[str]:
    yield from (why for one in model.parameters if (why := limits.impossible(one.kind)) is not None)


def _puzzled(model: ir.Model, puzzle: Puzzle) -> Iterator[Diagnostic]:
    dead = False
    for name, domain in puzzle.domains.items():
        parameter = model.parameter(name)
        assert parameter is not None
        can = {index: puzzle.can_be(name, value) for index, value in enumerate(domain.values)}
        sent = [index for index, value in enumerate(domain.values) if value is not domains.ABSENT]
        if not any(can.values()):
            yield Diagnostic(parameter.place, "the rules contradict one another: no request keeps them all", "rule")
            return
        if not any(can[index] for index in sent):
            dead = True
            yield Diagnostic(parameter.place, f"{name} can never be sent: the rules leave it no place", "rule")
        elif isinstance(ir.bare(parameter.kind), ir.Choice | ir.Flag):
            for index in (one for one in sent if not can[one]):
                dead = True
                shown = _spoken(domain.values[index])
                yield Diagnostic(parameter.place, f'{name} can never be "{shown}": the rules leave it no place', "rule")
    if dead:
        return
    for one in model.rules:
        if one.when and not puzzle.can_hold(one):
            yield Diagnostic(one.place, "it can never apply: other rules forbid every request that it is for", "rule")
        elif not puzzle.can_break_alone(one):
            message = "it adds nothing: whatever breaks it breaks another rule, or a limit, as well"
            yield Diagnostic(one.place, message, "rule")


def _spoken(value: object) -> str:
    return words.spoken(value) if isinstance(value, str | int | Decimal) else str(value)


def _alone(model: ir.Model, rule: ir.Rule) -> Iterator[str]:
    match rule:
        case ir.Require(parameters=names) | ir.Forbid(parameters=names):
            asked = [test.parameter for test in conditions.tests(rule.when)]
            yield from (f"{name} stands on both sides, so the rule says nothing" for name in asked if name in names)
            yield from _required(model, rule, names)
        case ir.Group(parameters=names):
            yield from _required(model, rule, names)
        case ir.Limit():
            yield from _limit(model, rule)
        case ir.Pixels():
            yield from _pixels(model, rule)
        case ir.AnyOf(options=options):
            for option in options:
                yield from _alone(model, option)
        case ir.Total(minimum=least, maximum=most):
            if least is not None and most is not None and least > most:
                yield f"it can never be kept: minimum {least} is more than maximum {most}"
        case ir.EqualCounts():
            pass
        case ir.Sets(values=values):
            for name, value in values:
                parameter = model.parameter(name)
                if parameter is not None and (why := limits.breach(parameter.kind, value)) is not None:
                    yield f'{name} can never be set to "{value}": it {why}'


def _pixels(model: ir.Model, rule: ir.Pixels) -> Iterator[str]:
    kinds = [ir.bare(one.kind) for name in rule.parameters if (one := model.parameter(name)) is not None]
    own = kinds[0].limits if len(kinds) == 1 and isinstance(kinds[0], ir.PixelSize) else None
    stated = rule.limits
    if len(kinds) == 2:
        width, height = kinds
        stated = pixels.narrowed(stated, (width, height))
        within = [size for size in stated.sizes if all(map(_allows, kinds, size))]
    else:
        within = [size for size in stated.sizes if own is None or pixels.breach(own, *size) is None]
    for size in stated.sizes:
        if size not in within:
            yield f"{size[0]}x{size[1]} can never be sent: it is outside the parameters' own limits"
    if (why := pixels.impossible(stated)) is not None:
        yield f"it can never be kept: {why}"
    else:
        yield from pixels.idle(stated)


def _allows(kind: ir.Kind, side: int) -> bool:
    return limits.breach(kind, side) is None


def _required(model: ir.Model, rule: ir.Require | ir.Forbid | ir.Group, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        parameter = model.parameter(name)
        if parameter is None or not parameter.required:
            continue
        match rule:
            case ir.Require():
                yield f"{name} is required anyway; the rule adds nothing"
            case ir.Forbid():
                yield f"{name} is required, so the rule forbids every request that it is for"
            case ir.Group(how=how):
                yield (
                    f"{name} is required, so {rule_sentences.word(rule)} says less than it seems: leave {name} out of it"
                    if how != "at_least_one"
                    else f"{name} is required anyway; the rule adds nothing"
                )


def _limit(model: ir.Model, rule: ir.Limit) -> Iterator[str]:
    for name, kind in rule.limits:
        parameter = model.parameter(name)
        if parameter is None:
            continue
        if (why := narrowing.impossible(ir.bare(parameter.kind), ir.bare(kind))) is not None:
            yield f"{name} can never be sent then: {why}"
        if isinstance(kind, ir.Choice):
            for value in kind.values:
                if (why := limits.breach(parameter.kind, value)) is not None:
                    yield f'{name} can never be "{value}": it {why}'
