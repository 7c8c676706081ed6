"""The specs have no complaint, and every fact in them leads to a document that was read."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from harness.houses import House
from harness.subjects import Subject
from proviso import ir


def test_the_specs_have_no_complaint(house: House) -> None:
    assert [str(one) for one in house.spoken.complaints] == []
    assert house.spoken.providers


def test_every_source_was_read_on_a_day_and_has_a_digest(subject: Subject) -> None:
    for source in subject.provider.sources:
        assert source.title
        assert date.fromisoformat(source.read)
        assert re.fullmatch(r"[0-9a-f]{64}", source.sha256)
        assert source.address.why if isinstance(source.address, ir.Unknown) else "://" in source.address


def test_every_fact_names_a_source_that_is_listed(subject: Subject) -> None:
    listed = {source.name for source in subject.provider.sources}
    for sources in _sources(subject.model):
        assert sources
        assert set(sources) <= listed


def test_every_doubt_has_claims_with_sources_and_a_ruling_that_something_would_settle(subject: Subject) -> None:
    for doubt in (*subject.provider.doubts, *subject.model.doubts):
        assert doubt.touches
        assert all(claim.says and claim.sources for claim in doubt.claims)
        assert doubt.claims
        assert doubt.ruling
        assert doubt.because
        assert doubt.settled_by


def test_every_operation_has_a_documented_reply_and_every_model_a_documented_request(subject: Subject) -> None:
    model = subject.model
    shown = {reply.of for reply in model.replies if reply.status < 400}
    there = {"submit", "poll"} if model.job is not None else set[str]()
    there |= {"collect"} if model.job is not None and model.job.collect is not None else set()
    there |= {"immediate"} if model.immediate is not None else set()
    assert there <= shown
    assert model.witnesses


def test_the_index_has_every_parameter_doubt_and_source(subject: Subject) -> None:
    index = subject.house.index
    # Markdown has signs of its own, which are escaped.
    assert subject.model.title in index.replace("\\", "")
    assert f"`{subject.model.id}`" in index
    for parameter in subject.model.parameters:
        assert f"`{parameter.name}`" in index
    for doubt in (*subject.provider.doubts, *subject.model.doubts):
        assert doubt.id in index
    for source in subject.provider.sources:
        assert source.sha256[:12] in index


def test_every_digest_is_that_of_a_captured_document(subject: Subject) -> None:
    folder = os.environ.get("PROVISO_DOCUMENTS")
    if subject.house.is_invented:
        pytest.skip("an invented provider has no document")
    if folder is None:
        pytest.skip("PROVISO_DOCUMENTS names no folder of captured documents")
    captured = {hashlib.sha256(path.read_bytes()).hexdigest() for path in Path(folder).rglob("*") if path.is_file()}
    assert {source.sha256 for source in subject.provider.sources} <= captured


def _sources(model: ir.Model) -> Iterable[tuple[str, ...]]:
    yield model.sources
    yield from (one.sources for one in model.parameters)
    yield from (one.sources for one in model.rules)
    yield from (one.sources for one in model.replies)
    yield from (one.sources for one in model.witnesses)
    yield from (claim.sources for doubt in model.doubts for claim in doubt.claims)
    if isinstance(model.price, ir.Price):
        yield model.price.sources
    if isinstance(model.errors, ir.Errors):
        yield from (one.sources for one in model.errors.statuses)
