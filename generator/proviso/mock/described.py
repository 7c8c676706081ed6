"""A provider as the mock has it, as an OpenAPI document: what is documented, and the refusals that are guessed."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import TypeAlias, cast

from proviso import ir
from proviso.exports import openapi
from proviso.kind_schemas import Schema
from proviso.mock import refusals
from proviso.mock.explaining import REFUSED
from proviso.mock.refusals import Refusal

_Items: TypeAlias = Mapping[str, Mapping[str, Schema]]


def document(provider: ir.Provider, *, base_url: str) -> Schema:
    """Write the OpenAPI document of a mock. base_url: where its calls begin."""
    found = openapi.document(provider)
    guessed = _guessed(provider)
    paths, elsewhere = cast("_Items", found["paths"]), cast("Mapping[str, _Items]", found["components"])
    for item in (*paths.values(), *elsewhere.get("pathItems", {}).values()):
        for operation in item.values():
            responses = cast("dict[str, Schema]", operation["responses"])
            for status, media_type in guessed.items():
                responses.setdefault(str(status), _response(status, media_type))
    return {**found, "servers": [{"url": base_url}]}


def _guessed(provider: ir.Provider) -> dict[int, str]:
    """Return the statuses with which the mock refuses, and the media types, whether or not documents give them."""
    answers = (
        refusals.answer(provider, model, Refusal(means=means, message=""))
        for means in REFUSED
        for model in (None, *provider.models)
    )
    return {one.status: one.media_type for one in answers}


def _response(status: int, media_type: str) -> Schema:
    return {
        "description": f"{HTTPStatus(status).phrase}: guessed by the mock, since no document says how it is refused.",
        "content": {media_type: {}},
        "x-proviso-guessed": True,
    }
