"""Lint of rules and conditions: they can apply, and be kept."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir
from proviso.diagnostics import Diagnostic
from proviso.lint import limits


def rule(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that every rule can apply, and can be kept when it does."""
    for one in model.rules:
        for condition in one.when:
            yield from _condition(model, condition, "rule")
            if condition.parameter in one.parameters:
                message = f"{condition.parameter} stands on both sides, so the rule says nothing"
                yield Diagnostic(one.place, message, "rule")
        for name in one.parameters:
            parameter = model.parameter(name)
            if parameter is not None and parameter.required:
                yield Diagnostic(one.place, f"{name} is required anyway; the rule adds nothing", "rule")


def schedule(model: ir.Model) -> Iterator[Diagnostic]:
    """Check that the conditions of a pace can hold."""
    if not isinstance(model.schedule, ir.Unknown):
        for pace in model.schedule:
            for condition in pace.when:
                yield from _condition(model, condition, "schedule")


def _condition(model: ir.Model, condition: ir.Condition, tag: str) -> Iterator[Diagnostic]:
    parameter = model.parameter(condition.parameter)
    for value in condition.values:
        if parameter is not None and (why := limits.breach(parameter.kind, value)) is not None:
            message = f'it can never apply: {condition.parameter} "{value}" {why}'
            yield Diagnostic(condition.place, message, tag)
