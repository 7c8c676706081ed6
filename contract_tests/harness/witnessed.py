"""The requests that pages show, as generated code reads them."""

from __future__ import annotations

from harness.subjects import Subject
from proviso import ir
from proviso.oracle.exact import plain


def requests(subject: Subject, witness: ir.RequestWitness) -> list[dict[str, object]]:
    """Return the params of what a page shows, as the generated code reads them: of one request, unless it is many."""
    if isinstance(subject.model.body, ir.Many):
        return list(subject.module.from_body_many(plain(witness.body)))
    beside = {name: plain(value) for name, value in witness.beside.items()}
    return [subject.module.from_body(plain(witness.body), **beside)]
