"""Blocking and awaited clients, over httpx2 and httpx, do the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest

from proviso_runtime import errors, jobs, steps

from . import doors, scripted
from .doors import Answer, Sent
from .world import JSON, PICTURE, Kind, World, every_door


@every_door
def test_a_job_goes_from_submission_to_file(kind: Kind, tmp_path: Path) -> None:
    world, clock, updates = World(), scripted.Clock(), list[jobs.Update]()
    door = kind(world, clock)

    done = door.generate(on_update=updates.append)

    assert world.steps == ["submit", "poll", "poll"]
    assert clock.slept == [20.0, 3.0]
    assert [update.phase for update in updates] == ["running", "succeeded"]
    assert done.job_id == "job-1"
    assert {name: str(number) for name, number in done.reported.items()} == {"held": "0.02", "cost": "0.032"}
    assert done.headers == {"credits_left": "7"}
    assert done.raw == scripted.DONE.json()
    assert done.images[0].url == scripted.PICTURE
    assert json.loads(world.seen[0].content) == scripted.BODY
    assert world.seen[0].headers["content-type"] == "application/json"

    assert door.read(done.images[0]) == PICTURE
    path = tmp_path / "out.png"
    path.write_bytes(b"old")
    assert door.save(done.images[0], path) == path
    assert path.read_bytes() == PICTURE
    assert [file.name for file in tmp_path.iterdir()] == ["out.png"]


@every_door
def test_a_job_is_taken_up_by_its_id_alone(kind: Kind) -> None:
    world, clock = World(), scripted.Clock()

    done = kind(world, clock).resume("job/9")

    assert world.steps == ["poll", "poll"]
    assert clock.slept == [3.0]
    assert world.seen[0].url == "https://api.acme.test/v1/tasks/painter/5/status?id=job%2F9"
    assert done.reported.keys() == {"cost"}


@every_door
def test_an_answer_at_once_is_its_bytes(kind: Kind, tmp_path: Path) -> None:
    world = World()

    instant = kind(world, scripted.Clock()).now()

    assert (instant.content, instant.media_type, str(instant.credits_left)) == (PICTURE, "image/png", "12.50")
    assert instant.headers == {"credits_left": "12.50"}
    assert instant.save(tmp_path / "now.png").read_bytes() == PICTURE
    assert world.steps == ["now"]


@every_door
def test_the_key_goes_to_the_provider_and_nowhere_else(kind: Kind) -> None:
    world = World()
    door = kind(world, scripted.Clock())

    door.read(door.generate().images[0])

    for sent in world.seen:
        to_provider = sent.host == "api.acme.test"
        assert sent.headers.get("authorization") == (f"Bearer {scripted.KEY}" if to_provider else None)
        assert scripted.KEY not in sent.url


@every_door
def test_a_result_at_the_providers_own_host_is_fetched_without_the_key(kind: Kind) -> None:
    result = json.dumps({"urls": ["https://api.acme.test/v1/files/a.png"]})
    world = World(poll=(200, JSON, scripted.acme("done", result=result).content))
    door = kind(world, scripted.Clock())

    door.read(door.generate().images[0])

    assert world.seen[-1].url.endswith("/files/a.png")
    assert "authorization" not in world.seen[-1].headers


@every_door
def test_a_closed_client_sends_nothing(kind: Kind) -> None:
    world = World()
    door = kind(world, scripted.Clock())
    door.close()

    for call in (door.generate, door.now):
        with pytest.raises(errors.Unreachable, match="closed"):
            call()
    assert world.seen == []


def test_a_client_that_was_brought_along_is_not_closed() -> None:
    http = httpx2.Client()
    with scripted.Client(scripted.KEY, http_client=http):
        pass
    assert not http.is_closed
    http.close()


def test_a_client_of_the_wrong_kind_is_refused_at_once() -> None:
    # Through names that say nothing of types, as callers without a type checker do.
    kinds: list[tuple[Callable[..., object], object]] = [
        (scripted.Client, httpx2.AsyncClient()),
        (scripted.Client, object()),
        (scripted.AsyncClient, httpx2.Client()),
        (scripted.AsyncClient, object()),
    ]
    for make, http in kinds:
        with pytest.raises(TypeError, match="http_client must be"):
            make(scripted.KEY, http_client=http)


def test_the_key_stays_when_a_flow_asks_for_another_origin() -> None:
    seen: list[Sent] = []

    def answer(sent: Sent) -> Answer:
        seen.append(sent)
        return 200, JSON, b"{}"

    door = doors.BlockingHttpx2(answer, scripted.Clock()).client.door
    for url, shown in (
        ("https://api.acme.test/v1/x", True),
        ("https://api.acme.test:443/y", True),
        ("https://api.acme.test:8443/v1/x", False),
        ("https://api.acme.test.evil.test/v1/x", False),
    ):
        door.run(asking(url))
        assert ("authorization" in seen[-1].headers) is shown


def test_no_address_carries_the_key_to_another_origin() -> None:
    seen: list[Sent] = []

    def answer(sent: Sent) -> Answer:
        seen.append(sent)
        return 200, JSON, b"{}"

    door = doors.BlockingHttpx2(answer, scripted.Clock()).client.door
    with pytest.raises(errors.UnexpectedReply, match="holds the key") as refused:
        door.run(asking(f"https://cdn.test/1?key={scripted.KEY}"))
    assert scripted.KEY not in f"{refused.value} {refused.value!r}"
    escaped = "".join(f"%{ord(letter):02x}" for letter in scripted.KEY)
    for other in (escaped, escaped.upper().replace("%", "%25"), f"{escaped[:3]}{scripted.KEY[1:]}"):
        with pytest.raises(errors.UnexpectedReply, match="holds the key"):
            door.run(asking(f"https://cdn.test/1?next={other}"))
    assert seen == []
    door.run(asking(f"https://api.acme.test/1?key={scripted.KEY}"))
    assert len(seen) == 1


def asking(url: str) -> steps.Flow[object]:
    return (yield steps.Request(verb="GET", url=url))
