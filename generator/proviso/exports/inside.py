"""Refusals inside replies with a status of success, as criteria."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir
from proviso.exports import conditions
from proviso.exports.paces import TRANSIENT
from proviso.kind_schemas import Schema

_SUCCESS: Schema = {"condition": "$statusCode >= 200 && $statusCode < 300"}


def accepted(provider: ir.Provider, model: ir.Model) -> Iterator[Schema]:
    """Yield what shows that a reply is no refusal."""
    yield _SUCCESS
    for term in _refusals(provider, model):
        criterion = conditions.criterion(term.of if isinstance(term, conditions.Not) else conditions.Not(term))
        if criterion is not None:
            yield criterion


def refused(provider: ir.Provider, model: ir.Model) -> Iterator[list[Schema]]:
    """Yield the criteria of every refusal that is not worth asking again."""
    passing = _passing(model)
    for term in _refusals(provider, model):
        lasting = term if passing is None else conditions.All((term, conditions.Not(passing)))
        if (criterion := conditions.criterion(lasting)) is not None:
            yield [_SUCCESS, criterion]


def _refusals(provider: ir.Provider, model: ir.Model) -> Iterator[conditions.Term]:
    if isinstance(model.errors, ir.Errors) and model.errors.in_success:
        yield conditions.All(model.errors.in_success)
    if provider.envelope is not None:
        yield conditions.Not(ir.Match(path=provider.envelope.at, how="is", values=provider.envelope.ok))


def _passing(model: ir.Model) -> conditions.Term | None:
    """Say that a code means trouble that passes."""
    if not isinstance(model.errors, ir.Errors):
        return None
    codes = [one.code for one in model.errors.codes if one.means in TRANSIENT or one.retry]
    # A code is documented as a text, and may come as a number.
    values: tuple[ir.Scalar, ...] = (
        *codes,
        *(int(code) for code in codes if code.isdecimal() and code == str(int(code))),
    )
    matches = tuple(ir.Match(path=path, how="some", values=values) for path in model.errors.code)
    return conditions.Some(matches) if values and matches else None
