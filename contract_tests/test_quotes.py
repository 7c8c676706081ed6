"""A quote is the documented formula to the last decimal, or says why there is none; it is never zero for that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness import oracle, strategies
from harness.effort import FEW
from harness.mutants import Fault
from harness.subjects import Subject
from proviso import ir
from proviso_runtime import errors


@given(data=st.data())
def test_a_quote_is_the_documented_price(subject: Subject, data: st.DataObject) -> None:
    params = data.draw(strategies.params(subject))
    quote = subject.module.quote(params)
    assert (quote.hold, quote.charge) == oracle.amounts(subject.model, params)
    assert quote.known is (quote.charge is not None)
    price = subject.model.price
    if isinstance(price, ir.Price):
        assert quote.currency == price.currency
        for rate in price.rates:
            assert f"{rate.amount} {price.currency} per {rate.per}" in quote.because


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


@FEW
@given(data=st.data())
def test_no_quote_is_given_for_a_request_that_would_be_refused(fault: Fault, data: st.DataObject) -> None:
    mutant = data.draw(fault.mutants)
    with pytest.raises(errors.RequestInvalid):
        fault.subject.module.quote(mutant.params)
