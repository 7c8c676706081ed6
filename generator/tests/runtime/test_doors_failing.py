"""What fails on the way does the same behind every door: nothing is paid twice, lost, or half-written."""

from __future__ import annotations

from pathlib import Path

import pytest

from proviso_runtime import errors, jobs, options, steps

from . import doors, scripted
from .doors import Answer, Sent
from .world import JSON, Kind, World, every_door


@every_door
@pytest.mark.parametrize("media_type", ["text/html; charset=utf-8", "application/json"])
def test_a_page_in_place_of_a_picture_is_not_saved(kind: Kind, media_type: str, tmp_path: Path) -> None:
    door = kind(World(media=(200, {"content-type": media_type}, b"<html>sign in</html>")), scripted.Clock())
    image = door.generate().images[0]

    with pytest.raises(errors.UnexpectedReply):
        door.save(image, tmp_path / "out.png")

    assert list(tmp_path.iterdir()) == []


@every_door
@pytest.mark.parametrize("step", ["submit", "now", "poll"])
def test_no_redirect_of_a_call_is_followed(kind: Kind, step: str) -> None:
    world = World(**{step: (307, {"location": "https://elsewhere.test/"}, b"")})
    door = kind(world, scripted.Clock())

    with pytest.raises(errors.UnexpectedReply) as caught:
        door.now() if step == "now" else door.generate()

    assert "elsewhere.test" not in {sent.host for sent in world.seen}
    assert caught.value.status == 307
    assert caught.value.job_id == ("job-1" if step == "poll" else None)


PASSING = ("ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError")
NEVER = (*PASSING, "UnsupportedProtocol")
MAYBE = ("ReadTimeout", "WriteTimeout", "ReadError", "WriteError", "RemoteProtocolError", "LocalProtocolError")


@every_door
@pytest.mark.parametrize("name", [*NEVER, *MAYBE, "DecodingError", "RuntimeError", "OSError"])
@pytest.mark.parametrize("step", ["submit", "now"])
def test_a_paid_request_is_sent_again_only_where_it_never_left(kind: Kind, name: str, step: str) -> None:
    failure = getattr(kind.library, name, None) or {"RuntimeError": RuntimeError, "OSError": OSError}[name]
    world = World(**{step: failure("it broke")})
    clock = scripted.Clock()
    door = kind(world, clock)

    with pytest.raises(errors.Unreachable if name in NEVER else errors.OutcomeUnknown):
        door.now() if step == "now" else door.generate()

    if name in PASSING:
        assert set(world.steps) == {step}
        assert len(world.steps) == len(clock.slept) + 1 > 4
        assert sum(clock.slept) < options.START_WITHIN
    else:
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


def test_an_interrupted_paid_request_names_the_ids_that_the_caller_chose() -> None:
    def interrupt(_: Sent) -> Answer:
        raise KeyboardInterrupt

    def paying() -> steps.Flow[object]:
        return (yield steps.Request(verb="POST", url="https://api.acme.test/v1/x", paid=True, ids=("u-1", "u-2")))

    door = doors.BlockingHttpx2(interrupt, scripted.Clock()).client.door
    with pytest.raises(KeyboardInterrupt) as caught:
        door.run(paying())
    assert any("u-1, u-2" in note for note in caught.value.__notes__)


@every_door
def test_every_exception_of_a_wait_names_the_job(kind: Kind) -> None:
    def refuse(_: jobs.Update) -> None:
        raise errors.Unreachable("the client is closed; nothing was sent")

    with pytest.raises(errors.Unreachable) as caught:
        kind(World(), scripted.Clock()).generate(on_update=refuse)
    assert caught.value.job_id == "job-1"
