"""Rows of the index about jobs: their calls, their states, and when to ask about them."""

from __future__ import annotations

import json
from collections.abc import Iterator

from proviso import ir, protocol_words, reply_matches, words
from proviso.index_results import empty_rows, places
from proviso.markdown import cell, code, seconds


def job_rows(job: ir.Job) -> Iterator[tuple[str, str]]:
    """Yield how a job is submitted, asked about and collected."""
    yield "Submit", f"{code(job.submit.call)}, {_id(job)}{_at_once(job)}"
    state = "the HTTP status is the state" if job.state.at == ir.HTTP_STATUS else f"state at {code(job.state.at)}"
    yield "Poll", f"{_call(job.poll)}, {state}"
    if job.collect is not None:
        yield "Collect", _call(job.collect, told_by="submit or poll")
    if job.cancel is not None:
        yield "Cancel", _call(job.cancel)
    yield "States", cell(_states(job.state))
    yield "Results", places(job.results)
    yield from empty_rows(job.empty)
    if isinstance(job.failure, ir.Unknown):
        yield "Failures", f"not documented: {cell(job.failure.why)}"
    else:
        where = ", ".join(code(path) for path in (*job.failure.code, *job.failure.message))
        codes = f"; codes: {cell(', '.join(job.failure.codes))}" if job.failure.codes else ""
        yield "Failures", f"at {where}{codes}" + (f". {cell(job.failure.open)}" if job.failure.open else "")
    yield "Kept", cell(_retention(job.retention))
    operations = (("submit", job.submit), ("poll", job.poll), *((("collect", job.collect),) if job.collect else ()))
    gone = [f"{', '.join(map(str, one.expired))} of {name}" for name, one in operations if one.expired]
    if gone:
        yield "Unknown or expired job", f"status {'; '.join(gone)}"
    reports = [f"{code(name)} at {code(path)} of {of}" for of, one in operations for name, path in one.reports]
    if reports:
        yield "Reported numbers", "; ".join(reports)


def _id(job: ir.Job) -> str:
    return "id chosen by the client" if job.id == ir.CHOSEN_ID else f"id at {code(job.id)}"


def _at_once(job: ir.Job) -> str:
    told = "; it tells what a poll would" if job.like_poll else ""
    if job.wait is None:
        return told
    asked = f"header {code(job.wait.name)}" if job.wait.where == "header" else f"query {code(job.wait.name)}"
    return f"{told}, and waits for the result up to {seconds(job.wait.most)} when {asked} is {code(job.wait.value)}"


def _call(one: ir.Fetch, *, told_by: str = "submit") -> str:
    ways = [f"the address at {code(one.address)} of the reply to {told_by}"] if one.address is not None else []
    ways += [code(one.call)] if one.call is not None else []
    body = "" if one.body is None else f" with {code(json.dumps(protocol_words.template(one.body)))}"
    return " or ".join(ways) + body


def _states(state: ir.State) -> str:
    told = [f"{case.means} when {reply_matches.spoken(case.when)}" for case in state.cases]
    told += [f"{words.spoken(value)} = {phase}" for value, phase in state.phases]
    told += [f"none = {state.absent}"] if state.absent is not None else []
    partial = f". {state.partial}" if state.partial else ""
    return ", ".join(told) + (" (in capitals or small letters)" if state.ignore_case else "") + partial


def schedule(paces: tuple[ir.Pace, ...] | ir.Unknown) -> str:
    """Say when to poll."""
    if isinstance(paces, ir.Unknown):
        return f"not documented: {paces.why}"
    return "; ".join(map(_pace, paces))


def _pace(pace: ir.Pace) -> str:
    parts = [
        f"{word} {seconds(value)}"
        for word, value in (("first after", pace.first), ("every", pace.every))
        if value is not None
    ]
    parts += [f"from an age of {seconds(age)} every {seconds(every)}" for age, every in pace.later]
    parts += [f"for at most {seconds(pace.limit)}"] if pace.limit is not None else []
    if pace.typical is not None:
        parts.append(f"typically done in {seconds(pace.typical[0])} to {seconds(pace.typical[1])}")
    when = f"{words.conditions(pace.when)}: " if pace.when else ""
    return when + ", ".join(parts) + (f" (assumed: {pace.assumed})" if pace.assumed else "")


def _retention(retention: ir.Retention | ir.Unknown) -> str:
    if isinstance(retention, ir.Unknown):
        return f"not documented: {retention.why}"
    return f"{seconds(retention.seconds)} from {retention.since}"
