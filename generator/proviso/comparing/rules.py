"""Rules between parameters that came, went, or ask something else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from proviso import ir, rule_sentences, words
from proviso.comparing import bounds, pixels
from proviso.comparing.changes import Change, breaking, compatible, information
from proviso.comparing.facts import FACTS
from proviso.comparing.here import Here
from proviso.comparing.kinds import kinds
from proviso.comparing.walk import alike, compare

Rules = tuple[ir.Rule, ...]


def rules(here: Here, old: Rules, new: Rules) -> Iterator[Change]:
    """Yield every rule that is another, whatever order rules stand in."""
    before, after = list(old), list(new)
    for one in old:
        twin = next((other for other in after if alike(one, other)), None)
        if twin is not None:
            before.remove(one)
            after.remove(twin)
    if not before and not after and not alike(old, new):
        yield here.change(information("the rules stand in another order"), old=old, new=new)
    for one in before:
        other = next((other for other in after if _subject(one) == _subject(other) and one.when == other.when), None)
        other = other or next((other for other in after if _subject(one) == _subject(other)), None)
        there = here.into(f"[{_named(other or one)}]", one, other)
        if other is None:
            yield _gone(there, one)
        else:
            after.remove(other)
            yield from _others(there, one, other)
    for one in after:
        yield _came(here.into(f"[{_named(one)}]", None, one), one)


def _subject(one: ir.Rule) -> object:
    return rule_sentences.word(one), frozenset(rule_sentences.named(one))


def _named(one: ir.Rule) -> str:
    when = f" when {words.conditions(one.when)}" if one.when else ""
    return f"{rule_sentences.word(one)} {', '.join(rule_sentences.named(one))}{when}"


def _gone(here: Here, one: ir.Rule) -> Change:
    if rule_sentences.is_advice(one):
        return here.change(information("is advised no longer: {old}"), old=one, rule="advice")
    return here.change(compatible("requests need no longer keep to it: {old}"), old=one)


def _came(here: Here, one: ir.Rule) -> Change:
    if rule_sentences.is_advice(one):
        return here.change(information("is advised, and no request is refused for it: {new}"), new=one, rule="advice")
    return here.change(breaking("requests that do not keep to it are refused from now on: {new}"), new=one)


def _others(here: Here, old: ir.Rule, new: ir.Rule) -> Iterator[Change]:
    """Compare two rules of one kind about the same parameters."""
    advice = rule_sentences.is_advice(old), rule_sentences.is_advice(new)
    if advice == (True, True):
        yield here.change(information("is advised otherwise: {new}"), old=old, new=new, rule="advice")
    elif advice == (True, False):
        yield here.change(breaking("was advised, and is asked for from now on: {new}"), old=old, new=new)
    elif advice == (False, True):
        yield here.change(compatible("was asked for, and is advised alone from now on: {new}"), old=old, new=new)
    else:
        found = list(_asked(here, old, new))
        if old.sources != new.sources:
            found += compare(here.into("sources", old, new, FACTS[ir.Stated, "sources"]), old.sources, new.sources)
        yield from found or [here.change(here.fact.changed, old=old, new=new)]


def _asked(here: Here, old: ir.Rule, new: ir.Rule) -> Iterator[Change]:
    if old.when == new.when:
        yield from _limits(here, old, new)
    elif alike(replace(old, when=(), sources=()), replace(new, when=(), sources=())):
        fewer = all(one in new.when for one in old.when)
        verdict = (
            compatible("fewer requests must keep to it: {new}")
            if fewer
            else breaking("other requests must keep to it from now on: {new}")
        )
        yield here.change(verdict, old=old, new=new)
    else:
        yield here.change(here.fact.changed, old=old, new=new)


def _limits(here: Here, old: ir.Rule, new: ir.Rule) -> Iterator[Change]:
    end = f" when {words.conditions(new.when)}" if new.when else ""
    match old, new:
        case ir.Limit(), ir.Limit():
            before = dict(old.limits)
            for name, kind in new.limits:
                fact = replace(here.fact, what=f"{name}{end}")
                yield from kinds(replace(here.into(name, old, new), fact=fact), before[name], kind)
        case ir.Pixels(), ir.Pixels():
            fact = replace(here.fact, what=f"{', '.join(new.parameters)}{end}")
            yield from pixels.limits(replace(here, fact=fact), old.limits, new.limits)
        case ir.Total(), ir.Total():
            what = f"requests whose {new.how} of {', '.join(new.parameters)} is"
            ends = f"{what} below {{}}", f"{what} above {{}}"
            there = replace(here, fact=replace(here.fact, what=f"the rule{end}"))
            yield from bounds.least(there, "minimum", old.minimum, new.minimum, rule="rule", what=ends)
            yield from bounds.most(there, "maximum", old.maximum, new.maximum, rule="rule", what=ends)
        case _ if not alike(replace(old, sources=()), replace(new, sources=())):
            yield here.change(here.fact.changed, old=old, new=new)
        case _:
            pass
