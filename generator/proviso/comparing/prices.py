"""Prices that are others: known or not, in which currency, from which day, and reckoned how."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir, price_words
from proviso.comparing.changes import Change, breaking, compatible
from proviso.comparing.facts import FACTS
from proviso.comparing.here import Here
from proviso.comparing.walk import alike, appears, compare, comparer, parts

_LATER = compatible("from {new} on it costs the same")
Known = ir.Price | ir.Prices


def prices(here: Here, old: Known | ir.UnknownPrice, new: Known | ir.UnknownPrice) -> Iterator[Change]:
    """Yield every change of what a model costs."""
    match old, new:
        case ir.UnknownPrice(), ir.UnknownPrice():
            yield from compare(here, old, new)
        case ir.UnknownPrice(), _:
            verdict = compatible("the price is known from now on: {new}; quotes have amounts, and budgets hold")
            yield here.change(verdict, old=old, new=_listed(new)[0])
        case _, ir.UnknownPrice():
            verdict = breaking("nothing says any longer what a request costs ({old} before): no budget can be held")
            yield here.change(verdict, old=_listed(old)[0], new=new)
        case _ if not alike(old, new):
            yield from _known(here, _listed(old), _listed(new))
        case _:
            pass


def _listed(one: Known | ir.UnknownPrice) -> tuple[ir.Price, ...]:
    match one:
        case ir.Prices(prices=found):
            return found
        case ir.Price():
            return (one,)
        case _:
            return ()


def _known(here: Here, old: tuple[ir.Price, ...], new: tuple[ir.Price, ...]) -> Iterator[Change]:
    if len(old) == len(new) == 1:
        yield from compare(here, old[0], new[0])
        return
    several = FACTS[ir.Prices, "prices"]
    found: list[Change] = []
    left = list(old)
    for one in new:
        step = f"[{price_words.scope(one)}]"
        twin = _twin(one, left)
        if twin is not None:
            left.remove(twin)
            found += compare(here.into(step, twin, one), twin, one)
            continue
        before = _before(one, old)
        if before is not None:
            # A price from another day on is compared with the one that held until then.
            later = list(parts(here.into(step, before, one), before, one, apart=("since", "until")))
            found += later or [here.into(step, before, one).change(_LATER, old=before.since, new=one.since)]
        else:
            found += appears(here.into(step, None, one, several), one, added=True)
    for one in left:
        found += appears(here.into(f"[{price_words.scope(one)}]", one, None, several), one, added=False)
    order = breaking("the prices stand in another order: the first that holds is the usual one")
    yield from found or [here.change(order, old=old[0], new=new[0])]


def _twin(one: ir.Price, left: list[ir.Price]) -> ir.Price | None:
    """Find the same price of before: for the same days, or else from the same day on."""
    near = [other for other in left if (other.currency, other.where) == (one.currency, one.where)]
    for same in ((lambda other: (other.since, other.until)), (lambda other: other.since)):
        for other in near:
            if same(other) == same(one):
                return other
    return None


def _before(one: ir.Price, old: tuple[ir.Price, ...]) -> ir.Price | None:
    near = [other for other in old if (other.currency, other.where) == (one.currency, one.where)]
    return near[-1] if near else None


@comparer(ir.Reckoned)
def _reckoned(here: Here, old: ir.Reckoned, new: ir.Reckoned) -> Iterator[Change]:
    yield here.change(here.fact.changed, old=old, new=new)
