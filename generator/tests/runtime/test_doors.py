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

JSON = {"content-type": "application/json"}
PICTURE = b"\x89PNG picture"
Kind = type[doors.BlockingHttpx2 | doors.BlockingHttpx | doors.AwaitedHttpx2 | doors.AwaitedHttpx]

every_door = pytest.mark.parametrize("kind", doors.DOORS)


class World:
    """A provider that takes a job and finishes it at the second poll; answers can be replaced."""

    def __init__(self, **answers: Answer | Callable[[Sent], Answer]) -> None:
        self.answers = answers
        self.seen: list[Sent] = []

    def __call__(self, sent: Sent) -> Answer:
        self.seen.append(sent)
        step = self.step(sent)
        answer = self.answers.get(step)
        if answer is not None:
            return answer(sent) if callable(answer) else answer
        match step:
            case "submit":
                return 200, JSON, scripted.ACCEPTED.content
            case "poll":
                polls = sum(self.step(one) == "poll" for one in self.seen)
                return 200, {**JSON, "X-Credits": "7"}, (scripted.WORKING if polls == 1 else scripted.DONE).content
            case "now":
                return 200, {"content-type": "image/png", "x-credits": "12.50"}, PICTURE
            case _:
                return 200, {"content-type": "image/png"}, PICTURE

    @staticmethod
    def step(sent: Sent) -> str:
        if sent.host != "api.acme.test" or "/files/" in sent.url:
            return "media"
        return "now" if "/now/" in sent.url else "submit" if sent.verb == "POST" else "poll"

    @property
    def steps(self) -> list[str]:
        return [self.step(sent) for sent in self.seen]


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
    assert world.seen[0].url == "https://api.acme.test/v1/tasks/painter%2F5/status?id=job%2F9"
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
@pytest.mark.parametrize("media_type", ["text/html; charset=utf-8", "application/json"])
def test_a_page_in_place_of_a_picture_is_not_saved(kind: Kind, media_type: str, tmp_path: Path) -> None:
    door = kind(World(media=(200, {"content-type": media_type}, b"<html>sign in</html>")), scripted.Clock())
    image = door.generate().images[0]

    with pytest.raises(errors.UnexpectedReply):
        door.save(image, tmp_path / "out.png")

    assert list(tmp_path.iterdir()) == []


@every_door
@pytest.mark.parametrize("step", ["submit", "now", "poll", "media"])
def test_no_redirect_is_followed(kind: Kind, step: str) -> None:
    world = World(**{step: (307, {"location": "https://elsewhere.test/"}, b"")})
    door = kind(world, scripted.Clock())

    with pytest.raises(errors.UnexpectedReply) as caught:
        door.now() if step == "now" else door.read(door.generate().images[0])

    assert "elsewhere.test" not in {sent.host for sent in world.seen}
    assert caught.value.status == 307
    assert caught.value.job_id == ("job-1" if step == "poll" else None)


NEVER = ("ConnectError", "ConnectTimeout", "PoolTimeout", "UnsupportedProtocol", "ProxyError")
MAYBE = ("ReadTimeout", "WriteTimeout", "ReadError", "WriteError", "RemoteProtocolError", "LocalProtocolError")


@every_door
@pytest.mark.parametrize("name", [*NEVER, *MAYBE, "DecodingError", "RuntimeError", "OSError"])
@pytest.mark.parametrize("step", ["submit", "now"])
def test_a_paid_request_is_sent_once_under_every_failure(kind: Kind, name: str, step: str) -> None:
    failure = getattr(kind.library, name, None) or {"RuntimeError": RuntimeError, "OSError": OSError}[name]
    world = World(**{step: failure("it broke")})
    door = kind(world, scripted.Clock())

    with pytest.raises(errors.Unreachable if name in NEVER else errors.OutcomeUnknown):
        door.now() if step == "now" else door.generate()

    assert world.steps == [step]


@every_door
def test_a_body_that_cannot_be_decoded_leaves_the_outcome_unknown(kind: Kind) -> None:
    world = World(submit=(200, {**JSON, "content-encoding": "gzip"}, b"no gzip"))

    with pytest.raises(errors.OutcomeUnknown):
        kind(world, scripted.Clock()).generate()

    assert world.steps == ["submit"]


@every_door
def test_dropped_polls_lose_nothing(kind: Kind) -> None:
    failures = iter([kind.library.ReadTimeout("slow"), kind.library.ConnectError("down")])

    def poll(_: Sent) -> Answer:
        return next(failures, None) or (200, JSON, scripted.DONE.content)

    world = World(poll=poll)

    assert kind(world, scripted.Clock()).generate().job_id == "job-1"
    assert world.steps == ["submit", "poll", "poll", "poll"]


@every_door
def test_every_request_has_time_limits_and_paid_ones_long_ones(kind: Kind) -> None:
    world = World()
    door = kind(world, scripted.Clock())
    door.now()
    door.read(door.generate().images[0])

    limits = {world.step(sent): sent.timeout for sent in world.seen}
    assert {step: limit["read"] for step, limit in limits.items()} == {
        "submit": 120.0,
        "now": 300.0,
        "poll": 60.0,
        "media": 60.0,
    }
    assert {limit["connect"] for limit in limits.values()} == {10.0}


@every_door
def test_an_endless_reply_is_cut(kind: Kind) -> None:
    world = World(poll=(200, JSON, b" " * 64 * 2**20 + b"{}"))

    with pytest.raises(errors.UnexpectedReply, match="longer than any documented reply"):
        kind(world, scripted.Clock()).generate()


FAILED_DOWNLOADS: list[tuple[tuple[int, dict[str, str], bytes] | str, type[errors.ProviderError]]] = [
    ((403, {}, b"<Error>expired</Error>"), errors.Forbidden),
    ((404, {}, b""), errors.NotFound),
    ((500, {}, b""), errors.ServerError),
    ((206, {}, b"half"), errors.UnexpectedReply),
    ((200, {}, b""), errors.UnexpectedReply),
    ("ReadError", errors.UnexpectedReply),
    ("ConnectError", errors.Unreachable),
]


@every_door
@pytest.mark.parametrize(("answer", "error"), FAILED_DOWNLOADS)
def test_a_download_that_fails_leaves_no_file_and_the_old_one_whole(
    kind: Kind, answer: tuple[int, dict[str, str], bytes] | str, error: type[errors.ProviderError], tmp_path: Path
) -> None:
    given = getattr(kind.library, answer)("broke") if isinstance(answer, str) else answer
    door = kind(World(media=given), scripted.Clock())
    image = door.generate().images[0]
    path = tmp_path / "out.png"
    path.write_bytes(b"old")

    with pytest.raises(error) as caught:
        door.save(image, path)

    assert type(caught.value) is error
    if isinstance(given, tuple) and given[0] != 200:
        assert caught.value.reply is not None
        assert caught.value.reply.content == given[2]
    assert "signature" not in f"{caught.value!s}{caught.value!r}"
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"old"]


@every_door
def test_a_full_disk_is_an_oserror_and_leaves_nothing(
    kind: Kind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = kind(World(), scripted.Clock())
    image = door.generate().images[0]

    with pytest.raises(FileNotFoundError):
        door.save(image, tmp_path / "no such folder" / "out.png")
    with pytest.raises(IsADirectoryError):
        door.save(image, tmp_path)

    def full(*_: object) -> bool:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("proviso_runtime.intake.Intake.take", full)
    with pytest.raises(OSError, match="No space"):
        door.save(image, tmp_path / "out.png")
    assert list(tmp_path.iterdir()) == []


@every_door
def test_whatever_interrupts_a_wait_names_the_job(kind: Kind) -> None:
    def interrupt(_: jobs.Update) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as caught:
        kind(World(), scripted.Clock()).generate(on_update=interrupt)

    assert any("resume('job-1')" in note for note in caught.value.__notes__)


@every_door
def test_whatever_interrupts_a_paid_request_says_that_it_may_be_billed(kind: Kind) -> None:
    def interrupt(_: Sent) -> Answer:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as caught:
        kind(World(submit=interrupt), scripted.Clock()).generate()

    assert any("may be billed" in note for note in caught.value.__notes__)


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
        ("http://api.acme.test/v1/x", False),
        ("https://api.acme.test:8443/v1/x", False),
        ("https://api.acme.test.evil.test/v1/x", False),
    ):
        door.run(asking(url))
        assert ("authorization" in seen[-1].headers) is shown


def asking(url: str) -> steps.Flow[object]:
    return (yield steps.Request(verb="GET", url=url))
