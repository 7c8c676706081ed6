"""A quote is the documented formula to the last decimal, or says why there is none; it is never zero for that."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import prices, strategies
from harness.effort import FEW
from harness.mutants import Fault
from harness.subjects import Subject
from proviso import ir
from proviso_runtime import errors

_SHARES = st.tuples(*[st.integers(0, 8).map(lambda eighths: Fraction(eighths, 8))] * 3)


@given(data=st.data())
def test_a_quote_is_the_documented_price(subject: Subject, data: st.DataObject) -> None:
    params = data.draw(strategies.params(subject))
    quote = subject.module.quote(params)
    expected = prices.amounts(subject.model, params)
    assert (_fraction(quote.hold), _fraction(quote.least), _fraction(quote.most)) == (
        expected.hold,
        expected.least,
        expected.most,
    )
    assert quote.charge == quote.most
    assert quote.known is (quote.charge is not None)
    price = subject.model.price
    if isinstance(price, ir.Price):
        assert quote.currency == price.currency
        for rate in price.rates:
            assert rate.name in quote.because
            if isinstance(rate.amount, Decimal):
                assert f"{rate.amount}" in quote.because


@given(data=st.data(), shares=_SHARES)
def test_whatever_is_charged_in_the_end_lies_between_the_ends_of_a_quote(
    subject: Subject, data: st.DataObject, shares: tuple[Fraction, ...]
) -> None:
    if not isinstance(subject.model.price, ir.Price):
        return
    params = data.draw(strategies.params(subject))
    quote = subject.module.quote(params)
    for charge in prices.points(subject.model, params, shares):
        assert quote.least is None or Fraction(quote.least) <= charge
        assert quote.most is None or charge <= Fraction(quote.most)


@given(data=st.data())
def test_an_unknown_amount_says_why_and_is_not_zero(subject: Subject, data: st.DataObject) -> None:
    quote = subject.module.quote(data.draw(strategies.params(subject)))
    price = subject.model.price
    if isinstance(price, ir.UnknownPrice):
        assert (quote.hold, quote.charge, quote.currency, quote.known) == (None, None, None, False)
        assert price.why in quote.because
        assert price.why in str(quote)
        return
    for formula, amount in ((price.hold, quote.hold), (price.charge, quote.charge)):
        if isinstance(formula, ir.Unknown):
            assert amount is None
            assert formula.why in quote.because
    if quote.charge is None:
        assert not str(quote).startswith("0")
        assert quote.because in str(quote)


@FEW
@given(data=st.data())
def test_no_quote_is_given_for_a_request_that_would_be_refused(fault: Fault, data: st.DataObject) -> None:
    mutant = data.draw(fault.mutants)
    with pytest.raises(errors.RequestInvalid):
        fault.subject.module.quote(mutant.params)


def _fraction(amount: Decimal | None) -> Fraction | None:
    return None if amount is None else Fraction(amount)
