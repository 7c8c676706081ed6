"""A span of OpenTelemetry for every call, where OpenTelemetry is installed. It holds no prompt, no key and no address."""

from __future__ import annotations

import functools
from collections.abc import Generator
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING, TypeVar

from proviso_runtime.steps import Flow
from proviso_runtime.target import Target

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    Starter = Callable[[str, dict[str, str]], AbstractContextManager["Span"]]


T = TypeVar("T")


class Span:
    """What is told of a call while it runs; without OpenTelemetry nobody listens."""

    def set(self, name: str, value: str) -> None:
        """Tell something of the call, by a name such as `job.id`."""


@contextmanager
def span(call: str, target: Target, *, job_id: str | None = None) -> Generator[Span]:
    """Open a span for the block. call: its name, such as `submit`. An exception is told by its class alone."""
    start = _starter()
    if start is None:
        yield _SILENT
        return
    told = {"proviso.provider": target.provider.name, "proviso.model": target.model.id}
    if job_id is not None:
        told["proviso.job.id"] = job_id
    with start(f"{target.provider.name} {call}", told) as opened:
        yield opened


def traced(
    flow: Flow[T],
    call: str,
    target: Target,
    *,
    job_id: str | None = None,
    found: Callable[[T], str] | None = None,
) -> Flow[T]:
    """Run a flow in a span. found: gives the id of the job that it has found."""
    if _starter() is None:
        return (yield from flow)
    with span(call, target, job_id=job_id) as opened:
        result = yield from flow
        if found is not None:
            opened.set("job.id", found(result))
        return result


_SILENT = Span()


@functools.cache
def _library() -> ModuleType | None:
    """Find OpenTelemetry once."""
    try:
        from opentelemetry import trace
    except ImportError:
        return None
    return trace


def _starter() -> Starter | None:
    """Return what starts spans, where somebody listens to them."""
    trace = _library()
    if trace is None or isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider):
        return None
    return _start


@contextmanager
def _start(name: str, told: dict[str, str]) -> Generator[Span]:
    from opentelemetry import trace

    class Told(Span):
        def set(self, name: str, value: str) -> None:
            inner.set_attribute(f"proviso.{name}", value)

    # The text of an exception may quote the provider; its class says enough.
    opened = trace.get_tracer("proviso_runtime").start_as_current_span(
        name, attributes=told, record_exception=False, set_status_on_exception=False
    )
    with opened as inner:
        try:
            yield Told()
        except BaseException as error:
            inner.set_attribute("error.type", type(error).__name__)
            inner.set_status(trace.Status(trace.StatusCode.ERROR, type(error).__name__))
            raise
