"""Expressions that check the rules between parameters, and report what breaks them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from proviso import condition_words, ir, limit_words, rule_sentences, words
from proviso.check_words import Branch
from proviso.condition_words import absent, present

Constants = Mapping[ir.PixelLimits, str]
"""The names of the module's constants for limits of sizes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleBlock:
    """A rule between parameters; every branch is tried."""

    comment: str
    branches: tuple[Branch, ...]


def rules(model: ir.Model, constants: Constants) -> Iterator[RuleBlock]:
    """Yield the checks of the rules of a model."""
    for rule in model.rules:
        comment = " ".join(rule_sentences.sentence(*clause) for clause in rule_sentences.clauses(rule))
        yield RuleBlock(comment=comment, branches=tuple(_branches(model, rule, constants)))


def uses_helpers(model: ir.Model) -> bool:
    """Tell whether checks of the rules ask the runtime's helpers for rules."""
    return any(not isinstance(rule, ir.Require | ir.Forbid | ir.Group) for rule in model.rules)


def _branches(model: ir.Model, rule: ir.Rule, constants: Constants) -> Iterator[Branch]:
    match rule:
        case ir.Require(parameters=names):
            for name in names:
                yield _branch(rule, absent(name), at=_at(name))
        case ir.Forbid(parameters=names):
            for name in names:
                yield _branch(rule, present(name), at=_at(name))
        case ir.Group():
            yield from _group(rule)
        case ir.Limit(limits=limits):
            for name, kind in limits:
                for breach in limit_words.breaches(name, kind):
                    fails, allowed = f"{breach.fails} and {_sound((name,))}", f"({breach.keyword!r}, {breach.limit})"
                    yield _branch(rule, fails, at=_at(name), value=breach.value, allowed=allowed)
        case ir.Pixels():
            yield _pixels(model, rule, constants[rule.limits])
        case ir.AnyOf():
            names = rule_sentences.named(rule)
            broken = " and ".join(f"({_broken(model, one, constants)})" for one in rule.options)
            options = repr(rule_sentences.options(rule))
            yield _branch(rule, f"{broken} and {_sound(names)}", at=_first(names), allowed=options)
        case ir.Total():
            yield from _total(model, rule)
        case ir.EqualCounts(parameters=names):
            fails = f"len(set(counts := rules.counts(given, {names!r}))) > 1 and {_sound(names)}"
            yield _branch(rule, fails, at=_first(names), value="counts", allowed=repr(names))
        case ir.Sets(values=values):
            for name, value in values:
                other = ir.Unless(conditions=(ir.Among(parameter=name, values=(value,)),))
                fails = f"{present(name)} and {condition_words.python((other,))} and {_sound((name,))}"
                allowed = repr(words.plain(value))
                yield _branch(rule, fails, at=_at(name), value=f"given[{name!r}]", allowed=allowed)
        case _:
            assert_never(rule)


def _group(rule: ir.Group) -> Iterator[Branch]:
    names, listed = rule.parameters, repr(rule.parameters)
    if rule.how == "all_or_none":
        for name in names:
            others = [present(one) for one in names if one != name]
            yield _branch(rule, f"{absent(name)} and {_either(others)}", at=_at(name), allowed=listed)
    if rule.how in ("at_most_one", "exactly_one"):
        for index, name in enumerate(names[1:], start=1):
            earlier = list(map(present, names[:index]))
            fails = f"{present(name)} and {_either(earlier)}"
            yield _branch(rule, fails, at=_at(name), value=repr(name), allowed=listed)
    if rule.how in ("at_least_one", "exactly_one"):
        yield _branch(rule, " and ".join(map(absent, names)), at="''", allowed=listed)


def _either(tests: list[str]) -> str:
    return f"({' or '.join(tests)})" if len(tests) > 1 else tests[0]


def _total(model: ir.Model, rule: ir.Total) -> Iterator[Branch]:
    counted = {name: _when_absent(model, name, rule.how) for name in rule.parameters}
    total = f"(total := rules.{rule.how}_of(given, {counted!r}))"
    for keyword, operator, bound in (("minimum", "<", rule.minimum), ("maximum", ">", rule.maximum)):
        if bound is not None:
            fails = f"{total} {operator} {bound} and {_sound(rule.parameters)}"
            allowed = f"({keyword!r}, {bound}, {rule.parameters!r})"
            yield _branch(rule, fails, at=_first(rule.parameters), value="total", allowed=allowed)


def _when_absent(model: ir.Model, name: str, how: ir.Counting) -> int:
    parameter = model.parameter(name)
    if parameter is None or isinstance(ir.bare(parameter.kind), ir.Sequence):
        return 0
    if isinstance(parameter.default, int):
        return parameter.default
    # What is passed over changes neither a sum nor a product.
    return 0 if how == "sum" else 1


def _pixels(model: ir.Model, rule: ir.Pixels, constant: str) -> Branch:
    names = rule.parameters
    fails, allowed = f"{_broken_size(model, rule, constant)} and {_sound(names)}", f"(broken, {constant})"
    if len(names) == 1:
        return _branch(rule, fails, at=_at(names[0]), value="value", allowed=allowed)
    value = f"rules.pair(given, {names!r}{_beside(model, names)})"
    return _branch(rule, fails, at=f"rules.side(given, {names!r}, broken)", value=value, allowed=allowed)


def _broken(model: ir.Model, option: ir.Limit | ir.Pixels, constants: Constants) -> str:
    if isinstance(option, ir.Pixels):
        return _broken_size(model, option, constants[option.limits])
    found = [breach.fails for name, kind in option.limits for breach in limit_words.breaches(name, kind)]
    return " or ".join(f"({one})" for one in found) if len(found) > 1 else found[0]


def _broken_size(model: ir.Model, rule: ir.Pixels, constant: str) -> str:
    if len(rule.parameters) == 1:
        (name,) = rule.parameters
        parameter = model.parameter(name)
        assert parameter is not None
        kind = ir.bare(parameter.kind)
        assert isinstance(kind, ir.PixelSize)
        text, separators = f"type(value := given.get({name!r})) is str", "".join(kind.separators)
        tiers = f" and value not in {kind.tiers!r}" if kind.tiers else ""
        return f"{text}{tiers} and (broken := {constant}.of_text(value, {separators!r})) is not None"
    sides = ", ".join(f"violation.whole(given.get({name!r}))" for name in rule.parameters)
    return f"(broken := {constant}.broken({sides}{_beside(model, rule.parameters)})) is not None"


def _beside(model: ir.Model, names: tuple[str, ...]) -> str:
    defaults = tuple(None if (one := model.parameter(name)) is None else one.default for name in names)
    return "" if defaults == (None, None) else f", {defaults!r}"


def _branch(rule: ir.Rule, fails: str, *, at: str, value: str = "None", allowed: str = "") -> Branch:
    when = (condition_words.python(rule.when),) if rule.when else ()
    # A condition assigns to `value` as well, so what is reported is looked at last.
    asked = (fails, *when) if value == "None" else (*when, fails)
    facts = [
        *([allowed] if allowed else []),
        *([f"when={words.conditions(rule.when)!r}"] if rule.when else []),
        *([f"why={rule.advice!r}"] if rule.advice is not None else []),
    ]
    name = rule_sentences.word(rule)
    severity = ", 'advice'" if rule_sentences.is_advice(rule) else ""
    made = f"violation.Violation({at}, {name!r}, {value}, violation.Terms({', '.join(facts)}){severity})"
    return Branch(when=" and ".join(asked), then=f"found.append({made})")


def _at(name: str) -> str:
    return repr(f"/{name}")


def _first(names: tuple[str, ...]) -> str:
    return f"rules.first(given, {names!r})"


def _sound(names: tuple[str, ...]) -> str:
    return f"rules.are_sound(found, {', '.join(map(_at, names))})"
