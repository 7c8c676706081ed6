"""What each change makes of an entry, the same in every store."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

from proviso_runtime.ledger import Ledger, State
from proviso_runtime.ledger.entries import ENDED

from .samples import accepted, ended, intended, only, quoted


def test_an_intent_is_an_entry_with_everything_it_says(ledger: Ledger) -> None:
    ledger.write([intended(reference="batch/1", prompt='{"prompt": "ä"}', job_id="mine")])
    entry = only(ledger)
    assert (entry.id, entry.provider, entry.model, entry.state) == ("a1", "acme", "still-2", "sending")
    assert (entry.intended_at, entry.until, entry.body_sha256) == (1000.0, 1060.0, "f" * 64)
    assert (entry.reference, entry.prompt, entry.job_id) == ("batch/1", '{"prompt": "ä"}', "mine")
    assert (entry.accepted_at, entry.ended_at, entry.charged, entry.addresses) == (None, None, None, {})


def test_amounts_keep_every_digit(ledger: Ledger) -> None:
    ledger.write([quoted()])
    ledger.write([ended(charged=Decimal("0.10000000000000000000000000000000000001"), charged_by="provider")])
    entry = only(ledger)
    assert (str(entry.hold), str(entry.least), str(entry.most)) == ("0.0320", "0.0160", "1E-30")
    assert str(entry.charged) == "0.10000000000000000000000000000000000001"


def test_an_acceptance_brings_the_handle_and_its_addresses(ledger: Ledger) -> None:
    ledger.write([intended(job_id="mine"), accepted(addresses={"poll": "https://acme.example/1"})])
    entry = only(ledger)
    assert (entry.state, entry.job_id, entry.accepted_at) == ("accepted", "job-1", 1001.0)
    assert entry.addresses == {"poll": "https://acme.example/1"}
    ledger.write([accepted()])
    assert only(ledger).addresses == entry.addresses


def test_what_has_not_ended_takes_any_state_and_what_has_ended_takes_none(ledger: Ledger) -> None:
    pairs = {f"{first} {then}": (first, then) for first in get_args(State) for then in get_args(State)}
    ledger.write(
        [change for name, (first, _) in pairs.items() for change in (intended(name), ended(name, state=first))]
    )
    ledger.write([ended(name, state=then, at=1005.0) for name, (_, then) in pairs.items()])
    for entry in ledger.find():
        first, then = pairs[entry.id]
        assert entry.state == (first if first in ENDED else then)
        assert entry.ended_at == (1002.0 if first in ENDED else 1005.0 if then in ENDED else None)


def test_news_of_what_had_not_ended_replaces_what_was_told_before_and_keeps_what_it_does_not_tell(
    ledger: Ledger,
) -> None:
    first = ended(
        state="unknown", why="OutcomeUnknown", code="504", delivered=1, charged=Decimal(1), charged_by="quote"
    )
    ledger.write([intended(), first])
    ledger.write([accepted()])
    entry = only(ledger)
    assert (entry.state, entry.why, entry.code, entry.delivered, entry.charged) == (
        "accepted",
        None,
        None,
        1,
        Decimal(1),
    )
    ledger.write([ended(charged=Decimal(2), charged_by="quote")])
    entry = only(ledger)
    assert (entry.state, entry.why, entry.delivered, entry.charged) == ("succeeded", None, 1, Decimal(2))


def test_what_has_ended_takes_what_was_not_known(ledger: Ledger) -> None:
    ledger.write([intended(), ended()])
    later = ended(charged=Decimal(2), charged_by="quote", currency="USD", delivered=3, code="ok", why="W", job_id="j")
    ledger.write([later])
    entry = only(ledger)
    assert (entry.charged, entry.charged_by, entry.charged_in, entry.currency) == (Decimal(2), "quote", "USD", "USD")
    assert (entry.delivered, entry.code, entry.why, entry.job_id, entry.ended_at) == (3, "ok", "W", "j", 1002.0)


def test_what_has_ended_keeps_what_was_known(ledger: Ledger) -> None:
    first = ended(charged=Decimal(1), charged_by="quote", currency="USD", delivered=1, code="a", why="A", job_id="j")
    ledger.write([intended(), first])
    before = only(ledger)
    ledger.write([ended(charged=Decimal(9), charged_by="quote", delivered=9, code="b", why="B", job_id="k", at=9.0)])
    ledger.write([ended(state="failed", code="b", why="B", delivered=0)])
    ledger.write([intended(until=9e9), accepted(job_id="k"), accepted(job_id="l", at=2000.0)])
    after = only(ledger)
    assert (after.accepted_at, before.accepted_at) == (1001.0, None)
    assert {
        name: getattr(after, name) for name in ("state", "charged", "delivered", "code", "why", "job_id", "until")
    } == {name: getattr(before, name) for name in ("state", "charged", "delivered", "code", "why", "job_id", "until")}


def test_the_reason_of_another_end_is_not_taken_for_that_of_the_first(ledger: Ledger) -> None:
    ledger.write([intended(), ended(), ended(state="failed", code="bad", why="JobFailed", delivered=0)])
    entry = only(ledger)
    assert (entry.state, entry.code, entry.why, entry.delivered) == ("succeeded", None, None, None)


def test_the_provider_knows_better_than_the_quote_what_was_charged(ledger: Ledger) -> None:
    ledger.write([quoted(), ended(charged=Decimal(1), charged_by="quote", currency="USD")])
    ledger.write([ended(charged=Decimal(40), charged_by="provider", currency="credits")])
    ledger.write([ended(charged=Decimal(1), charged_by="quote", currency="USD")])
    entry = only(ledger)
    assert (entry.charged, entry.charged_by, entry.charged_in) == (Decimal(40), "provider", "credits")
    assert (entry.currency, entry.hold) == ("USD", Decimal("0.0320"))


def test_a_job_known_by_its_id_alone_is_found_at_its_provider(ledger: Ledger) -> None:
    ledger.write([intended("a1"), accepted("a1"), intended("b2", provider="other"), accepted("b2")])
    ledger.write([ended(None, job_id="job-1", charged=Decimal(1), charged_by="provider")])
    assert [(entry.id, entry.state) for entry in ledger.find()] == [("a1", "succeeded"), ("b2", "accepted")]


def test_a_job_is_found_by_its_id_within_the_same_write(ledger: Ledger) -> None:
    ledger.write([intended(job_id="mine"), accepted(), ended(None, job_id="mine", state="failed")])
    assert only(ledger).state == "accepted"
    ledger.write([ended(None, job_id="job-1")])
    assert only(ledger).state == "succeeded"


def test_news_of_what_is_not_in_the_ledger_is_left_out(ledger: Ledger) -> None:
    ledger.write([ended("gone"), ended(None, job_id="gone"), ended(None), accepted("gone")])
    assert list(ledger.find()) == []


def test_a_request_that_is_sent_again_is_on_its_way_for_longer(ledger: Ledger) -> None:
    ledger.write([intended(), ended(state="unknown", why="OutcomeUnknown"), intended(at=1100.0, until=1160.0)])
    entry = only(ledger)
    assert (entry.state, entry.intended_at, entry.until) == ("sending", 1000.0, 1160.0)
    ledger.write([intended(until=1.0)])
    assert only(ledger).until == 1160.0
    ledger.write([accepted(), intended(at=1200.0, until=1260.0)])
    assert only(ledger).state == "accepted"


def test_what_is_not_heard_of_any_more_is_unknown(ledger: Ledger) -> None:
    ledger.write([intended()])
    entry = only(ledger)
    assert (entry.known(1060.0), entry.known(1060.5)) == ("sending", "unknown")
