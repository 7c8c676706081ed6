"""How ledgers find, forget and remember, the same in every store."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from proviso_runtime import errors
from proviso_runtime.ledger import Ledger

from .samples import accepted, ended, intended, only


def named(ledger: Ledger, **wanted: Any) -> list[str]:
    return [entry.id for entry in ledger.find(**wanted)]


def test_entries_come_oldest_first_however_many(ledger: Ledger) -> None:
    names = [f"{number:032x}" for number in range(1700, 0, -1)]
    ledger.write([intended(name) for name in names])
    assert named(ledger) == names
    assert named(ledger, ids=sorted(names)) == names
    assert named(ledger, ids=names[100:900] * 2) == names[100:900]
    assert named(ledger, ids=[]) == []


def test_everything_that_is_given_must_fit(ledger: Ledger) -> None:
    ledger.write([
        intended("a", reference="batch/1"), accepted("a", "j1"),
        intended("b", reference="batch/2", model="other"), accepted("b", "j2"),
        intended("c", reference="Batch/1", provider="else"), accepted("c", "j1"), ended("c"),
        intended("d", reference="of batch/1"),
    ])  # fmt: skip
    assert named(ledger, provider="acme") == ["a", "b", "d"]
    assert named(ledger, model="other") == ["b"]
    assert named(ledger, job_id="j1") == ["a", "c"]
    assert named(ledger, job_id="j1", provider="acme") == ["a"]
    assert named(ledger, reference="batch/") == ["a", "b"]
    assert named(ledger, reference="") == ["a", "b", "c", "d"]
    assert named(ledger, states=["sending", "succeeded"]) == ["c", "d"]
    assert named(ledger, states=[]) == []
    assert named(ledger, ids=["a", "c", "none"], states=["accepted"]) == ["a"]
    assert named(ledger, ids=["b"], provider="else") == []


@pytest.mark.parametrize("text", ["50%_off", "a\\b", "[x]*?", "'; --", "ä\U0010ffff", "\udc80", "a\0b", ""])
def test_references_begin_with_exactly_what_is_given(ledger: Ledger, text: str) -> None:
    ledger.write([intended("a", reference=f"{text}1"), intended("b", reference="50ab_of"), intended("c")])
    assert named(ledger, reference=f"{text}1") == ["a"]


def test_texts_that_no_database_can_hold_lose_no_job(ledger: Ledger) -> None:
    ledger.write([intended(), accepted(job_id="j\0\ud800", addresses={"poll": "\ud800\0"})])
    ledger.write([ended(None, job_id="j\0\ud800", state="failed", code="\0\udfff")])
    entry = only(ledger)
    assert (entry.state, entry.job_id, entry.code) == ("failed", "j�?", "�?")


def test_entries_are_forgotten_by_their_ids(ledger: Ledger) -> None:
    names = [f"{number:032x}" for number in range(1200)]
    ledger.write([intended(name) for name in names])
    assert ledger.forget([*names[:1100], "none"]) == 1100
    assert named(ledger) == names[1100:]
    assert ledger.forget(names) == 100
    assert ledger.forget([]) == 0


def test_a_callback_is_new_once_for_each_provider(ledger: Ledger) -> None:
    assert ledger.hear("acme", "d" * 64, at=1.0)
    assert not ledger.hear("acme", "d" * 64, at=2.0)
    assert ledger.hear("other", "d" * 64, at=3.0)


def test_of_many_that_hear_a_callback_at_once_one_is_the_first(ledger: Ledger) -> None:
    with ThreadPoolExecutor(16) as pool:
        heard = list(pool.map(lambda _: ledger.hear("acme", "e", at=1.0), range(64)))
    assert sum(heard) == 1


@pytest.mark.parametrize("wrong", [{"hold": object()}, {"hold": 1.5}, {"model": object()}, {"reference": b"x"}])
def test_changes_are_kept_all_or_none(ledger: Ledger, wrong: dict[str, Any]) -> None:
    with pytest.raises(errors.LedgerFailed):
        ledger.write([intended("a"), intended("b", **wrong)])
    assert named(ledger) == []


def test_threads_lose_nothing_and_one_that_errs_harms_no_other(ledger: Ledger) -> None:
    def work(number: int) -> bool:
        name = f"{number:032x}"
        try:
            ledger.write([intended(name, hold=object() if number % 7 == 3 else None)])
            ledger.write([accepted(name, name)])
            ledger.write([ended(None, job_id=name)])
        except errors.LedgerFailed:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        kept = list(pool.map(work, range(300)))
    assert kept == [number % 7 != 3 for number in range(300)]
    assert sorted(named(ledger, states=["succeeded"])) == [f"{n:032x}" for n, fine in enumerate(kept) if fine]
    assert len(named(ledger)) == sum(kept)


def test_entries_can_be_changed_while_they_are_read(ledger: Ledger) -> None:
    names = [f"{number:032x}" for number in range(1200)]
    ledger.write([intended(name) for name in names])
    seen = []
    for entry in ledger.find():
        seen.append(entry.id)
        if len(seen) % 100 == 0:
            ledger.write([ended(entry.id)])
            ledger.forget([entry.id])
    assert seen == names
