"""Lint of documented requests: the spec admits what its own document shows."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir, rule_sentences
from proviso.diagnostics import Diagnostic
from proviso.lint import keeping, limits, reading


def witness(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that every documented request is complete and within its limits."""
    for one in model.witnesses:
        read = list(reading.requests(model, one))
        for number, (given, problems) in enumerate(read, 1):
            which = f"request {number}: " if len(read) > 1 else ""
            for problem in (*problems, *_problems(model, given)):
                yield Diagnostic(one.place, f"witness {one.name!r}: {which}{problem}", "witness")


def params(model: ir.Model, one: ir.RequestWitness) -> list[dict[str, object]]:
    """Give the params of the requests that a documented body carries: of one, unless it may carry many."""
    return [given for given, _ in reading.requests(model, one)]


def _problems(model: ir.Model, params: dict[str, object]) -> Iterator[str]:
    for parameter in model.parameters:
        if parameter.name not in params:
            if parameter.required:
                yield f"{parameter.name} is required and missing"
        elif (why := limits.breach(parameter.kind, params[parameter.name])) is not None:
            yield f"{parameter.name} {why}"
    for rule in keeping.broken(model, params):
        if rule_sentences.is_advice(rule):
            continue
        if isinstance(rule, ir.Require):
            missing = (name for name in rule.parameters if name not in params)
            yield from (f"{name} is missing although a rule requires it here" for name in missing)
        else:
            yield from (
                f"it breaks the rule {rule_sentences.sentence(*one)[:-1]}" for one in rule_sentences.clauses(rule)
            )
