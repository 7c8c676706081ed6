"""Keys are found, shown and signed with as documented, and settings change no more than their own place."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from proviso_runtime import (
    addresses,
    clients,
    credentials,
    encoding,
    errors,
    protocol,
    settings,
    signing,
    steps,
)

from . import doors, scripted

HELD = "ACME_SIGNER"
SIGNED = protocol.Signature(
    variable="ACME_KEY",
    signing_variable=HELD,
    algorithm="sha1",
    signs="{path}&{timestamp}&{nonce}",
    encode="base64url",
    timestamp="ms",
    query={"AccessKey": "{key}", "Signature": "{signature}", "Timestamp": "{timestamp}", "Nonce": "{nonce}"},
)
QUERY = protocol.QueryKey(name="api key", variable="ACME_QUERY")


TWO_WAYS = replace(scripted.ACME, auth=QUERY, alternatives=(SIGNED,))
REGIONS = replace(
    scripted.ACME,
    base_url="https://api-{region}.acme.test/v1/{project}",
    origins=("https://{region}.jobs.test:8443",),
    settings={
        "region": protocol.Setting(variable="ACME_REGION", default="eu"),
        "project": protocol.Setting(variable="ACME_PROJECT"),
    },
)
SIGNER = "s3cret"


class TwoWays(scripted.Client):
    provider = TWO_WAYS


class Regions(clients.Client):
    provider = REGIONS


def test_a_signature_is_that_of_openssl() -> None:
    # printf '/v1/x&1800000000123&n-1' | openssl dgst -sha1 -hmac 's3cret' -binary | basenc --base64url
    signed = signing.sign(
        SIGNED,
        key="k",
        secret=SIGNER,
        verb="POST",
        url="https://a.test/v1/x?q=1",
        body=b"",
        now=1.8e9 + 0.123,
        nonce="n-1",
    )
    assert signed.query["Signature"] == "7GZn3cjLvLyt9MoP6UjR6z7LN7E"
    assert {**signed.query, "Signature": ""} == {
        "AccessKey": "k", "Signature": "", "Timestamp": "1800000000123", "Nonce": "n-1",
    }  # fmt: skip


def test_every_call_is_signed_with_a_nonce_of_its_own() -> None:
    held = credentials.Credentials(way=SIGNED, key="k", secret=SIGNER)
    request = steps.Request(verb="GET", url="https://a.test/x", headers={}, patience=1)
    shown = [parse_qs(urlsplit(held.shown(request, now=1.8e9)[0]).query) for _ in range(3)]
    assert len({one["Nonce"][0] for one in shown}) == len({one["Signature"][0] for one in shown}) == 3


def test_everything_that_can_be_signed_is_signed_as_it_is_sent() -> None:
    way = replace(
        SIGNED,
        signs="{verb} {host} {path} {query} {timestamp} {key} {body_sha256} {body} {body}",
        algorithm="sha512",
        encode="hex",
        timestamp="s",
        query={},
        headers={"X-Sign": "{signature}"},
    )
    one = signing.sign(
        way,
        key="k",
        secret=SIGNER[0],
        verb="PUT",
        url="https://a.test:8/%2F?b=%20",
        body=b"\xff{body}",
        now=7.9,
        nonce="",
    )
    assert one.headers["X-Sign"] == (
        "cb60995080f50789e4259ad6ae1978faf3d741e8efd6947dd1db50391bd672b9"
        "04261e65518fe79ef595d771e8cea12495216fd7987e4997e772a54a6214dc41"
    )


@pytest.mark.parametrize(
    ("held", "given", "way"),
    [
        ({"ACME_QUERY": "q"}, {}, QUERY),
        ({"ACME_KEY": "k", "ACME_SIGNER": "s"}, {}, SIGNED),
        ({"ACME_KEY": "k", "ACME_SIGNER": "s", "ACME_QUERY": "q"}, {}, QUERY),
        ({"ACME_KEY": "k", "ACME_SIGNER": "s"}, {"api_key": "given"}, QUERY),
        ({"ACME_QUERY": "q"}, {"api_key": "given", "api_secret": "s"}, SIGNED),
        ({"ACME_KEY": "k"}, {"api_secret": "s"}, SIGNED),
    ],
)
def test_the_first_way_whose_key_is_there_is_taken(
    held: Mapping[str, str], given: dict[str, str], way: protocol.Auth, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, text in held.items():
        monkeypatch.setenv(name, text)
    found = credentials.find(TWO_WAYS, given.get("api_key"), given.get("api_secret"))
    assert found.way is way
    assert found.key == given.get("api_key", held.get(way.variable))


@pytest.mark.parametrize("held", [{}, {"ACME_KEY": "k"}, {"ACME_SIGNER": "s"}, {"ACME_QUERY": ""}])
def test_a_key_without_its_secret_is_missing(held: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in held.items():
        monkeypatch.setenv(name, text)
    with pytest.raises(errors.KeyMissing) as missing:
        TwoWays()
    assert str(missing.value) == (
        "acme: no key. Set the environment variable ACME_QUERY, or the environment variables ACME_KEY and ACME_SIGNER, "
        "or give api_key"
    )


@pytest.mark.parametrize(
    "region",
    ["evil.test/", "evil.test#", "a@evil.test", "a:80", "a.b", "-a", "a-", "a" * 64, "é", "{project}", "a\\b", "?"],
)
def test_a_setting_does_not_change_whom_the_key_is_shown_to(region: str) -> None:
    with pytest.raises(errors.SettingInvalid, match="region"):
        Regions("key", settings={"region": region, "project": "p"})


@pytest.mark.parametrize(
    ("project", "path"), [("a b", "a%20b"), ("../x", "..%2Fx"), ("a?b#c", "a%3Fb%23c"), ("{region}", "%7Bregion%7D")]
)
def test_a_setting_in_a_path_is_escaped(project: str, path: str) -> None:
    chosen = settings.resolve(REGIONS, {"project": project})
    assert settings.address(REGIONS, chosen) == f"https://api-eu.acme.test/v1/{path}"
    assert settings.origins(REGIONS, chosen) == ("https://eu.jobs.test:8443",)


@pytest.mark.parametrize("project", ["", "..", ".", " a", "a\n", "ä", 7])
def test_a_setting_that_cannot_stand_in_a_path_is_refused(project: str) -> None:
    with pytest.raises((errors.SettingInvalid, errors.SettingMissing), match="project"):
        Regions("key", settings={"project": project})


def test_a_setting_is_looked_for_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(errors.SettingMissing, match="ACME_PROJECT"):
        Regions("key")
    monkeypatch.setenv("ACME_PROJECT", "p-1")
    monkeypatch.setenv("ACME_REGION", "us")
    assert repr(Regions("key")) == "Regions(acme, https://api-us.acme.test/v1/p-1)"


def test_the_key_goes_to_documented_origins_and_to_no_other() -> None:
    client = Regions("key", settings={"project": "p"})
    target = client.target(scripted.ACME_MODEL)
    for url in ("https://api-eu.acme.test/x", "https://eu.jobs.test:8443/y", "HTTPS://API-EU.acme.test:443/"):
        assert target.owns(url)
    for url in ("https://us.jobs.test:8443", "https://eu.jobs.test", "http://api-eu.acme.test", "https://api-eu.acme.test.evil", "https://api-eu.acme.test@evil.test/"):  # fmt: skip
        assert not target.owns(url)


def test_all_below_a_host_may_be_origins() -> None:
    known = addresses.origins(["https://*.acme.test", "https://acme.example"])
    for url in ("https://api.acme.test/x", "https://EU4.api.acme.test:443/y", "https://acme.example"):
        assert url in known
    for url in ("https://acme.test", "https://notacme.test", "http://api.acme.test", "https://api.acme.test:8443", "https://a.acme.example", "https://x.acme.test@evil.test", "https://evil.test%2f.acme.test", "https://.acme.test", "https://a..acme.test", "https://evil.test!.acme.test"):  # fmt: skip
        assert url not in known


@pytest.mark.parametrize("kind", doors.DOORS)
def test_a_key_in_the_query_is_sent_and_stands_in_no_log(
    kind: type[doors.Door], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []

    def answer(request: doors.Sent) -> doors.Answer:
        sent.append(request.url)
        return 404, {}, b"no such key: s3cret%20key%2F+%2B, s3cret key/+"

    monkeypatch.setattr(scripted.Client, "provider", TWO_WAYS)
    monkeypatch.setattr(scripted.AsyncClient, "provider", TWO_WAYS)
    monkeypatch.setattr(scripted, "KEY", "s3cret key/+")
    door = kind(answer, scripted.Clock())
    with caplog.at_level(logging.DEBUG), pytest.raises(errors.NotFound) as refused:
        door.generate()
    assert sent == ["https://api.acme.test/v1/tasks/painter/5?api%20key=s3cret%20key%2F%2B"]
    assert "https://api.acme.test/v1/tasks/painter/5?…" in caplog.text
    assert "s3cret" not in f"{caplog.text}{refused.value}{refused.value!r}"


def test_a_key_in_the_body_stands_in_the_object_or_in_every_object_of_a_list() -> None:
    assert encoding.json_body({"a": 1}, {"key": "k"}) == b'{"a":1,"key":"k"}'
    several = [{"a": 1, "key": 2}, 3, {"b": 4}]
    assert encoding.json_body(several, {"key": "k"}) == b'[{"a":1,"key":"k"},3,{"b":4,"key":"k"}]'
    assert encoding.json_body([{"a": 1}], {}) == b'[{"a":1}]'


def test_a_key_is_printed_by_nothing_that_holds_it() -> None:
    held = credentials.Credentials(way=SIGNED, key="k3y", secret=SIGNER)
    target = Regions("k3y", settings={"project": "p"}).target(scripted.ACME_MODEL)
    for one in (held, replace(target, members={"key": "k3y"}), target):
        assert "k3y" not in repr(one)
        assert SIGNER not in repr(one)


def test_a_header_replaces_that_of_the_same_name_in_any_case() -> None:
    assert addresses.with_headers({"Accept": "a", "B": "b"}, {"accept": "c"}) == {"B": "b", "accept": "c"}


def test_what_every_call_of_a_model_carries_stands_in_place_of_what_those_of_its_provider_do() -> None:
    provider = replace(scripted.ACME, headers={"X-Version": "1"}, query={"version": "1"})
    target = scripted.Client("key").target(scripted.ACME_MODEL)
    own = replace(scripted.ACME_MODEL, headers={"X-Version": "2"}, query={"version": "2"})
    for model, version in ((scripted.ACME_MODEL, "1"), (own, "2")):
        called = replace(target, provider=provider, model=model)
        _, url = called.address("GET /x")
        assert url.endswith(f"/x?version={version}")
        assert called.headers(url) == {"X-Version": version}


def test_a_setting_has_one_of_its_values() -> None:
    provider = replace(REGIONS, settings={"region": protocol.Setting(variable="ACME_REGION", values=("eu", "us"))})
    assert settings.resolve(provider, {"region": "us"}) == {"region": "us"}
    with pytest.raises(errors.SettingInvalid, match="one of eu, us"):
        settings.resolve(provider, {"region": "asia"})


def test_what_holds_a_missing_setting_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ACME_TEAM", raising=False)
    one = protocol.Setting(variable="ACME_TEAM", optional=True)
    provider = replace(REGIONS, settings={**REGIONS.settings, "team": one})
    fixed = {"a": "{team}", "b": "{region}/{team}", "c": "{region}", "d": "x"}
    for given in (None, ""):
        known = settings.resolve(provider, {"project": "p", "team": given})
        assert settings.filled(fixed, known) == {"c": "eu", "d": "x"}
    known = settings.resolve(provider, {"project": "p", "team": "blue"})
    assert settings.filled(fixed, known) == {"a": "blue", "b": "eu/blue", "c": "eu", "d": "x"}
    with pytest.raises(errors.SettingInvalid):
        settings.resolve(provider, {"project": "p", "team": "a\nb"})
    with pytest.raises(errors.SettingMissing):
        settings.resolve(provider, {"team": "blue", "project": ""})
