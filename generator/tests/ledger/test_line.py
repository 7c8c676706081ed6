"""Threads that stand in line for one store: each is served, whatever happens to the others."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from proviso_runtime import errors
from proviso_runtime.ledger import Change
from proviso_runtime.ledger.line import Line

from .samples import intended

Keep = Callable[[Sequence[Change]], None]


class Gate:
    """A store that keeps the first thread in it until it is opened, and then does what it is told to."""

    def __init__(self, then: Keep) -> None:
        self.entered, self.opened = threading.Event(), threading.Event()
        self.kept: list[list[str]] = []
        self._then = then

    def keep(self, changes: Sequence[Change]) -> None:
        if not self.entered.is_set():
            self.entered.set()
            assert self.opened.wait(10)
            return
        names = [change.entry or "" for change in changes]
        self._then(changes)
        self.kept.append(names)


def in_line(line: Line, gate: Gate, pool: ThreadPoolExecutor, names: str) -> list[Future[None]]:
    """Let one thread write, and others wait behind it, in this order."""
    first = pool.submit(line.write, [intended("first")])
    assert gate.entered.wait(10)
    waiting = []
    for number, name in enumerate(names, 1):
        waiting.append(pool.submit(line.write, [intended(name)]))
        while len(line._waiting) < number:
            pass
    gate.opened.set()
    first.result()
    return waiting


def test_those_that_wait_are_written_together() -> None:
    gate = Gate(lambda changes: None)
    with ThreadPoolExecutor(8) as pool:
        for one in in_line(Line(gate.keep), gate, pool, "abcd"):
            one.result()
    assert gate.kept == [["a", "b", "c", "d"]]


def test_each_of_those_that_fail_together_gets_an_exception_of_its_own() -> None:
    def fail(changes: Sequence[Change]) -> None:
        raise errors.LedgerFailed("full") from OSError("no space")

    gate = Gate(fail)
    with ThreadPoolExecutor(8) as pool:
        raised = [one.exception() for one in in_line(Line(gate.keep), gate, pool, "abc")]
    assert [str(one) for one in raised] == ["full"] * 3
    assert [repr(one.__cause__) for one in raised if one is not None] == ["OSError('no space')"] * 3
    assert len({id(one) for one in raised}) == 3


def test_those_behind_one_that_is_interrupted_are_served() -> None:
    interrupted: list[int] = []

    def interrupt(changes: Sequence[Change]) -> None:
        if not interrupted:
            interrupted.append(1)
            raise KeyboardInterrupt

    gate = Gate(interrupt)
    line = Line(gate.keep)
    with ThreadPoolExecutor(8) as pool:
        first, *others = in_line(line, gate, pool, "abc")
        with pytest.raises(KeyboardInterrupt):
            first.result()
        for one in others:
            one.result()
    assert gate.kept == [["b", "c"]]
    assert not line._waiting


def test_a_process_that_was_forked_does_not_wait_for_threads_that_it_does_not_have() -> None:
    gate = Gate(lambda changes: None)
    line = Line(gate.keep)
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(line.write, [intended("of the parent")])
        assert gate.entered.wait(10)
        line.renew()
        line.write([intended("of the child")])
        gate.opened.set()
        running.result()
    assert gate.kept == [["of the child"]]
