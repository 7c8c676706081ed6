"""What a workflow hands on: results, the numbers that replies report, and the id of the job."""

from __future__ import annotations

from proviso import ir, result_words
from proviso.exports import expressions
from proviso.exports.calls import Role
from proviso.exports.names import distinct

ID = "$steps.submit.outputs.id"


def submitted(model: ir.Model, job: ir.Job) -> dict[str, str]:
    """Give the outputs of the step that submits."""
    known = expressions.chosen(model) if job.id == ir.CHOSEN_ID else expressions.first(job.id)
    return reported(job.submit) | ({} if known is None else {"id": known})


def found(model: ir.Model, results: tuple[ir.ResultsAt, ...], operation: ir.Operation | ir.Fetch) -> dict[str, str]:
    """Give the outputs of the step that ends with results, by their kinds; of files the first."""
    files = [expressions.first(place.whole) for place in results if place.resolve is not None]
    return reported(operation) | _results(model, results) | ({"file": files[0]} if files else {})


def at_once(model: ir.Model, immediate: ir.Immediate) -> dict[str, str]:
    """Give the outputs of a call that answers with results, or with bytes."""
    whole = {result_words.MEMBERS[model.output.kind]: "$response.body"} if immediate.returns else {}
    return found(model, immediate.results, immediate.operation) | whole


def address(role: Role, one: ir.Fetch) -> dict[str, str]:
    """Give the output that leads to the address of a call, where a reply gives it."""
    found = None if one.address is None else expressions.body(one.address)
    return {} if found is None else {f"{role}_address": found}


def handed_on(outputs: dict[str, str], step: str) -> dict[str, str]:
    """Give the outputs of a workflow that are those of a step."""
    return {name: f"$steps.{step}.outputs.{name}" for name in outputs}


def reported(operation: ir.Operation | ir.Fetch) -> dict[str, str]:
    """Give what a reply reports, as far as an expression can follow."""
    cost = () if operation.cost is None else (("cost", operation.cost.at),)
    found = {name: one for name, path in (*operation.reports, *cost) if (one := expressions.body(path)) is not None}
    if isinstance(operation, ir.Operation):
        told = () if operation.told_cost is None else (("cost", operation.told_cost.at),)
        found |= {name: f"$response.header.{header}" for name, header in (*operation.told, *told)}
    return found


def _results(model: ir.Model, results: tuple[ir.ResultsAt, ...]) -> dict[str, str]:
    known: dict[str, str] = {}
    for place in results:
        expression = expressions.nearest(place.whole)
        if expression not in known.values():
            known[distinct(result_words.MEMBERS[place.kind or model.output.kind], known)] = expression
    return known
