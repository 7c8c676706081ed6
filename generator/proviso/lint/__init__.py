"""What a spec must mean: every rule is a function that yields complaints about a model or a provider."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from proviso import ir
from proviso.diagnostics import Diagnostic
from proviso.lint import (
    access,
    amounts,
    callbacks,
    files,
    inputs,
    layouts,
    money,
    output,
    rate_limits,
    rates,
    refusals,
    replies,
    results,
    rules,
    several,
    sizes,
    stated_pixels,
    states,
    witnesses,
)

MODEL_RULES: tuple[Callable[[ir.Model], Iterator[Diagnostic]], ...] = (
    inputs.limits_possible,
    inputs.default,
    inputs.example,
    inputs.enum,
    rules.rule,
    rules.together,
    rules.schedule,
    inputs.advice,
    layouts.body,
    files.file,
    several.many,
    money.count,
    output.output,
    sizes.size_table,
    sizes.limits_of_sizes,
    sizes.table_within_limits,
    money.unit,
    money.formula,
    money.price,
    states.state,
    states.case,
    rates.rate,
    states.at_once,
    replies.blanked,
    replies.operation,
    results.result,
    callbacks.callback,
    witnesses.witness,
    stated_pixels.pixels,
    amounts.amount,
)


def provider(subject: ir.Provider) -> Iterator[Diagnostic]:
    """Yield every complaint about a provider and its models."""
    yield from inputs.module_name(subject)
    yield from access.addresses(subject)
    yield from access.settings(subject)
    yield from access.carried(subject)
    yield from access.optional(subject)
    yield from rate_limits.of_provider(subject)
    for model in subject.models:
        for rule in MODEL_RULES:
            yield from rule(model)
        yield from replies.reply_path(subject, model)
        yield from refusals.refusal(subject, model)
        yield from access.placeholders(subject, model)
        yield from layouts.beside(subject, model)
        yield from layouts.key_in_body(subject, model)
        yield from access.waits(subject, model)
        yield from access.fetched(subject, model)
        yield from rate_limits.of_model(subject, model)
