"""Expressions that build the runtime's protocol objects from facts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from proviso import condition_words, ir, reply_matches, result_words, words


def job(one: ir.Job, paces: str) -> str:
    """Spell a job; `paces` is its schedule, spelled already, or nothing."""
    collect = "None" if one.collect is None else _fetch(one.collect)
    cancel = "" if one.cancel is None else f", cancel={_fetch(one.cancel)}"
    failure = "protocol.Failure(code=(), message=())"
    if isinstance(one.failure, ir.Failure):
        failure = f"protocol.Failure(code={one.failure.code!r}, message={one.failure.message!r})"
    retention = "None"
    if isinstance(one.retention, ir.Retention):
        retention = f"protocol.Retention(seconds={seconds(one.retention.seconds)}, since={one.retention.since!r})"
    return (
        f"protocol.Job(submit={_submit(one)}, poll={_fetch(one.poll)}, collect={collect}{cancel}, "
        f"state={_state(one.state)}, failure={failure}, "
        f"results={result_words.python(one.results)}, {result_words.empty(one.empty)}"
        f"{f'schedule={paces}, ' if paces else ''}retention={retention})"
    )


def immediate(one: ir.Immediate) -> str:
    """Spell an operation that answers at once."""
    facts = [f"call={one.operation.call!r}"]
    facts += [f"returns={one.returns!r}"] if one.returns else []
    facts += [f"results={result_words.python(one.results)}"] if one.results else []
    facts += [result_words.empty(one.empty).removesuffix(", ")] if one.empty else []
    facts += [f"reports={dict(one.operation.reports)!r}"] if one.operation.reports else []
    facts += _cost(one.operation.cost)
    facts += [f"told={dict(one.operation.told)!r}"] if one.operation.told else []
    facts += [one.replace("cost=", "told_cost=", 1) for one in _cost(one.operation.told_cost)]
    facts += [] if one.stream is None else [f"stream={result_words.stream(one.stream)}"]
    return f"protocol.Immediate({', '.join(facts)})"


def schedule(paces: tuple[ir.Pace, ...] | ir.Unknown) -> str:
    """Spell when to poll; nothing where nothing is documented."""
    if isinstance(paces, ir.Unknown):
        return ""
    return f"({', '.join(map(_pace, paces))},)"


def seconds(value: Decimal | None) -> str:
    """Spell a duration as float seconds."""
    return "None" if value is None else repr(float(value))


def _submit(one: ir.Job) -> str:
    facts = [f"call={one.submit.call!r}", f"id={one.id!r}", f"reports={dict(one.submit.reports)!r}"]
    facts += _cost(one.submit.cost)
    facts += ["like_poll=True"] if one.like_poll else []
    if (wait := one.wait) is not None:
        most = seconds(wait.most)
        facts.append(f"wait=protocol.Patience({wait.where}={wait.name!r}, value={wait.value!r}, most={most})")
    return f"protocol.Submit({', '.join(facts)})"


def _cost(one: ir.CostAt | None) -> list[str]:
    return [] if one is None else [f"cost=protocol.CostAt(at={one.at!r}, unit={one.unit!r})"]


def _state(one: ir.State) -> str:
    phases = ", ".join(f"{words.plain(value)!r}: {phase!r}" for value, phase in one.phases)
    cases = "".join(
        f"protocol.Case(when={reply_matches.python(case.when)}, means={case.means!r}), " for case in one.cases
    )
    facts = [f"at={one.at!r}", f"phases={{{phases}}}"]
    facts += [f"cases=({cases})"] if cases else []
    facts += [f"absent={one.absent!r}"] if one.absent is not None else []
    facts += ["ignore_case=True"] if one.ignore_case else []
    return f"protocol.State({', '.join(facts)})"


def _fetch(one: ir.Fetch) -> str:
    facts = [f"call={one.call!r}"] if one.call is not None else []
    facts += [f"address={one.address!r}"] if one.address is not None else []
    facts += [f"body={template(one.body)!r}"] if one.body is not None else []
    facts += [f"reads={one.reads!r}", f"expired={one.expired!r}", f"reports={dict(one.reports)!r}"]
    facts += _cost(one.cost)
    return f"protocol.Fetch({', '.join(facts)})"


def template(one: ir.Template) -> object:
    """Turn the JSON of a body into what Python code carries."""
    match one:
        case tuple():
            return [template(item) for item in one]
        case Mapping():
            return {name: template(member) for name, member in one.items()}
        case None:
            return None
        case _:
            return words.plain(one)


def _pace(one: ir.Pace) -> str:
    facts = [f"when={condition_words.function(one.when)}"] if one.when else []
    facts += [
        f"{name}={seconds(value)}"
        for name, value in (("first", one.first), ("every", one.every), ("limit", one.limit))
        if value is not None
    ]
    if one.later:
        facts.append(f"later={tuple((float(age), float(every)) for age, every in one.later)!r}")
    return f"protocol.Pace({', '.join(facts)})"
