"""Lint of rules and conditions: they can apply, and be kept."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir
from proviso.diagnostics import Diagnostic
from proviso.lint import conditions


def rule(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that every rule can apply, and can be kept when it does."""
    for one in model.rules:
        yield from conditions.possible(model, one.when, "rule")
        for test in conditions.tests(one.when):
            if test.parameter in one.parameters:
                message = f"{test.parameter} stands on both sides, so the rule says nothing"
                yield Diagnostic(one.place, message, "rule")
        for name in one.parameters:
            parameter = model.parameter(name)
            if parameter is not None and parameter.required:
                yield Diagnostic(one.place, f"{name} is required anyway; the rule adds nothing", "rule")


def schedule(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that the conditions of a pace can hold."""
    if not isinstance(model.schedule, ir.Unknown):
        for pace in model.schedule:
            yield from conditions.possible(model, pace.when, "schedule")
