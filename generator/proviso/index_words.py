"""Rows of the index: facts in words, safe inside Markdown tables."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import callback_words, index_jobs, index_output, index_price, ir, layouts, words
from proviso.index_access import access_rows
from proviso.index_results import at_once_rows
from proviso.markdown import cell, code, seconds

Row = tuple[str, ...]


def provider_rows(provider: ir.Provider) -> Iterator[tuple[str, str]]:
    """Yield what all models of a provider share."""
    yield "Address", code(provider.base_url)
    yield from access_rows(provider)
    if provider.envelope is not None:
        ok = " or ".join(words.spoken(value) for value in provider.envelope.ok)
        yield "Envelope", f"{code(provider.envelope.at)} is {cell(ok)}"
    if provider.job is not None:
        yield from index_jobs.job_rows(provider.job)
    for one in provider.reply_headers:
        yield cell(one.meaning.replace("_", " ").capitalize()), f"header {code(one.header)}{_time(one.unit)}"
    yield "Facts of all models", known(provider.coverage)


def known(coverage: ir.Coverage) -> str:
    """Tell how many facts a spec file states, and how they are known."""
    neither = coverage.facts - coverage.cited - coverage.assumed
    parts = [f"{coverage.cited} cited from a page", f"{coverage.assumed} assumed"]
    parts += [f"{neither} without a citation"] if neither else []
    parts += [f"{coverage.doubted} in doubt"] if coverage.doubted else []
    more = f"; {coverage.unknown} more {'is' if coverage.unknown == 1 else 'are'} not known" if coverage.unknown else ""
    return f"{coverage.facts}: {', '.join(parts)}{more}"


def _time(unit: ir.TimeUnit | None) -> str:
    told = {"s": "in seconds", "ms": "in milliseconds", "unix": "in seconds since 1970", "date": "as a date"}
    return "" if unit is None else f", {told[unit]}"


def model_rows(model: ir.Model) -> Iterator[tuple[str, str]]:
    """Yield the facts of a model that are no parameters."""
    yield "Model id", code(model.id)
    if model.deprecated is not None:
        yield "Deprecated", cell(model.deprecated)
    if model.job is not None:
        most = layouts.most(model)
        several = f", several tasks in one request, at most {most}" if most > 1 else ""
        yield "Jobs", f"{code(model.job.submit.call.replace('{model}', model.id))}{several}"
    yield from at_once_rows(model)
    yield from index_output.rows(model)
    yield from index_price.rows(model)
    if model.job is not None:
        yield "Polls", cell(index_jobs.schedule(model.schedule))
    yield "Documented in", cell(", ".join(model.sources))
    yield "Facts", known(model.coverage)


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
            within = "" if one.within is None else f" within {seconds(one.within)}"
            parts.append(f"answer {one.acknowledge}{within}")
        if one.retries is not None:
            parts.append(f"{one.retries} more {'try' if one.retries == 1 else 'tries'}")
        if isinstance(one.signature, ir.Unknown):
            parts.append(f"signature: {_clause(one.signature.why)}")
        elif one.signature is not None:
            parts.append(f"signature: {callback_words.spoken(one.signature)}")
        says = f". {one.says}" if one.says is not None else ""
        yield "Callback", cell(f"to {one.parameter}: {'; '.join(parts)}{says}")


def _clause(text: str) -> str:
    """Give a sentence as a part of another, without its full stop."""
    return text.removesuffix(".")


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
