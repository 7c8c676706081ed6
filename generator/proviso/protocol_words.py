"""Expressions that build the runtime's protocol objects from facts."""

from __future__ import annotations

from decimal import Decimal

from proviso import condition_words, ir, reply_matches, result_words, words


def job(one: ir.Job, paces: str) -> str:
    """Spell a job; `paces` is its schedule, spelled already, or nothing."""
    collect = "None" if one.collect is None else _fetch(one.collect)
    failure = "protocol.Failure(code=(), message=())"
    if isinstance(one.failure, ir.Failure):
        failure = f"protocol.Failure(code={one.failure.code!r}, message={one.failure.message!r})"
    retention = "None"
    if isinstance(one.retention, ir.Retention):
        retention = f"protocol.Retention(seconds={seconds(one.retention.seconds)}, since={one.retention.since!r})"
    submit = f"protocol.Submit(call={one.submit.call!r}, id={one.id!r}, reports={dict(one.submit.reports)!r})"
    return (
        f"protocol.Job(submit={submit}, poll={_fetch(one.poll)}, collect={collect}, "
        f"state={_state(one.state)}, failure={failure}, "
        f"results={result_words.python(one.results)}, {result_words.empty(one.empty)}"
        f"{f'schedule={paces}, ' if paces else ''}retention={retention})"
    )


def immediate(one: ir.Immediate) -> str:
    """Spell an operation that answers at once."""
    return f"protocol.Immediate(call={one.operation.call!r}, returns={one.returns!r})"


def schedule(paces: tuple[ir.Pace, ...] | ir.Unknown) -> str:
    """Spell when to poll; nothing where nothing is documented."""
    if isinstance(paces, ir.Unknown):
        return ""
    return f"({', '.join(map(_pace, paces))},)"


def seconds(value: Decimal | None) -> str:
    """Spell a duration as float seconds."""
    return "None" if value is None else repr(float(value))


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


def _fetch(one: ir.Operation) -> str:
    reports = dict(one.reports)
    return f"protocol.Fetch(call={one.call!r}, reads={one.reads!r}, expired={one.expired!r}, reports={reports!r})"


def _pace(one: ir.Pace) -> str:
    facts = [f"when={condition_words.function(one.when)}"] if one.when else []
    facts += [
        f"{name}={seconds(value)}"
        for name, value in (("first", one.first), ("every", one.every), ("limit", one.limit))
        if value is not None
    ]
    return f"protocol.Pace({', '.join(facts)})"
