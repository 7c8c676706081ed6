"""Rows of the index about refusals: what statuses and codes mean, and how the others look."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir, reply_matches
from proviso.index_words import Row
from proviso.markdown import cell, code


def refusal_rows(errors: ir.Errors | ir.Unknown) -> Iterator[tuple[str, str]]:
    """Yield how refusals look."""
    if isinstance(errors, ir.Unknown):
        yield "Refusals", f"not documented: {cell(errors.why)}"
        return
    if errors.in_success:
        yield "Refusals inside a success", f"where {cell(reply_matches.spoken(errors.in_success))}"
    if errors.details is not None:
        paths = (errors.details.where, *errors.details.message, *errors.details.code)
        inner = ", ".join(code(path) for path in paths if path is not None)
        yield "What is wrong, one by one", f"at {code(errors.details.at)}" + (f", each with {inner}" if inner else "")
    if errors.open is not None:
        yield "Other codes", cell(errors.open)
    billed = errors.billed
    yield (
        "Refusals billed",
        cell(f"not documented: {billed.why}" if isinstance(billed, ir.Unknown) else "yes" if billed else "no"),
    )


def meaning_rows(errors: ir.Errors | ir.Unknown) -> tuple[Row, ...]:
    """Say what statuses and codes mean, in the columns of the table."""
    if isinstance(errors, ir.Unknown):
        return ()
    return (
        *(_row(str(one.status), one) for one in errors.statuses),
        *(_row(f"code {code(one.code)}", one) for one in errors.codes),
    )


def _row(shown: str, one: ir.StatusMeaning | ir.CodeMeaning) -> Row:
    remarks = [
        one.says,
        {True: "Worth a retry.", False: "Not worth a retry.", None: None}[one.retry],
        {True: "Billed.", False: "Not billed.", None: None}[one.billed],
    ]
    return shown, cell(one.means), cell(" ".join(filter(None, remarks))), cell(", ".join(one.sources))
