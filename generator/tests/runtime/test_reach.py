"""A client is not led astray: by no spelling, no name, no redirect, and by no name that changes on the way."""

from __future__ import annotations

import asyncio
import json
import threading
from pathlib import Path

import httpx2
import pytest

from proviso_runtime import addresses, errors, names
from proviso_runtime.reach import Reach

from . import scripted
from .naming import PUBLIC, Names
from .world import JSON, Kind, World, every_door

GOOD = "https://cdn.files.test/a.png"
ASTRAY = (
    "https://127.0.0.1/a",
    "https://127.1/a",
    "https://2130706433/a",
    "https://0x7f000001/a",
    "https://[::1]/a",
    "https://[::ffff:127.0.0.1]/a",
    "https://[::ffff:169.254.169.254]/latest",
    "https://[64:ff9b::a00:1]/a",
    "https://[fe80::1%25eth0]/a",
    "https://127.0.0.1./a",
    "https://127\u30020\u30020\u30021/a",
    "https://localhost/a",
    "https://LOCALHOST:8443/a",
    "https://localhost./a",
    "https://cdn.localhost/a",
    "https://169.254.169.254/latest/meta-data",
    "https://10.0.0.1/a",
    "https://100.64.0.1/a",
    "https://224.0.0.1/a",
    "https://0.0.0.0/a",
    "https://intern.test/a",
    "https://both.test/a",
    "https://wire.test:8443/a",
    "https://a..b/a",
    "http://cdn.files.test/a",
    "http://api.acme.test/v1/a",
)


@pytest.fixture
def elsewhere(known: Names) -> Names:
    """Let some names lead elsewhere."""
    known.known = {
        "intern.test": ["10.0.0.7"],
        "both.test": [PUBLIC, "192.168.0.2"],
        "wire.test": ["fe80::5"],
        "mock.test": ["127.0.0.1"],
        "tunnel.test": ["198.18.0.9"],
        "nowhere.test": [],
    }
    return known


def judged(url: str, *, base_url: str = "https://api.acme.test/v1", client: object = None) -> list[str]:
    """Return why an address is not asked, blocking and awaited; nothing where it is."""

    def reach() -> Reach:
        return Reach(origins=addresses.origins([base_url]), clock=scripted.Clock())

    async def awaited() -> None:
        await reach().awaited(url, client)

    found: list[str] = []
    for judge in (lambda: reach().checked(url, client), lambda: asyncio.run(awaited())):
        try:
            judge()
        except errors.UnexpectedReply as error:
            found.append(str(error))
    assert len(found) != 1
    return found


@pytest.mark.parametrize("url", ASTRAY)
def test_an_address_that_leads_astray_is_not_asked(elsewhere: Names, url: str) -> None:
    assert elsewhere.known
    found = judged(f"{url}?signature=abc123")
    assert found
    assert not any("abc123" in one or "?" in one for one in found)


@pytest.mark.parametrize(
    "url", [GOOD, "https://8.8.8.8/a", "https://[2606:4700::1111]/a", "https://[64:ff9b::808:808]/"]
)
def test_the_public_internet_is_asked(url: str) -> None:
    assert not judged(url)


@pytest.mark.parametrize(
    ("base_url", "url", "asked"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:9000/a", True),
        ("http://127.0.0.1:8000", "http://localhost:9000/a", True),
        ("http://localhost:8000", "http://[::1]:9000/a", True),
        ("http://127.0.0.1:8000", "http://mock.test/a", True),
        ("http://mock.test", "http://127.0.0.1:9000/a", True),
        ("http://127.0.0.1:8000", "http://cdn.files.test/a", True),
        ("http://127.0.0.1:8000", "https://cdn.files.test/a", True),
        ("http://127.0.0.1:8000", "http://10.0.0.1/a", False),
        ("http://127.0.0.1:8000", "http://169.254.169.254/a", False),
        ("http://10.0.0.1", "http://10.9.9.9/a", True),
        ("https://10.0.0.1", "https://intern.test/a", True),
        ("https://10.0.0.1", "http://10.9.9.9/a", False),
        ("https://10.0.0.1", "https://127.0.0.1/a", False),
        ("https://intern.test", "https://192.168.0.2/a", True),
        ("https://both.test", "https://192.168.0.2/a", False),
        ("https://nowhere.test", "https://192.168.0.2/a", False),
        ("https://tunnel.test", "https://198.18.0.10/a", True),
        ("https://tunnel.test", "https://10.0.0.1/a", False),
        ("http://cdn.files.test", "http://10.0.0.1/a", False),
        ("https://api.acme.test", "https://nowhere.test/a", True),
    ],
)
def test_a_client_that_is_elsewhere_itself_is_led_to_the_like(
    elsewhere: Names, base_url: str, url: str, *, asked: bool
) -> None:
    assert elsewhere.known
    assert bool(judged(url, base_url=base_url)) is not asked


def test_behind_a_proxy_names_are_its_business_and_all_else_is_not(
    elsewhere: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://10.0.0.9:3128")
    monkeypatch.setenv("NO_PROXY", "wire.test")
    assert not judged("https://intern.test/a")
    assert elsewhere.asked == []
    for url in ("https://127.0.0.1/a", "https://localhost/a", "https://169.254.169.254/a", "https://wire.test/a"):
        assert judged(url)
    with httpx2.Client(trust_env=False) as client:
        assert judged("https://intern.test/a", client=client)


@every_door
def test_an_address_that_leads_astray_gets_nothing(kind: Kind, elsewhere: Names, tmp_path: Path) -> None:
    for url in ("https://169.254.169.254/latest", "https://intern.test/a", "http://cdn.files.test/a"):
        for moved in (False, True):
            found = json.dumps({"urls": [GOOD if moved else url]})
            world = World(
                poll=(200, JSON, scripted.acme("done", result=found).content), media=(302, {"location": url}, b"")
            )
            door = kind(world, scripted.Clock())
            (image,) = door.resume("job-1").images
            for fetch in (door.read, lambda image, door=door: door.save(image, tmp_path / "a.png")):
                with pytest.raises(errors.UnexpectedReply, match=r"is not asked|from https to http"):
                    fetch(image)
            assert world.steps == ["poll", *["media"] * (2 * moved)]
    assert list(tmp_path.iterdir()) == []
    assert "intern.test" in elsewhere.asked


@every_door
def test_a_name_is_looked_up_once_a_minute(kind: Kind, known: Names) -> None:
    clock, world = scripted.Clock(), World()
    door = kind(world, clock)
    (image,) = door.resume("job-1").images
    for _ in range(5):
        assert door.read(image)
    assert known.asked == ["cdn.files.test"]
    clock.at += 61
    assert door.read(image)
    assert known.asked == ["cdn.files.test"] * 2
    assert all("authorization" not in sent.headers for sent in world.seen if world.step(sent) == "media")


def test_a_name_that_many_wait_for_is_looked_up_once() -> None:
    asked: list[str] = []

    class Slow(Names):
        async def awaited(self, name: str) -> frozenset[str]:
            await asyncio.sleep(0.01)
            return self.addresses(name)

    async def many(lookups: names.Lookups) -> None:
        tasks = [asyncio.create_task(lookups.awaited("cdn.files.test")) for _ in range(100)]
        await asyncio.sleep(0)
        tasks[0].cancel()
        found = await asyncio.gather(*tasks, return_exceptions=True)
        assert found.count(frozenset([PUBLIC])) >= 99

    with pytest.MonkeyPatch.context() as patch:
        slow = Slow()
        patch.setattr(names, "SYSTEM", slow)
        clock = scripted.Clock()
        lookups = names.Lookups(clock)
        for _ in range(2):
            asyncio.run(many(lookups))
        asked += slow.asked
        clock.at += 61
        asyncio.run(many(lookups))
        asyncio.run(many(lookups))
    assert asked == ["cdn.files.test"]
    assert slow.asked == ["cdn.files.test"] * 2


def test_a_loop_does_not_wait_for_another_ones_look(known: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, ended = threading.Event(), threading.Event()

    class Slow(Names):
        async def awaited(self, name: str) -> frozenset[str]:
            if not begun.is_set():
                begun.set()
                await asyncio.to_thread(ended.wait, 5)
            return self.addresses(name)

    monkeypatch.setattr(names, "SYSTEM", Slow())
    lookups, found = names.Lookups(scripted.Clock()), list[frozenset[str]]()
    other = threading.Thread(target=lambda: found.append(asyncio.run(lookups.awaited("cdn.files.test"))))
    other.start()
    assert begun.wait(5)
    assert asyncio.run(lookups.awaited("cdn.files.test")) == frozenset([PUBLIC])
    ended.set()
    other.join()
    assert found == [frozenset([PUBLIC])]
    assert known.asked == []


def test_so_many_names_are_remembered_and_no_more(known: Names) -> None:
    lookups = names.Lookups(scripted.Clock())
    for number in range(1500):
        lookups.addresses(f"n{number}.test")
    known.asked.clear()
    lookups.addresses("n1499.test")
    lookups.addresses("n500.test")
    assert known.asked == []
    lookups.addresses("n499.test")
    assert known.asked == ["n499.test"]


def test_the_system_knows_this_machine() -> None:
    system = names.SystemNames()
    for found in (system.addresses("localhost"), asyncio.run(system.awaited("localhost"))):
        assert found & {"127.0.0.1", "::1"}
    assert system.addresses("a..b") == asyncio.run(system.awaited("a..b")) == frozenset()
