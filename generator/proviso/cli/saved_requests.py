"""Saved requests, line by line: what becomes of each under two states of specs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import BinaryIO

import click

from proviso import ir, naming
from proviso.cli import target
from proviso.comparing import findings, saved
from proviso.comparing.totals import Totals
from proviso.diagnostics import did_you_mean, quoted
from proviso.reports.findings import Finding

MOST_TOLD = 1000
"""How many lines are told one by one; all are counted."""

_KEYS = {"model", "body", "with"}
_Providers = tuple[ir.Provider, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Saved:
    """A wire body, its model under both states, and what travels beside the body."""

    name: str
    models: tuple[ir.Model | None, ir.Model | None]
    body: object
    beside: dict[str, object] | None


class _LineError(ValueError):
    """A line that holds no request."""


def weighed(
    stream: BinaryIO, old: _Providers, new: _Providers, *, model: str | None, on: dt.date
) -> tuple[tuple[Finding, ...], Totals]:
    """Judge every line of a file under two states of specs, in constant memory.

    model: the model of lines that are wire bodies alone. on: the day whose prices count.
    Raises click.BadParameter when neither state has that model.
    """
    if model is not None:
        try:
            _models(model, old, new)
        except _LineError as error:
            raise click.BadParameter(str(error), param_hint="--model") from error
    totals, told, left = Totals(), list[Finding](), 0
    for number, text in target.bodies(stream):
        found: Finding | None
        try:
            one = _read(target.parse(text), old, new, model)
        except (_LineError, target.BodyError) as error:
            totals.unread += 1
            found = findings.bad_line(number, str(error))
        else:
            judged = saved.weigh(*one.models, one.body, one.beside, on=on)
            totals.add(judged)
            found = findings.request(number, one.name, judged)
        if found is not None and len(told) < MOST_TOLD:
            told.append(found)
        elif found is not None:
            left += 1
    totals.untold = left
    return tuple(told), totals


def _read(line: object, old: _Providers, new: _Providers, model: str | None) -> _Saved:
    """Read a line: a wire body, or an object that names its model and holds the body."""
    if isinstance(line, dict) and {"model", "body"} <= line.keys() <= _KEYS:
        name, body, beside = line["model"], line["body"], line.get("with")
        if not isinstance(name, str):
            raise _LineError('"model" is not of the form PROVIDER/MODEL')
        if beside is not None and not isinstance(beside, dict):
            raise _LineError('"with" is not an object of params that travel beside the body')
        return _Saved(name=name, models=_models(name, old, new), body=body, beside=beside)
    if model is None:
        raise _LineError('names no model: give --model, or write {"model": "PROVIDER/MODEL", "body": ...}')
    return _Saved(name=model, models=_models(model, old, new), body=line, beside=None)


def _models(name: str, old: _Providers, new: _Providers) -> tuple[ir.Model | None, ir.Model | None]:
    """Find a model by its id or its name in both states; one of them is enough."""
    found = _model(name, old), _model(name, new)
    if found == (None, None):
        known = [f"{provider.name}/{one.name}" for provider in (*old, *new) for one in provider.models]
        raise _LineError(f"neither state has the model {quoted(name)}{did_you_mean(name, dict.fromkeys(known))}")
    return found


def _model(name: str, providers: _Providers) -> ir.Model | None:
    wanted, _, model = name.partition("/")
    for provider in providers:
        if naming.module_name(provider.name) == naming.module_name(wanted):
            for one in provider.models:
                if model == one.id or naming.module_name(one.name) == naming.module_name(model):
                    return one
    return None
