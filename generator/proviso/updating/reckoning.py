"""What follows from a fact by arithmetic: the amounts and the pixels that witnesses state, worked out again."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from proviso import ir
from proviso.document import Document
from proviso.evidence.facts import value_at
from proviso.oracle import asked, prices, wire_reading
from proviso.rewriting.differing import Put


def reckoned(document: Document, model: ir.Model, before: ir.Model | None) -> Iterator[Put]:
    """Yield the changes of a model's witnesses whose amounts or pixels are no longer what the spec gives.

    Args:
        document: the file of the model.
        model: the model as the file now has it.
        before: the model as it was; None where it is new.
    """
    listed = value_at(document.data, ("witnesses",))
    old = {} if before is None else {one.name: (one, _ends(before, one)) for one in before.witnesses}
    new = {one.name: one for one in model.witnesses}
    for index, stated in enumerate(listed if isinstance(listed, list) else ()):
        name = str(stated.get("name")) if isinstance(stated, dict) else ""
        if name not in new or name not in old or not isinstance(stated, dict):
            continue
        one, (known, was) = new[name], old[name]
        now = _ends(model, one)
        for key, said in (("hold", known.hold), ("charge", known.charge)):
            # An amount that was one end of what the formula gave is that end of what it gives now.
            end = next((end for end in ("least", "most") if was.get((key, end)) == said), None)
            amount = None if said is None or end is None else now.get((key, end))
            if amount is not None and amount != said:
                yield Put(steps=("witnesses", index, key), value=amount)
        sizes = {size for params in _requests(model, one) for size in asked.sizes(model, params)}
        if one.pixels is not None and sizes and one.pixels not in sizes:
            yield Put(steps=("witnesses", index, "pixels"), value="x".join(map(str, min(sizes))))


def _requests(model: ir.Model, one: ir.RequestWitness) -> list[dict[str, object]]:
    return [read.params for read in wire_reading.read(model, one.body, one.beside)]


def _ends(model: ir.Model, one: ir.RequestWitness) -> dict[tuple[str, str], Decimal | None]:
    """Give the least and the most that a witness is held for and charged, by the usual price."""
    usual = prices.priced(model)[:1]
    if not usual:
        return {}
    found = [prices.amounts(model, usual[0].price, params) for params in _requests(model, one)]
    hold = _sum([each.hold for each in found])
    least, most = _sum([each.least for each in found]), _sum([each.most for each in found])
    return {("hold", "least"): hold, ("charge", "most"): most, ("charge", "least"): least}


def _sum(parts: list[Fraction | None]) -> Decimal | None:
    known = [one for one in parts if one is not None]
    if len(known) != len(parts):
        return None
    total = sum(known, Fraction(0))
    exact = Decimal(total.numerator) / Decimal(total.denominator)
    return exact if Fraction(exact) == total else None
