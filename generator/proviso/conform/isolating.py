"""Why a request was refused that the documents allow: the one parameter in which it differs from an accepted one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from proviso.conform import demands, samples
from proviso.conform.exchanges import Reply
from proviso.conform.parameter_facts import EDGES, edge, parameter_name, title
from proviso.conform.samples import Held
from proviso.drawing.candidates import ABSENT
from proviso.oracle import limits
from proviso.oracle.exact import same
from proviso.oracle.subject import Params, Subject

_FROM_RESULTS = ("sizes[", "output.")
_OTHERS = 2  # values of a parameter that are tried in place of one


@dataclass(frozen=True, slots=True, kw_only=True)
class Culprit:
    """What of a request is refused. held: its values, mostly one. facts: those that are denied by it. good: params that are accepted."""

    held: Held
    facts: frozenset[str]
    good: Params


def isolated(subject: Subject, bad: Params, good: Params, ask: Callable[[Params], bool | None]) -> Culprit | None:
    """Return why some params are refused, by asking with ever fewer differences from params that are accepted.

    ask: whether params are accepted; None where that cannot be asked, and nothing can be told.
    """
    while len(differences := _differences(bad, good)) > 1:
        for half in _halves(differences):
            trial = _mixed(good, bad, half)
            if not samples.fits(subject, trial) or len(_differences(trial, bad)) in (0, len(differences)):
                continue
            accepted = ask(trial)
            if accepted is None:
                return None
            good, bad = (trial, bad) if accepted else (good, trial)
            break
        else:
            break  # the rules let none of them stand alone
    held: Held = {name: bad.get(name, ABSENT) for name in differences}
    alone = _alone(subject, held, bad, ask) if len(held) > 1 else None
    if alone is not None:
        held, good = alone
    return Culprit(held=held, facts=blamed(subject, held, bad, good), good=good)


def _alone(
    subject: Subject, held: Held, bad: Params, ask: Callable[[Params], bool | None]
) -> tuple[Held, Params] | None:
    """Return the one of several values without which a request is accepted, by asking with other values of each."""
    for name in held:
        others = [one.held[name] for one in demands.of(subject) if one.held.keys() == {name} and not one.is_met(bad)]
        for value in [one for one in others if one is not ABSENT][-_OTHERS:]:
            trial = {**bad, name: value}
            if samples.fits(subject, trial) and ask(trial):
                return {name: held[name]}, trial
    return None


def named(subject: Subject, bad: Params, reply: Reply) -> Culprit | None:
    """Return what a refusal itself names, where it names one parameter alone and nothing was ever accepted."""
    said = json.dumps(reply.body, ensure_ascii=False) if reply.text is None else reply.text
    found = [one.name for one in subject.model.parameters if re.search(rf"(?<!\w){re.escape(one.wire)}(?!\w)", said)]
    if len(found) != 1:
        return None
    held = {found[0]: bad.get(found[0], ABSENT)}
    facts = blamed(subject, held, bad, {name: value for name, value in bad.items() if name != found[0]})
    return Culprit(held=held, facts=facts, good={})


def blamed(subject: Subject, held: Held, bad: Params, good: Params) -> frozenset[str]:
    """Return the facts that do not hold when such values are refused: those about the fewest parameters."""
    met = [
        one
        for one in demands.of(subject)
        if one.is_met(bad) and not one.is_met(good) and one.held.keys() <= held.keys()
    ]
    about = [(len(one.held), fact) for one in met for fact in one.facts if _is_about_values(fact)]
    least = min((size for size, _ in about), default=0)
    sent = frozenset(_sent(subject, held, bad))
    # That a parameter may be sent at all is denied only where nothing more can be said of its value.
    return frozenset({fact for size, fact in about if size == least} | set(_at_edges(subject, held))) - sent or sent


def _at_edges(subject: Subject, held: Held) -> Iterator[str]:
    """Yield the limits at which the values stand."""
    for one in subject.model.parameters:
        value = held.get(one.name, ABSENT)
        size = len(value) if isinstance(value, str | list) else value
        for place, rule in limits.keywords(one.kind) if value is not ABSENT else ():
            if rule in EDGES and not place and same(edge(one.kind, rule), size):
                yield f"{title(subject, one.place.path)} {parameter_name(one.name, '', rule)}"


def _sent(subject: Subject, held: Held, bad: Params) -> Iterator[str]:
    """Yield the facts that some parameters may be sent, or left out, at all."""
    for one in subject.model.parameters:
        if one.name in held:
            rule = "" if one.name in bad else "required"
            yield f"{title(subject, one.place.path)} {parameter_name(one.name, '', rule)}"


def _is_about_values(fact: str) -> bool:
    what = fact.partition(" ")[2]
    return not what.startswith(_FROM_RESULTS) and not what.endswith(".default")


def _differences(one: Params, other: Params) -> list[str]:
    names = dict.fromkeys((*one, *other))
    return [name for name in names if name not in one or name not in other or not same(one[name], other[name])]


def _halves(names: list[str]) -> Iterator[list[str]]:
    """Yield parts of some names: a half, the other half, and then each alone, and each left out."""
    middle = len(names) // 2
    yield names[:middle]
    yield names[middle:]
    yield from ([name] for name in names)
    yield from ([other for other in names if other != name] for name in names)


def _mixed(good: Params, bad: Params, taken: list[str]) -> Params:
    mixed = {name: value for name, value in good.items() if name not in taken}
    return mixed | {name: bad[name] for name in taken if name in bad}
