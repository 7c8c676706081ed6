"""Downloads follow where results were moved, and show the key to nobody who should not see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from proviso_runtime import downloads, errors, steps
from proviso_runtime.replies import Reply

from . import scripted
from .doors import Answer, Sent
from .world import PICTURE, Kind, World, every_door

HERE = "https://api.acme.test/files/1"
IMAGE = Reply(status=200, headers={"content-type": "image/png"}, content=PICTURE)


def moved(to: str, *, status: int = 302) -> Reply:
    return Reply(status=status, headers={"location": to}, content=b"")


def fetched(*answers: steps.Answer, with_key: bool = False) -> scripted.Played[bytes]:
    return scripted.play(downloads.download(HERE, provider="acme", with_key=with_key), answers, scripted.Clock())


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    ("location", "asked"),
    [
        ("/b/2?x=1#top", "https://api.acme.test/b/2?x=1"),
        ("2", "https://api.acme.test/files/2"),
        ("//cdn.test/2", "https://cdn.test/2"),
        ("?again", "https://api.acme.test/files/1?again"),
        ("https://cdn.test/2", "https://cdn.test/2"),
    ],
)
def test_a_redirect_is_followed_to_where_it_leads(status: int, location: str, asked: str) -> None:
    played = fetched(moved(location, status=status), IMAGE)
    assert played.result == PICTURE
    assert [one.url for one in played.requests] == [HERE, asked]
    assert {(one.verb, one.credentials, one.paid) for one in played.requests} == {("GET", False, False)}


@pytest.mark.parametrize(
    ("location", "why"),
    [
        (HERE, "in a circle"),
        ("#elsewhere", "in a circle"),
        ("http://cdn.test/1", "from https to http"),
        ("file:///etc/passwd", "to no http address"),
        ("https://[x", "to no http address"),
        ("https://cdn.test:99999999/", "to no http address"),
        ("https://cdn.test/\x01", "to no http address"),
    ],
)
def test_a_redirect_that_nobody_should_follow_is_an_error(location: str, why: str) -> None:
    error = fetched(moved(location)).error
    assert type(error) is errors.UnexpectedReply
    assert why in str(error)
    assert error.billed is False
    assert "cdn.test" not in str(error)


def test_redirects_come_to_an_end() -> None:
    hops = [moved(f"https://cdn.test/{at}") for at in range(5)]
    assert fetched(*hops, IMAGE).result == PICTURE
    played = fetched(*hops, moved("https://cdn.test/last"), IMAGE)
    assert "more than 5 times" in str(played.error)
    assert len(played.requests) == 6


def test_a_redirect_without_an_address_is_no_result() -> None:
    for status in (300, 302, 304):
        error = fetched(Reply(status=status, headers={}, content=b"")).error
        assert type(error) is errors.UnexpectedReply


@every_door
def test_every_door_follows_and_shows_no_key_that_nobody_asked_for(kind: Kind, tmp_path: Path) -> None:
    shown: list[bool] = []

    def answer(sent: Sent) -> Answer:
        shown.append("authorization" in sent.headers)
        way = ["https://api.acme.test/files/b", "https://elsewhere.test/c", "https://api.acme.test.evil.test/d"]
        if len(shown) <= len(way):
            return 302, {"location": way[len(shown) - 1]}, b"moved"
        return 200, {"content-type": "image/png"}, PICTURE

    door = kind(World(media=answer), scripted.Clock())
    path = tmp_path / "a.png"
    door.save(door.generate().images[0], path)
    assert path.read_bytes() == PICTURE
    assert shown == [False] * 4


def test_a_download_with_the_key_asks_for_it_at_every_step() -> None:
    played = fetched(moved("https://cdn.test/2"), IMAGE, with_key=True)
    assert [one.credentials for one in played.requests] == [True, True]  # the door knows whom it may be shown
