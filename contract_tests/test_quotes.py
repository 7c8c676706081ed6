"""A quote is the documented formula to the last decimal, or says why there is none; it is never zero for that."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import nullcontext
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import strategies as st

from harness import priced_requests, witnessed
from harness.effort import few, once, usual
from harness.subjects import Params, Subject
from proviso import ir
from proviso.drawing import strategies
from proviso.drawing.mutants import faults
from proviso.oracle import prices
from proviso.oracle.prices import Priced
from proviso_runtime import errors, pricing

_FEW = 6  # cells of a table that are all told
_SHARES = st.tuples(*[st.integers(0, 8).map(lambda eighths: Fraction(eighths, 8))] * 3)


@usual(data=st.data())
def test_a_quote_is_the_documented_price(subject: Subject, data: st.DataObject) -> None:
    for priced in prices.priced(subject.model):
        quote = _documented(subject, priced, data.draw(strategies.params(subject)))
        assert quote.charge == quote.most
        assert quote.known is (quote.charge is not None)
        assert quote.currency == priced.price.currency
        for rate in priced.price.rates:
            assert rate.name in quote.because
            if isinstance(rate.amount, Decimal):
                assert f"{rate.amount}" in quote.because


@once(data=st.data())
def test_every_amount_of_a_price_is_quoted_where_it_holds(subject: Subject, data: st.DataObject) -> None:
    for params in priced_requests.like(subject, data.draw(strategies.params(subject))):
        for priced in prices.priced(subject.model):
            _documented(subject, priced, params)


def _documented(subject: Subject, priced: Priced, params: Params) -> pricing.Quote:
    """Quote a request and hold the amounts to what the documents say."""
    quote = subject.module.quote(params, **priced.chosen)
    expected = prices.amounts(subject.model, priced.price, params)
    found = (_fraction(quote.hold), _fraction(quote.least), _fraction(quote.most))
    assert found == (expected.hold, expected.least, expected.most), params
    return quote


@once(data=st.data())
def test_a_quote_tells_the_cell_of_a_long_table_that_counts(subject: Subject, data: st.DataObject) -> None:
    for priced in prices.priced(subject.model):
        tables = [one for one in priced.price.rates if isinstance(one.amount, ir.Table) and len(one.amount.rows) > _FEW]
        params = data.draw(strategies.params(subject))
        because = subject.module.quote(params, **priced.chosen).because
        for rate in tables:
            (told,) = re.findall(rf"(?:^|; ){re.escape(rate.name)} by [^:]+: ([^;]*)", because)
            amount = prices.amount(subject.model, priced.price, params, rate)
            assert told == "not known" if amount is None else Fraction(told.split()[0]) == amount


@few(data=st.data(), shares=_SHARES)
def test_whatever_is_charged_in_the_end_lies_between_the_ends_of_a_quote(
    subject: Subject, data: st.DataObject, shares: tuple[Fraction, ...]
) -> None:
    for priced in prices.priced(subject.model):
        params = data.draw(strategies.params(subject))
        quote = subject.module.quote(params, **priced.chosen)
        for charge in prices.points(subject.model, priced.price, params, shares):
            assert quote.least is None or Fraction(quote.least) <= charge
            assert quote.most is None or charge <= Fraction(quote.most)


@few(data=st.data())
def test_an_unknown_amount_says_why_and_is_not_zero(subject: Subject, data: st.DataObject) -> None:
    params = data.draw(strategies.params(subject))
    if isinstance(subject.model.price, ir.UnknownPrice):
        quote = subject.module.quote(params)
        assert (quote.hold, quote.charge, quote.currency, quote.known) == (None, None, None, False)
        assert subject.model.price.why in quote.because
        assert subject.model.price.why in str(quote)
    for priced in prices.priced(subject.model):
        quote = subject.module.quote(params, **priced.chosen)
        for formula, amount in ((priced.price.hold, quote.hold), (priced.price.charge, quote.charge)):
            if isinstance(formula, ir.Unknown):
                assert amount is None
                assert formula.why in quote.because
        if quote.charge is None:
            assert not str(quote).startswith("0")
            assert quote.because in str(quote)


def test_a_day_on_which_no_documented_price_holds_has_no_quote(subject: Subject) -> None:
    params, *_ = witnessed.requests(subject, subject.model.witnesses[0])
    for priced in prices.priced(subject.model):
        others = [one.price for one in prices.priced(subject.model) if one.price.currency == priced.price.currency]
        if "on" in priced.chosen and all(one.since is not None for one in others):
            quote = subject.module.quote(params, **{**priced.chosen, "on": dt.date(1999, 12, 31)})
            assert (quote.hold, quote.charge, quote.currency, quote.known) == (None, None, None, False)
            assert "1999-12-31" in quote.because


@once(data=st.data())
def test_no_quote_is_given_for_a_request_that_would_be_refused(subject: Subject, data: st.DataObject) -> None:
    for fault in faults(subject):
        mutant = data.draw(fault.mutants, label=str(fault))
        refused = pytest.raises(errors.RequestInvalid) if fault.severity == "error" else nullcontext()
        with refused:
            subject.module.quote(mutant.params)


def _fraction(amount: Decimal | None) -> Fraction | None:
    return None if amount is None else Fraction(amount)
