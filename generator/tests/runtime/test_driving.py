"""Wherever a driver is interrupted, the flow that it drives hears of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

import pytest

from proviso_runtime import steps, transport

from . import scripted

if TYPE_CHECKING:
    from _typeshed import TraceFunction


def flow(heard: list[str]) -> steps.Flow[str]:
    try:
        yield steps.Pause(seconds=1)
        yield steps.Pause(seconds=1)
    except KeyboardInterrupt:
        heard.append("interrupted")
        yield steps.Pause(seconds=1)
        heard.append("recorded")
        raise
    heard.append("ended")
    return "done"


def blocking(running: steps.Flow[str]) -> None:
    with scripted.Client(scripted.KEY, clock=scripted.Clock(), ledger=None) as client:
        assert isinstance(client.door, transport.Blocking)
        client.door.run(running)


def awaited(running: steps.Flow[str]) -> None:
    client = scripted.AsyncClient(scripted.KEY, clock=scripted.Clock(), ledger=None)
    assert isinstance(client.door, transport.Awaited)
    coroutine = client.door.run(running)
    try:
        coroutine.send(None)
    except StopIteration:
        return
    finally:
        coroutine.close()


@contextmanager
def interrupting(line: int) -> Iterator[list[int]]:
    """Interrupt a driver at the nth line that it runs once its flow has begun. Holds that line's number, or nothing."""
    came: list[int] = []
    begun: list[FrameType] = []

    def trace(frame: FrameType, event: str, _: object) -> TraceFunction | None:
        code = frame.f_code
        if code.co_name == "flow" and code.co_filename == __file__:
            begun.append(frame)
            return None
        if code.co_name != "run" or code.co_filename != transport.__file__:
            return None
        if event == "line" and begun:
            came.append(frame.f_lineno)
            if len(came) == line:
                raise KeyboardInterrupt
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        yield came
    finally:
        sys.settrace(before)


@pytest.mark.parametrize("drive", [blocking, awaited])
def test_a_flow_hears_of_an_interruption_at_any_line_of_its_driver(drive: Callable[[steps.Flow[str]], None]) -> None:
    for line in range(1, 100):
        heard: list[str] = []
        try:
            with interrupting(line) as came:
                drive(flow(heard))
        except KeyboardInterrupt:
            assert heard in (["interrupted", "recorded"], ["ended"]), came
        else:
            assert heard == ["ended"]
            assert 1 < len(came) < line
            return
    pytest.fail("the driver never came to its end")
