"""Whatever spec is accepted, its client sends what the spec lays out, once, with the key in its place and nowhere else."""

from __future__ import annotations

import base64
import importlib
import json
import os
import re
from collections.abc import Iterator
from types import ModuleType
from unittest import mock
from urllib.parse import quote, unquote

import httpx2
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from proviso_runtime import errors

from . import building, random_params, random_specs, read_by_hand
from .building import Spec

KEY = "k3y/of+the=tests"
SIGNER = "signer-of-the-tests"
_SHAPES = {"key": re.escape(KEY), "signature": "[A-Za-z0-9+/=_-]+", "timestamp": "[0-9]+", "nonce": "[0-9a-f-]{36}"}


@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(random_specs.models(), st.data())
def test_a_paid_call_carries_what_its_spec_lays_out(
    tmp_path_factory: pytest.TempPathFactory, drawn: tuple[Spec, Spec], data: st.DataObject
) -> None:
    shared, spec = drawn
    folder = tmp_path_factory.mktemp("random")
    reading = read_by_hand.Reading(shared, spec)
    with building.imported(building.write(folder / "specs", {building.MODEL: spec}, shared), folder / "out") as package:
        provider = importlib.import_module(f"{package.__name__}.{building.PROVIDER}")
        for way in shared["auth"] if isinstance(shared["auth"], list) else [shared["auth"]]:
            for _ in range(4):
                params = data.draw(random_params.params(spec["parameters"]))
                if any(one.severity == "error" for one in provider.still_1.violations(reading.spelled(params))):
                    continue
                for request, call in _sent(provider, reading, way, params):
                    _judge(request, call, way, reading, params)


def _sent(
    provider: ModuleType, reading: read_by_hand.Reading, way: Spec, params: Spec
) -> Iterator[tuple[httpx2.Request, str]]:
    """Make every paid call that there is, and yield the one request of each, with the call of the spec."""
    shared, spec = reading.shared, reading.spec
    calls = {"submit": shared["job"]["submit"]["call"]} if "job" in shared else {}
    calls |= {"generate_sync": spec["immediate"]["call"]} if "immediate" in spec else {}
    signed = way.get("hmac") or way.get("jwt", {})
    variables = {signed["key"]: KEY, signed["secret"]: SIGNER} if signed else {_variable(way): KEY}
    for name, call in calls.items():
        seen: list[httpx2.Request] = []

        def answer(request: httpx2.Request, seen: list[httpx2.Request] = seen) -> httpx2.Response:
            seen.append(request)
            return httpx2.Response(404)

        with (
            mock.patch.dict(os.environ, variables, clear=True),
            mock.patch("uuid.uuid4", return_value=read_by_hand.FRESH),
            httpx2.Client(transport=httpx2.MockTransport(answer)) as http,
        ):
            client = provider.Client(http_client=http, ledger=None, **_set(shared))
            with pytest.raises(errors.ProviderError):
                getattr(client.still_1, name)(**reading.spelled(params))
        (request,) = seen
        yield request, call


def _judge(request: httpx2.Request, call: str, way: Spec, reading: read_by_hand.Reading, params: Spec) -> None:
    shared, spec = reading.shared, reading.spec
    sent = reading.sent(params)
    whole = reading.whole(sent)
    verb, _, path = call.partition(" ")
    given = {**_set(shared), **read_by_hand.carried(shared, spec, whole, "path")}
    begin = _filled(shared["base_url"].rstrip("/"), _set(shared))
    assert request.method == verb
    origin, *steps = f"{begin}{path}".removeprefix("https://").split("/")
    assert str(request.url).startswith(f"https://{origin.lower()}/") or request.url.host == origin.lower()
    raw, _, asked = request.url.raw_path.decode().partition("?")
    assert [unquote(step) for step in raw.split("/")[1:]] == [unquote(_filled(step, given)) for step in steps]

    members = [tuple(map(unquote, one.partition("=")[::2])) for one in asked.split("&") if one]
    fixed = {name: _filled(read_by_hand.text(value), _set(shared)) for name, value in _every(reading, "query").items()}
    expected = [*fixed.items(), *read_by_hand.carried(shared, spec, whole, "query").items()]
    shown = _shown(way, "query")
    assert sorted(one for one in members if one[0] not in shown) == sorted(expected)
    for name, pattern in shown.items():
        ((_, text),) = [one for one in members if one[0] == name]
        assert re.fullmatch(pattern, text), (name, text)

    headers = {
        name: _filled(read_by_hand.text(value), _set(shared)) for name, value in _every(reading, "headers").items()
    }
    headers |= read_by_hand.carried(shared, spec, whole, "headers")
    assert {name: request.headers.get(name) for name in headers} == headers
    patterns = _shown(way, "headers")
    for name, pattern in patterns.items():
        assert re.fullmatch(pattern, request.headers[name]), (name, request.headers[name])

    _judge_body(request.content, way, reading, sent)
    text = f"{request.headers} {request.url} {request.content.decode()}"
    assert SIGNER not in text
    carriers = [name for name, value in request.headers.items() if KEY in value]
    assert sorted(carriers) == sorted(name.lower() for name, pattern in patterns.items() if re.escape(KEY) in pattern)
    escaped = quote(KEY, safe="")
    assert escaped in asked if any(re.escape(KEY) in one for one in shown.values()) else escaped not in str(request.url)


def _judge_body(content: bytes, way: Spec, reading: read_by_hand.Reading, sent: Spec) -> None:
    body = read_by_hand.body_of(reading.shared, reading.spec, sent)
    members = dict.fromkeys(way.get("body", {}), KEY)
    for one in body if isinstance(body, list) else [body]:
        if isinstance(one, dict):
            one.update(members)
    match reading.spec.get("request", {}).get("encoding", "json"):
        case "json":
            assert json.loads(content) == body
        case "form":
            fields = [tuple(map(unquote, one.partition("=")[::2])) for one in content.decode().split("&") if one]
            assert [name for name, _ in fields] == [name for name, _ in _fields(body)]
            texts = [text for _, text in fields]
            assert all(map(_alike, texts, (text for _, text in _fields(body)))), (texts, body)
        case _:
            parts = content.decode().split("\r\n--")
            texts = [part.partition("\r\n\r\n")[2] for part in parts if "\r\n\r\n" in part]
            assert len(texts) == len(list(_fields(body)))
            assert all(map(_alike, texts, (text for _, text in _fields(body)))), (texts, body)


def _fields(body: Spec) -> Iterator[tuple[str, str]]:
    for name, value in body.items():
        for item in value if isinstance(value, list) else [value]:
            yield name, read_by_hand.text(random_params.plain(item))


def _alike(text: str, other: str) -> bool:
    """Compare texts; what is documented as an integer goes without a fraction, and a file as what it holds."""
    held = base64.b64decode(other.partition(",")[2]).decode() if other.lower().startswith("data:") else other
    return text in (other, held) or f"{text}.0" == other


def _every(reading: read_by_hand.Reading, key: str) -> Spec:
    """Return what every call carries: the model's in place of the provider's."""
    own, shared = reading.spec.get(key, {}), reading.shared.get(key, {})
    return {**shared, **own}


def _shown(way: Spec, where: str) -> dict[str, str]:
    """Return the headers or the members of the query that show a key, with the pattern of each."""
    match way, where:
        case {"bearer": _}, "headers":
            return {"Authorization": re.escape(f"Bearer {KEY}")}
        case {"scheme": scheme}, "headers":
            return {"Authorization": re.escape(f"{next(iter(scheme))} {KEY}")}
        case {"header": named}, "headers":
            return dict.fromkeys(named, re.escape(KEY))
        case {"query": named}, "query":
            return dict.fromkeys(named, re.escape(KEY))
        case {"jwt": _}, "headers":
            return {"Authorization": r"Bearer [\w-]+\.[\w-]+\.[\w-]+"}
        case {"hmac": signed}, _:
            return {name: _pattern(text) for name, text in signed.get(where, {}).items()}
        case _:
            return {}


def _pattern(template: str) -> str:
    parts = re.split(r"\{([a-z]+)\}", template)
    return "".join(_SHAPES[part] if at % 2 else re.escape(part) for at, part in enumerate(parts))


def _variable(way: Spec) -> str:
    said = next(value for key, value in way.items() if key != "assumed")
    return said if isinstance(said, str) else str(next(iter(said.values())))


def _set(shared: Spec) -> dict[str, str]:
    """Give every setting a value."""
    return {
        name: one["enum"][-1] if "enum" in one else one["example"] for name, one in shared.get("settings", {}).items()
    }


def _filled(text: str, values: dict[str, str]) -> str:
    return re.sub(r"\{([^{}]*)\}", lambda place: values.get(place[1], place[0]), text)
