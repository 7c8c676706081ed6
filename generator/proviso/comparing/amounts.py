"""What something costs: how much dearer, or cheaper, it is now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from proviso import ir, price_words, words
from proviso.comparing.changes import Change, breaking, compatible
from proviso.comparing.here import Here
from proviso.comparing.spoken import times
from proviso.comparing.walk import alike, compare, comparer, parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """What an amount is for and in, in words, such as `an image` and `USD`."""

    what: str
    unit: str


def amounts(here: Here, old: ir.Amount, new: ir.Amount, priced: Priced) -> Iterator[Change]:
    """Yield every amount that is another, with how far it is from the old one."""
    match old, new:
        case _ if alike(old, new):
            pass
        case Decimal(), Decimal():
            yield _dearer(here, old, new, priced)
        case ir.Table(), ir.Table() if old.by == new.by:
            yield from _table(here, old, new, priced)
        case ir.Bands(), ir.Bands() if alike(_frame(old), _frame(new)):
            for one, other in zip(old.bands, new.bands, strict=True):
                upto = "above" if one.up_to is None else f"up to {one.up_to:f}"
                yield from amounts(here.into(f"[{upto}]", one, other), one.amount, other.amount, _of(priced, upto))
        case ir.Cases(), ir.Cases() if alike(_frame(old), _frame(new)):
            for case, twin in zip(old.cases, new.cases, strict=True):
                when = words.conditions(case.when) or "otherwise"
                yield from amounts(here.into(f"[{when}]", case, twin), case.amount, twin.amount, _of(priced, when))
        case ir.Range(), ir.Range():
            yield from _range(here, old, new, priced)
        case ir.Unknown(), ir.Unknown():
            yield from compare(here, old, new)
        case ir.Unknown(), _:
            verdict = compatible("what {priced} costs is known from now on: {new}")
            yield here.change(verdict, old=old, new=_said(new), priced=priced.what)
        case _, ir.Unknown():
            verdict = breaking("nothing says any longer what {priced} costs ({old} before): quotes have no amount")
            yield here.change(verdict, old=_said(old), new=new, priced=priced.what)
        case _:
            verdict = breaking("{priced} costs {new} in place of {old}: reckon budgets anew")
            yield here.change(verdict, old=_said(old), new=_said(new), priced=priced.what)


def _dearer(here: Here, old: Decimal, new: Decimal, priced: Priced) -> Change:
    unit = f" {priced.unit}" if priced.unit else ""
    end = f"{{priced}} costs {{new}}{unit} in place of {{old}}: {{share}}"
    share = times(old, new).strip(" ()")
    verdict = breaking(f"{end}; budgets buy less") if new > old else compatible(end)
    return here.change(verdict, old=old, new=new, priced=priced.what, share=share or "it was free")


def _table(here: Here, old: ir.Table, new: ir.Table, priced: Priced) -> Iterator[Change]:
    before, after = ({one.values: one for one in side.rows} for side in (old, new))
    for values in dict.fromkeys((*before, *after)):
        one, other = before.get(values), after.get(values)
        row = " ".join("absent" if value is None else words.spoken(value) for value in values)
        there = here.into(f"[{row}]", one, other)
        if one is not None and other is not None:
            yield from amounts(there, one.amount, other.amount, _of(priced, row))
        elif other is not None:
            verdict = compatible("{priced} has a price from now on: {new}")
            yield there.change(verdict, new=other.amount, priced=_of(priced, row).what)
        elif one is not None:
            verdict = breaking("{priced} has no price any longer ({old} before)")
            yield there.change(verdict, old=one.amount, priced=_of(priced, row).what)


def _range(here: Here, old: ir.Range, new: ir.Range, priced: Priced) -> Iterator[Change]:
    if alike((old.minimum, old.maximum), (new.minimum, new.maximum)):
        yield from compare(here, old, new)
        return
    endless = Decimal("Infinity")
    dearer = new.minimum > old.minimum or (endless if new.maximum is None else new.maximum) > (
        endless if old.maximum is None else old.maximum
    )
    said = "{priced} costs {new} in place of {old}"
    verdict = (
        breaking(f"{said}: it may be more than before") if dearer else compatible(f"{said}: never more than before")
    )
    yield here.change(verdict, old=price_words.span(old), new=price_words.span(new), priced=priced.what)


def _frame(one: ir.Bands | ir.Cases) -> object:
    """Give what is left of an amount without the amounts."""
    match one:
        case ir.Bands():
            return one.of, one.marginal, tuple(band.up_to for band in one.bands)
        case ir.Cases():
            return tuple(case.when for case in one.cases)


def _of(priced: Priced, case: str) -> Priced:
    return Priced(what=f"{priced.what} ({case})", unit=priced.unit)


def _said(one: ir.Amount) -> str:
    bare = ir.Rate(name="it", amount=one, unit="number")
    return price_words.rate(bare).removeprefix("it = ").removeprefix("it by ").removeprefix("it: ")


@comparer(ir.Rate)
def _rate(here: Here, old: ir.Rate, new: ir.Rate) -> Iterator[Change]:
    yield from amounts(here.into("amount", old.amount, new.amount), old.amount, new.amount, priced(new))
    yield from parts(here, old, new, apart=("amount",))


def priced(rate: ir.Rate) -> Priced:
    """Say what a rate is for."""
    if rate.per and rate.each == 1:
        what = " per ".join(
            ("an" if rate.per[0][0] in "aeiou" else "a") + f" {one}" if not index else one
            for index, one in enumerate(rate.per)
        )
    elif rate.per:
        what = f"{rate.name} for {price_words.rate_unit(rate).partition('per ')[2]}"
    else:
        what = rate.name
    return Priced(what=what, unit="" if rate.unit == "number" else rate.unit)
