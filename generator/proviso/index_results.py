"""Rows of the index about results: where they stand, what a success without any means, and what comes at once."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir, result_words, words
from proviso.markdown import cell, code


def places(results: tuple[ir.ResultsAt, ...]) -> str:
    """Say where results stand, and how they are written there."""
    told = result_words.spoken(results)
    return ", ".join(f"{code(path)} ({cell(said)})" if said else code(path) for path, said in told)


def empty_rows(empty: tuple[ir.Empty, ...]) -> Iterator[tuple[str, str]]:
    """Yield what it means that a success has no result."""
    for one in empty:
        yield "No result", cell(result_words.spoken_empty(one))


def _streamed(stream: ir.Stream) -> str:
    when = f" when {cell(words.conditions(stream.when))}" if stream.when else ""
    partial = f", partial ones with {_named(stream.partial)}" if stream.partial is not None else ""
    failed = f"; {cell(', '.join(stream.failed))} tells of a failure" if stream.failed else ""
    end = f"; it ends with {code(stream.end)}" if stream.end is not None else ""
    return f"{when} (results come with {_named(stream.completed)}{partial}{failed}{end})"


def _named(one: ir.Events) -> str:
    return f"{cell(', '.join(one.names))} at {places(one.results)}"


def at_once_rows(model: ir.Model) -> Iterator[tuple[str, str]]:
    """Yield the call that answers at once, where there is one."""
    if (at_once := model.immediate) is None:
        return
    returns = [cell(", ".join(at_once.returns))] if at_once.returns else []
    returns += [f"JSON with results at {places(at_once.results)}"] if at_once.results else []
    returns += [f"a stream of events{_streamed(at_once.stream)}"] if at_once.stream is not None else []
    numbers = "; ".join(f"{code(name)} at {code(path)}" for name, path in at_once.operation.reports)
    known = [*at_once.operation.told, *([("cost", cost.at)] if (cost := at_once.operation.told_cost) else [])]
    numbers = "; ".join(
        filter(None, (numbers, *(f"{code(name)} in the header {code(header)}" for name, header in known)))
    )
    told = f", and reports {numbers}" if numbers else ""
    yield "At once", f"{code(at_once.operation.call.replace('{model}', model.id))} returns {' or '.join(returns)}{told}"
    yield from empty_rows(at_once.empty)
