"""How facts about prices are judged; amounts have comparers of their own, which say how much dearer they are."""

from __future__ import annotations

from collections.abc import Mapping

from proviso import ir
from proviso.comparing.changes import breaking, compatible, information
from proviso.comparing.fact_inputs import SOURCES, WORDS
from proviso.comparing.here import Fact

_AMOUNT = Fact(
    rule="price",
    what="an amount",
    changed=breaking("what costs {old} costs {new} from now on: reckon budgets anew"),
    added=breaking("one more amount counts: {new}; reckon budgets anew"),
    removed=breaking("an amount is gone, which was {old}: reckon budgets anew"),
)

MONEY: Mapping[tuple[type, str], Fact] = {
    (ir.UnknownPrice, "why"): WORDS,
    (ir.UnknownPrice, "depends_on"): Fact(
        rule="price",
        what="what the price depends on",
        changed=information("what the unknown price depends on reads otherwise"),
    ),
    (ir.Unknown, "why"): WORDS,
    (ir.Prices, "prices"): Fact(
        rule="price",
        what="a price",
        changed=breaking("the price is {new} in place of {old}"),
        added=compatible("there is one more price: {new}"),
        removed=breaking("there is no price like this any longer, and no quote for whoever pays so: {old}"),
    ),
    (ir.Price, "currency"): Fact(
        rule="price",
        what="the currency",
        changed=breaking("prices are in {new} in place of {old}: budgets in {old} no longer hold"),
    ),
    (ir.Price, "rates"): _AMOUNT,
    (ir.Rate, "unit"): Fact(
        rule="price",
        what="the unit of a rate",
        changed=breaking("a rate is in {new} in place of {old}: reckon budgets anew"),
    ),
    (ir.Rate, "per"): Fact(
        rule="price",
        what="what a rate is for",
        changed=breaking("a rate is per {new} in place of {old}: reckon budgets anew"),
        many="whole",
    ),
    (ir.Rate, "each"): Fact(
        rule="price",
        what="for how many a rate is",
        changed=breaking("a rate is for every {new} in place of {old}: reckon budgets anew"),
    ),
    (ir.Rate, "sources"): SOURCES,
    (ir.Table, "by"): Fact(
        rule="price",
        what="what an amount goes by",
        changed=breaking("an amount goes by {new} in place of {old}"),
        many="whole",
    ),
    (ir.Bands, "bands"): Fact(
        rule="price",
        what="the bands",
        changed=breaking("the bands of an amount are {new} in place of {old}"),
        many="list",
    ),
    (ir.Cases, "cases"): Fact(
        rule="price",
        what="the cases",
        changed=breaking("the cases of an amount are {new} in place of {old}"),
        many="list",
    ),
    (ir.Range, "says"): WORDS,
    (ir.Price, "hold"): Fact(
        rule="price",
        what="the hold",
        changed=breaking("what is held on acceptance is reckoned as {new} in place of {old}: reckon budgets anew"),
        added=compatible("what is held on acceptance is known from now on: {new}"),
        removed=breaking("nothing says any longer what is held on acceptance ({old} before)"),
    ),
    (ir.Price, "charge"): Fact(
        rule="price",
        what="the charge",
        changed=breaking("what is charged is reckoned as {new} in place of {old}: reckon budgets anew"),
        added=compatible("what is charged is known from now on: {new}"),
        removed=breaking("nothing says any longer what is charged ({old} before): no budget can be held"),
    ),
    (ir.Price, "measured"): Fact(
        rule="price",
        what="a measured quantity",
        changed=breaking("what the provider measures lies within {new} in place of {old}: quotes are others"),
        added=breaking("the provider measures one more quantity ({new}), so charges are less certain"),
        removed=compatible("the provider measures one quantity less ({old}), so charges are more certain"),
    ),
    (ir.Price, "free"): Fact(
        rule="free-quota",
        what="the free quota",
        changed=breaking("what is free is {new} in place of {old}: charges begin elsewhere"),
        added=compatible("some of it is free from now on: {new}"),
        removed=breaking("nothing is free any longer ({old} before): charges begin with the first request"),
    ),
    (ir.Free, "amount"): Fact(
        rule="free-quota",
        what="how much is free",
        changed=breaking("{new} is free in place of {old}"),
        more=compatible("more is free: {new} in place of {old}"),
        less=breaking("less is free: {new} in place of {old}; charges begin sooner"),
    ),
    (ir.Free, "says"): WORDS,
    (ir.Price, "where"): Fact(
        rule="price",
        what="where a price holds",
        changed=breaking("a price holds where {new} in place of where {old}"),
        many="whole",
    ),
    (ir.Price, "since"): Fact(
        rule="price",
        what="the first day of a price",
        changed=breaking("a price holds from {new} in place of from {old}"),
        added=breaking("a price holds from {new} alone"),
        removed=compatible("a price holds whatever came before {old} as well"),
    ),
    (ir.Price, "until"): Fact(
        rule="price",
        what="the last day of a price",
        changed=breaking("a price holds until {new} in place of until {old}"),
        added=breaking("a price ends with {new}: budgets that reach further no longer hold"),
        removed=compatible("a price no longer ends with {old}"),
    ),
    (ir.Price, "sources"): SOURCES,
}
