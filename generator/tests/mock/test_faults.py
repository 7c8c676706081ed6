"""Faults are read as they are written, and what is none is told what would be one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proviso.mock import faults

_RIGHT = [
    "poll:502 x2",
    "submit:lost after 1",
    "any:slow 1.5s",
    "job:partial x1 after 3",
    "callback:twice",
    "file:half",
]
_WRONG = {
    "": 'a fault is "STEP:WHAT"',
    "poll": 'a fault is "STEP:WHAT"',
    "polls:502": "'polls' is no step; the steps are submit,",
    "poll:failed": "'poll' cannot go wrong as 'failed'; it can as a status such as 502, drop,",
    "job:502": "'job' cannot go wrong as '502'; it can as failed,",
    "poll:999": 'a fault is "STEP:WHAT"',
    "poll:502 x": 'a fault is "STEP:WHAT"',
}


@pytest.mark.parametrize("text", _RIGHT)
def test_a_fault_is_written_as_it_was_read(text: str) -> None:
    assert faults.written(faults.parse(text)) == text


@pytest.mark.parametrize("text", _WRONG)
def test_what_is_no_fault_is_told_what_would_be_one(text: str) -> None:
    with pytest.raises(faults.WrongFault, match=re.escape(_WRONG[text])):
        faults.parse(text)


def test_everything_that_is_wrong_is_told_at_once() -> None:
    with pytest.raises(faults.WrongFault, match=r"(?s)polls.*jobs"):
        faults.parse_all(["polls:502", "poll:502", "jobs:failed"])


@given(text=st.text(max_size=40))
def test_no_text_is_taken_for_a_fault_that_it_is_not(text: str) -> None:
    try:
        found = faults.parse(text)
    except faults.WrongFault:
        return
    assert faults.parse(faults.written(found)) == found


def test_a_fault_happens_as_often_and_as_late_as_it_says() -> None:
    told = faults.Faults([faults.parse("poll:502 x2 after 1")])
    assert [told.next("poll") is not None for _ in range(5)] == [False, True, True, False, False]
    assert told.next("submit") is None
