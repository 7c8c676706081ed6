"""The mock and the OpenAPI document that it serves agree: a tool that reads the one finds nothing wrong with the other."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks

from proviso import ir
from proviso.mock import serving
from proviso.mock.options import KEY
from proviso.mock.provider_mock import Mock

from .mock_house import INVENTED, providers

_REPLIES = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.response_headers_conformance,
]
_ALL = [
    *_REPLIES,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.positive_data_acceptance,
]
_HEADERS = {"Authorization": f"Bearer {KEY}", "x-api-key": KEY}


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.value)
@pytest.mark.parametrize("provider", providers(), ids=lambda provider: provider.name)
def test_nothing_contradicts_the_document(provider: ir.Provider, mode: GenerationMode) -> None:
    assert _tried(provider, mode, _ALL, examples=10) >= 10


def test_no_reply_of_invented_providers_is_one_that_the_document_does_not_know() -> None:
    every = providers(INVENTED)
    assert sum(_tried(provider, GenerationMode.NEGATIVE, _REPLIES, examples=2) for provider in every) > 30


def _tried(provider: ir.Provider, mode: GenerationMode, wanted: list[Any], *, examples: int) -> int:
    """Send requests that the document allows, or does not, and hold the replies to it; return how many were sent."""
    count = 0
    with serving.running(Mock((provider,))) as server:
        document = httpx2.get(f"{server.origin}/__proviso__/openapi/{provider.name}.json").json()
        for found in schemathesis.openapi.from_dict(document).get_all_operations():
            assert isinstance(found, Ok)
            strategy = found.ok().as_strategy(generation_mode=mode)

            @settings(
                max_examples=examples,
                derandomize=True,
                database=None,
                deadline=None,
                phases=[Phase.explicit, Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(case=strategy)
            def agrees(case: Any) -> None:
                nonlocal count
                count += 1
                reply = case.call(base_url=document["servers"][0]["url"], headers=_HEADERS)
                case.validate_response(reply, checks=wanted)

            agrees()
        assert not server.mock.defects
    return count
