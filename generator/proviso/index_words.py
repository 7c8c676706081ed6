"""Rows of the index: facts in words, safe inside Markdown tables."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import assert_never

from proviso import ir, price_words, reply_matches, result_words, words
from proviso.formula_words import written
from proviso.index_access import access_rows
from proviso.markdown import cell, code

Row = tuple[str, ...]


def provider_rows(provider: ir.Provider) -> Iterator[tuple[str, str]]:
    """Yield what all models of a provider share."""
    yield "Address", code(provider.base_url)
    yield from access_rows(provider)
    if provider.envelope is not None:
        ok = " or ".join(words.spoken(value) for value in provider.envelope.ok)
        yield "Envelope", f"{code(provider.envelope.at)} is {cell(ok)}"
    if provider.job is not None:
        yield from job_rows(provider.job)
    for one in provider.reply_headers:
        yield cell(one.meaning.replace("_", " ").capitalize()), f"header {code(one.header)}{_time(one.unit)}"


def _time(unit: ir.TimeUnit | None) -> str:
    told = {"s": "in seconds", "ms": "in milliseconds", "unix": "in seconds since 1970", "date": "as a date"}
    return "" if unit is None else f", {told[unit]}"


def job_rows(job: ir.Job) -> Iterator[tuple[str, str]]:
    """Yield the course of a job."""
    yield "Submit", f"{code(job.submit.call)}, id at {code(job.id)}"
    yield "Poll", f"{code(job.poll.call)}, state at {code(job.state.at)}"
    if job.collect is not None:
        yield "Collect", code(job.collect.call)
    yield "States", cell(_states(job.state))
    yield "Results", ", ".join(_result(path, said) for path, said in result_words.spoken(job.results))
    for one in job.empty:
        yield "No result", cell(result_words.spoken_empty(one))
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


def _states(state: ir.State) -> str:
    told = [f"{case.means} when {reply_matches.spoken(case.when)}" for case in state.cases]
    told += [f"{words.spoken(value)} = {phase}" for value, phase in state.phases]
    told += [f"none = {state.absent}"] if state.absent is not None else []
    partial = f". {state.partial}" if state.partial else ""
    return ", ".join(told) + (" (in any case)" if state.ignore_case else "") + partial


def _result(path: str, said: str) -> str:
    return f"{code(path)} ({cell(said)})" if said else code(path)


def model_rows(model: ir.Model) -> Iterator[tuple[str, str]]:
    """Yield the facts of a model that are no parameters."""
    yield "Model id", code(model.id)
    if model.deprecated is not None:
        yield "Deprecated", cell(model.deprecated)
    if model.job is not None:
        yield "Jobs", code(model.job.submit.call.replace("{model}", model.id))
    if model.immediate is not None:
        returns = ", ".join(model.immediate.returns)
        yield "At once", f"{code(model.immediate.operation.call.replace('{model}', model.id))} returns {cell(returns)}"
    match model.price:
        case ir.UnknownPrice() as price:
            yield "Hold", "unknown"
            yield "Charge", cell(f"unknown: {price_words.unknown(price)}")
        case ir.Price() as price:
            yield "Hold", _held(price)
            yield "Charge", _charged(price)
        case ir.Prices(prices=prices):
            scopes = [cell(price_words.scope(one)) for one in prices]
            yield "Hold", "; ".join(f"{scope}: {_held(one)}" for scope, one in zip(scopes, prices, strict=True))
            yield "Charge", "; ".join(f"{scope}: {_charged(one)}" for scope, one in zip(scopes, prices, strict=True))
        case _:
            assert_never(model.price)
    if model.sizes is not None and model.sizes.partial is not None:
        yield "Sizes", cell(f"partial: {model.sizes.partial}")
    yield "Polls", cell(_schedule(model.schedule))
    yield "Documented in", cell(", ".join(model.sources))


def _held(price: ir.Price) -> str:
    return cell(_reckoned(price.hold))


def _charged(price: ir.Price) -> str:
    parts = [*map(price_words.rate, price.rates), *map(price_words.quantity, price.measured)]
    parts += [price_words.free(one) for one in (price.free,) if one is not None]
    return cell(f"{_reckoned(price.charge)}, with {'; '.join(parts)}")


def _reckoned(one: ir.Reckoned | ir.Unknown) -> str:
    return f"unknown: {one.why}" if isinstance(one, ir.Unknown) else written(one.formula)


def callback_row(model: ir.Model) -> Iterator[tuple[str, str]]:
    """Yield the callback, where there is one."""
    one = model.callback
    if one is not None:
        parts = [
            f"body not documented: {_clause(one.body.why)}"
            if isinstance(one.body, ir.Unknown)
            else f"same body as {one.body}"
        ]
        if one.acknowledge is not None:
            within = "" if one.within is None else f" within {_seconds(one.within)}"
            parts.append(f"answer {one.acknowledge}{within}")
        if one.retries is not None:
            parts.append(f"{one.retries} more tries")
        if one.signature is not None:
            parts.append(f"signature: {_clause(one.signature.why)}")
        says = f". {one.says}" if one.says is not None else ""
        yield "Callback", cell(f"to {one.parameter}: {'; '.join(parts)}{says}")


def _clause(text: str) -> str:
    """Give a sentence as a part of another, without its full stop."""
    return text.removesuffix(".")


def parameter_row(model: ir.Model, parameter: ir.Parameter) -> Row:
    """Say what a parameter takes, in the columns of the table."""
    doubts = words.doubts_about(model.doubts, parameter.name)
    remarks = [parameter.description]
    if parameter.deprecated is not None:
        remarks.append(f"Deprecated: {parameter.deprecated}")
    if parameter.assumed is not None:
        remarks.append(f"Assumed: {parameter.assumed}")
    if doubts:
        remarks.append(f"In doubt: {', '.join(doubt.id for doubt in doubts)}.")
    rules = [rule for rule in model.rules if isinstance(rule, ir.Require) and parameter.name in rule.parameters]
    sent = "required" if parameter.required else " or ".join(f"when {words.conditions(rule.when)}" for rule in rules)
    return (
        code(parameter.name),
        cell(words.limits(parameter.kind)),
        cell(sent or "optional"),
        "" if parameter.default is None else code(words.spoken(parameter.default)),
        cell(" ".join(remarks)),
        cell(", ".join(parameter.sources)),
    )


def size_rows(model: ir.Model) -> tuple[Row, tuple[Row, ...]]:
    """Lay the size table out: the first parameter down, the last across."""
    if model.sizes is None:
        return (), ()
    *down, across = range(len(model.sizes.by))
    columns = list(dict.fromkeys(row.values[across] for row in model.sizes.rows))
    lines: dict[Row, dict[str, str]] = {}
    for row in model.sizes.rows:
        lines.setdefault(tuple(row.values[at] for at in down), {})[row.values[across]] = "x".join(map(str, row.pixels))
    head = (*(cell(model.sizes.by[at]) for at in down), *(cell(f"{model.sizes.by[across]} {one}") for one in columns))
    return head, tuple((*map(cell, line), *(sizes.get(one, "") for one in columns)) for line, sizes in lines.items())


def _schedule(schedule: tuple[ir.Pace, ...] | ir.Unknown) -> str:
    if isinstance(schedule, ir.Unknown):
        return f"not documented: {schedule.why}"
    return "; ".join(map(_pace, schedule))


def _pace(pace: ir.Pace) -> str:
    parts = [
        f"{word} {_seconds(value)}"
        for word, value in (("first after", pace.first), ("every", pace.every), ("for at most", pace.limit))
        if value is not None
    ]
    if pace.typical is not None:
        parts.append(f"typically done in {_seconds(pace.typical[0])} to {_seconds(pace.typical[1])}")
    when = f"{words.conditions(pace.when)}: " if pace.when else ""
    return when + ", ".join(parts) + (f" (assumed: {pace.assumed})" if pace.assumed else "")


def _retention(retention: ir.Retention | ir.Unknown) -> str:
    if isinstance(retention, ir.Unknown):
        return f"not documented: {retention.why}"
    return f"{_seconds(retention.seconds)} from {retention.since}"


def _seconds(value: Decimal) -> str:
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if value >= size and value % size == 0:
            return f"{value // size} {unit}"
    return f"{value.normalize():f} s"
