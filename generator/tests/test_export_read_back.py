"""`proviso new` reads what `proviso export` wrote: calls, keys, parameters and documented bodies come back."""

from __future__ import annotations

from typing import Any

import pytest

from proviso import ir
from proviso import layouts as bodies
from proviso.exports import layouts
from proviso.exports.calls import uses

from .drafts import Data, drafted
from .exported import INVENTED, PROVIDERS, REAL, described, named

BELIEVABLE = [one for one in PROVIDERS if one.path.startswith((str(REAL), str(INVENTED)))]


@pytest.fixture(scope="module", params=BELIEVABLE, ids=named)
def provider(request: pytest.FixtureRequest) -> ir.Provider:
    found: ir.Provider = request.param
    return found


@pytest.fixture(scope="module")
def draft(provider: ir.Provider, tmp_path_factory: pytest.TempPathFactory) -> Data:
    return drafted(tmp_path_factory.mktemp("draft"), described(provider))


def test_address_settings_title_and_page_come_back(provider: ir.Provider, draft: Data) -> None:
    shared = draft["provider.yaml"]
    assert (shared["title"], shared["base_url"]) == (provider.title, provider.base_url)
    values = {name: tuple(one.get("enum", ())) for name, one in shared.get("settings", {}).items()}
    assert values == {one.name: one.values for one in provider.settings if f"{{{one.name}}}" in provider.base_url}


def test_every_model_comes_back_with_its_parameters(provider: ir.Provider, draft: Data) -> None:
    for model in provider.models:
        # A draft takes one body a model, and leaves a choice of several to a person.
        assert isinstance(model.body, ir.Chosen) or candidates(model, draft), model.name


def test_files_come_back_as_files_of_their_media_types(provider: ir.Provider, draft: Data) -> None:
    for model in provider.models:
        for name, kind in bodies.files(model).items():
            back = [one["parameters"][name] for one in draft.values() if name in names(one)]
            files = [one.get("items", one) for one in back]
            assert any((one["format"], one.get("media_types", [])) == ("binary", [*kind.media_types]) for one in files)


def test_the_calls_of_jobs_come_back(provider: ir.Provider, draft: Data) -> None:
    shared = draft["provider.yaml"]
    calls = {
        call["call"]
        for one in (shared, *draft.values())
        for job in [one.get("job", {})]
        for call in job.values()
        if isinstance(call, dict) and "call" in call
    }
    for model in provider.models:
        if model.job is not None and "{model}" not in model.job.submit.call:
            assert {model.job.submit.call, model.job.poll.call} <= {*calls, None}


def test_documented_replies_to_submit_and_poll_come_back_whole(provider: ir.Provider, draft: Data) -> None:
    drawn = [reply for one in draft.values() for reply in one.get("replies", ())]
    for model in provider.models:
        described = {use.role for use in uses(model)} & {"submit", "poll"}
        for reply in model.replies:
            if isinstance(reply.body, dict) and reply.of in described and 200 <= reply.status < 300:
                assert any(
                    one["status"] == reply.status and one.get("body", {}).keys() == reply.body.keys() for one in drawn
                ), reply.name


def candidates(model: ir.Model, draft: Data) -> list[str]:
    """Find the drafted models that ask for what a model asks for; a single allowed value comes back as a constant."""
    wanted = [
        place
        for name, place in layouts.places(model.body).items()
        if not ((kind := kind_of(model, name)) and isinstance(kind, ir.Choice) and len(kind.values) == 1)
    ]
    shared = names(draft["provider.yaml"])
    # An object may come back as one parameter.
    return [name for name, one in draft.items() if all(set(place) & (names(one) | shared) for place in wanted)]


def kind_of(model: ir.Model, name: str) -> ir.Kind | None:
    parameter = model.parameter(name)
    return None if parameter is None else parameter.kind


def names(spec: Any) -> set[str]:
    """Name the parameters of a spec."""
    return set(spec.get("parameters", {}))
