"""Nothing is kept for longer than documents or the setup of the mock say, however much is ordered."""

from __future__ import annotations

from pathlib import Path

from proviso.mock.repeats import Repeats
from proviso.mock.shelves import KEPT, Shelves
from tests import building

from .acme import Acme

_RETAINED = building.provider(job=building.job(retention={"lasts": "1h", "from": "completion"}))


def _known(acme: Acme) -> int:
    return len(list(acme.desk.orders))


def test_a_job_is_known_for_as_long_as_documents_say(tmp_path: Path) -> None:
    acme = Acme(tmp_path, shared=_RETAINED)
    job_id = acme.submit()["id"]
    acme.clock.move(60)
    assert acme.ask("GET", f"/v1/jobs/{job_id}").status == 200
    acme.clock.move(3600)
    assert acme.ask("GET", f"/v1/jobs/{job_id}").status == 404
    assert _known(acme) == 0


def test_a_job_that_nobody_asks_about_is_paid_and_forgotten_all_the_same(tmp_path: Path) -> None:
    acme = Acme(tmp_path, shared=_RETAINED)
    acme.submit()
    acme.clock.move(7200)
    acme.mock.books()
    assert (_known(acme), acme.desk.orders.running) == (0, 0)
    assert acme.desk.books.account.unknown == 1


def test_no_more_finished_jobs_are_kept_than_the_setup_says(tmp_path: Path) -> None:
    acme = Acme(tmp_path, keep=10)
    for _ in range(100):
        acme.submit()
        acme.clock.move(60)
    acme.mock.books()
    assert _known(acme) == 10
    assert acme.desk.books.accepted == 100


def test_the_file_of_a_job_goes_with_it(tmp_path: Path) -> None:
    acme = Acme(tmp_path, shared=_RETAINED, draw=lambda work: work.says.encode())
    acme.submit()
    acme.clock.move(60)
    (job,) = acme.desk.orders
    file = f"/__proviso__/files/{job.token}/0.png"
    acme.desk.orders.advance(job, acme.clock.now())
    assert acme.ask("GET", file).content == b"a boat"
    acme.clock.move(3600)
    assert acme.ask("GET", file).status == 404


def test_shelves_keep_the_youngest_and_nothing_for_longer_than_a_day() -> None:
    shelves = Shelves(keep=3)
    for number in range(5):
        shelves.put(str(number), [], now=float(number))
    shelves.tick(5.0)
    assert [number for number in range(5) if shelves.get(str(number)) is not None] == [2, 3, 4]
    shelves.tick(KEPT + 3)
    assert len(shelves) == 1


def test_what_requests_came_to_is_remembered_until_its_moment_and_the_youngest_alone() -> None:
    repeats = Repeats[int](keep=3)
    for number in range(5):
        repeats.put("a model", str(number), number, until=10.0 + number)
    assert [repeats.get("a model", str(number), now=0.0) for number in range(5)] == [None, None, 2, 3, 4]
    assert repeats.get("another", "4", now=0.0) is None
    assert repeats.get("a model", "3", now=13.0) is None
    repeats.tick(13.5)
    assert len(repeats) == 1
