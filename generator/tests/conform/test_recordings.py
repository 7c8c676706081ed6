"""What was recorded is judged as it was when it was heard, and holds no secret."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from proviso import ir
from proviso.conform import planning, stated, witnesses
from proviso.conform.exchanges import Course, Exchange, Reply
from proviso.conform.running import Asker
from proviso.conform.secrets_kept import Veil, address
from proviso.conform.witnesses import Recorder, UnreadableError
from proviso.mock.options import KEY

from . import alterations, asked


def _recorded(folder: Path, provider: ir.Provider, altered: ir.Provider | None = None) -> asked.Heard:
    def through(asker: Asker) -> Asker:
        recorder = Recorder(asker=asker, folder=folder, provider=provider, veil=Veil([KEY]))
        recorder.begin()
        return recorder

    return asked.run(provider, altered, through=through)


def _altered(name: str) -> ir.Provider:
    wanted = {"apixo": "size row", "segmind": "state", "shortapi": "id path"}[name]
    return next(one.provider for one in alterations.of(asked.PROVIDERS[name]) if one.kind == wanted)


@pytest.mark.parametrize("name", asked.OURS)
@pytest.mark.parametrize("otherwise", [False, True])
def test_a_recording_gives_the_same_verdicts_without_anybody_to_ask(
    name: str, *, otherwise: bool, tmp_path: Path
) -> None:
    provider = asked.PROVIDERS[name]
    heard = _recorded(tmp_path, provider, _altered(name) if otherwise else None)

    recording = witnesses.opened(tmp_path, provider)
    again = asked.put(provider, recording)

    assert recording.fits
    assert [(one.fact.id, one.standing, one.evidence) for one in again.known] == [
        (one.fact.id, one.standing, one.evidence) for one in heard.outcome.known
    ]


def test_a_recording_holds_neither_the_key_nor_the_query_of_an_address(tmp_path: Path) -> None:
    provider = asked.PROVIDERS["shortapi"]
    body = {"echo": f"Bearer {KEY}", "url": "https://f.test/a.png?sig=s3cret"}
    said = Reply(status=200, headers={"x-echo": KEY}, body=body)
    course = Course(exchanges=(Exchange(step="ask", verb="GET", target="/", reply=said),))
    first = planning.plan(stated.subjects(provider), stated.facts(provider), "USD").all[0]
    door = asked.Kept(courses={first.id: course})

    Recorder(asker=door, folder=tmp_path, provider=provider, veil=Veil([KEY])).follow(first)

    (kept,) = tmp_path.iterdir()
    assert KEY not in kept.read_text("utf-8")
    assert "s3cret" not in kept.read_text("utf-8")
    assert "https://f.test/a.png?***" in kept.read_text("utf-8")


def test_secrets_are_gone_in_every_spelling_and_addresses_lose_their_signatures() -> None:
    veil = Veil(["top/secret key", ""])

    kept = veil.value(
        {"a": ["x top/secret key y", "top%2Fsecret%20key"], "b": '{"u":"https://u:p@f.test/a.png?sig=abc"}'}
    )

    assert kept == {"a": ["x *** y", "***"], "b": '{"u":"https://f.test/a.png?***"}'}
    assert address("https://f.test/a.png") == "https://f.test/a.png"


def test_what_the_recording_has_not_stays_open_and_says_so(tmp_path: Path) -> None:
    provider = asked.PROVIDERS["shortapi"]
    heard = _recorded(tmp_path, provider)
    for path in tmp_path.glob("mutant-*.json"):
        path.unlink()

    again = asked.put(provider, witnesses.opened(tmp_path, provider))

    fact = "shortapi/seedream-4-5-edit parameters.prompt.required"
    assert fact in heard.of("confirmed")
    (known,) = [one for one in again.known if one.fact.id == fact]
    assert (known.standing, known.evidence) == ("open", "the recording has no reply to what is asked about it")
    assert again.missing > 0


def test_a_recording_tells_that_the_spec_is_another_by_now(tmp_path: Path) -> None:
    provider = asked.PROVIDERS["shortapi"]
    Recorder(asker=asked.Kept(courses={}), folder=tmp_path, provider=provider, veil=Veil([])).begin()

    assert not witnesses.opened(tmp_path, replace(provider, base_url="https://other.test")).fits
    with pytest.raises(UnreadableError, match="a recording of shortapi"):
        witnesses.opened(tmp_path, asked.PROVIDERS["apixo"])


BROKEN = ("", "[]", "{", "[" * 100_000, '{"version": 1, "course": {"late": 1}}', '{"course": {"late": false, "exchanges": []}}',
          '{"course": {"late": false, "exchanges": [{"step": "ask"}]}}')  # fmt: skip


@pytest.mark.parametrize("text", BROKEN, ids=lambda text: str(text)[:30])
def test_a_broken_witness_is_named(text: str, tmp_path: Path) -> None:
    provider = asked.PROVIDERS["shortapi"]
    Recorder(asker=asked.Kept(courses={}), folder=tmp_path, provider=provider, veil=Veil([])).begin()
    first = planning.plan(stated.subjects(provider), stated.facts(provider), "USD").all[0]
    (tmp_path / f"{first.id}.json").write_text(text)

    with pytest.raises(UnreadableError, match=r"unknown-job-\w+\.json: it is n"):
        asked.put(provider, witnesses.opened(tmp_path, provider))


def test_a_folder_without_an_index_is_no_recording(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"index\.json"):
        witnesses.opened(tmp_path, asked.PROVIDERS["shortapi"])
    (tmp_path / "index.json").write_text(json.dumps({"version": 99, "provider": "shortapi"}))
    with pytest.raises(UnreadableError, match="version 1"):
        witnesses.opened(tmp_path, asked.PROVIDERS["shortapi"])
