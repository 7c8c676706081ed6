"""A span for every call where OpenTelemetry listens, without a word of the request."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from proviso_runtime import errors

from . import scripted
from .world import Kind, World, every_door


@pytest.fixture
def spans(monkeypatch: pytest.MonkeyPatch) -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
    monkeypatch.setattr(trace, "get_tracer", provider.get_tracer)
    yield exporter
    provider.shutdown()


def told(span: ReadableSpan) -> dict[str, object]:
    return dict(span.attributes or {})


@every_door
def test_every_call_has_a_span_that_names_its_job(kind: Kind, spans: InMemorySpanExporter) -> None:
    kind(World(), scripted.Clock()).generate()

    submit, wait = spans.get_finished_spans()
    assert (submit.name, wait.name) == ("acme submit", "acme wait")
    for span in (submit, wait):
        assert told(span) == {"proviso.provider": "acme", "proviso.model": "painter/5", "proviso.job.id": "job-1"}


@every_door
def test_a_call_that_fails_tells_the_class_of_its_exception_alone(kind: Kind, spans: InMemorySpanExporter) -> None:
    refused = (400, {"content-type": "application/json"}, b'{"data": {"error": "no lighthouse keepers"}}')
    with pytest.raises(errors.BadRequest):
        kind(World(submit=refused), scripted.Clock()).generate()

    (span,) = spans.get_finished_spans()
    assert told(span)["error.type"] == span.status.description == "BadRequest"
    assert span.events == ()
    assert "lighthouse" not in span.to_json()
