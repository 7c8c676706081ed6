"""Ids stand in addresses whatever they are made of, and come out of them as they went in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from proviso.mock.asking import Asked
from proviso.mock.routes import Routes
from tests import building

from .acme import ORIGIN, Acme

_IDS = ["j1", "a/b", "50%2F", "ä 漢", "a?b=c&d", "a+b", "..", "{id}", "a#b"]
_CALLS: dict[str, tuple[str, Callable[[str], str]]] = {
    "path": ("GET /jobs/{id}", lambda one: f"/v1/jobs/{quote(one, safe='')}"),
    "rest of a path": ("GET /jobs/{+id}", lambda one: f"/v1/jobs/{quote(one)}"),
    "query": ("GET /jobs?job={id}", lambda one: f"/v1/jobs?job={quote(one, safe='')}"),
}


def _met(folder: Path, call: str, target: str) -> list[str]:
    shared = building.provider(job=building.job(poll={"call": call}))
    (provider,) = building.accepted(building.write(folder, shared=shared))
    asked = Asked(verb="GET", target=target, headers={}, body=b"", origin=ORIGIN)
    return [one.places["id"] for one in Routes(provider).met(asked)]


@pytest.mark.parametrize("place", _CALLS)
@pytest.mark.parametrize("job_id", _IDS)
def test_an_id_is_read_back_as_it_was_written(tmp_path: Path, place: str, job_id: str) -> None:
    call, written = _CALLS[place]
    assert _met(tmp_path, call, written(job_id)) == [job_id]


def test_an_id_in_a_path_is_one_step_of_it(tmp_path: Path) -> None:
    assert _met(tmp_path, "GET /jobs/{id}", "/v1/jobs/a/b") == []


def test_a_member_of_the_query_that_comes_twice_is_no_call(tmp_path: Path) -> None:
    assert _met(tmp_path, "GET /jobs?job={id}", "/v1/jobs?job=a&job=b") == []


def test_a_body_tells_a_question_about_a_job_from_an_order(tmp_path: Path) -> None:
    poll = {"call": "POST /jobs", "body": {"task": "{id}"}}
    acme = Acme(tmp_path, shared=building.provider(job=building.job(poll=poll)))
    job_id = acme.submit()["id"]
    assert acme.ask("POST", "/v1/jobs", {"task": job_id}).status == 200
    assert acme.ask("POST", "/v1/jobs", {"task": "another"}).status == 404
    assert acme.desk.books.counts == {"submit": 1, "poll": 2}
