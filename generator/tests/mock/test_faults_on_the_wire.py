"""What is made to go wrong is seen as such by a client that nobody told."""

from __future__ import annotations

import time

import httpx2
import pytest

from proviso.mock.clock import Running

from .mock_house import served


def test_a_status_comes_as_often_as_was_said_and_with_the_documented_body() -> None:
    with served("apixo", "submit:502 x2", "submit:429 x1 after 2") as (_, customer):
        found = [customer.submit() for _ in range(4)]
    assert [one.status_code for one in found] == [502, 502, 429, 200]
    assert found[0].json()["code"] == 502


@pytest.mark.parametrize(("fault", "accepted"), [("submit:drop x1", 0), ("submit:lost x1", 1)])
def test_a_connection_that_breaks_says_nothing_of_whether_the_job_was_accepted(fault: str, accepted: int) -> None:
    with served("apixo", fault) as (_, customer):
        with pytest.raises(httpx2.RemoteProtocolError):
            customer.submit()
        assert customer.books["jobs"]["accepted"] == accepted
        assert customer.submit().status_code == 200


def test_half_a_reply_is_half_a_reply() -> None:
    with served("apixo", "submit:half") as (_, customer):
        with pytest.raises(httpx2.RemoteProtocolError, match=r"(?i)incomplete|without sending complete"):
            customer.submit()
        assert customer.books["jobs"]["accepted"] == 1


def test_a_connection_that_hangs_is_left_open_and_ends_without_a_reply() -> None:
    with served("apixo", "submit:hang 0.3s") as (_, customer):
        start = time.monotonic()
        with pytest.raises(httpx2.RemoteProtocolError):
            customer.submit()
        assert 0.3 <= time.monotonic() - start < 2
        customer.client.timeout = 0.05
        with pytest.raises(httpx2.ReadTimeout):
            customer.submit()


def test_a_slow_reply_comes_late_by_the_time_of_the_mock() -> None:
    with served("apixo", "submit:slow 20s x1", clock=Running(100)) as (_, customer):
        start = time.monotonic()
        assert customer.submit().status_code == 200
        assert 0.2 <= time.monotonic() - start < 2


def test_faults_change_while_the_mock_runs() -> None:
    with served() as (server, customer):
        url = f"{server.origin}/__proviso__/faults"
        assert customer.client.post(url, content="poll:502 x2\nsubmit:503\n").json() == {
            "apixo": ["poll:502 x2", "submit:503"]
        }
        assert customer.submit().status_code == 503
        wrong = customer.client.post(url, json={"faults": ["sumbit:503", "poll:nothing"]})
        assert wrong.status_code == 400
        assert "'sumbit'" in wrong.text
        assert "'nothing'" in wrong.text
        assert customer.client.post(url, json=["poll:502"], params={"provider": "apxio"}).status_code == 400
        assert customer.submit().status_code == 503  # what was wrong changed nothing
        assert customer.client.delete(url).json() == {"apixo": []}
        assert customer.submit().status_code == 200


def test_a_reset_forgets_everything() -> None:
    with served("apixo", "submit:503 x1") as (server, customer):
        assert [customer.submit().status_code for _ in range(2)] == [503, 200]
        assert customer.client.get(f"{server.origin}/__proviso__/reset").status_code == 405
        assert customer.client.post(f"{server.origin}/__proviso__/reset").json() == {"reset": ["apixo"]}
        assert customer.books["jobs"]["accepted"] == 0
        assert customer.submit().status_code == 503


def test_the_page_to_read_holds_no_script_and_nothing_that_a_client_wrote_as_html() -> None:
    with served() as (server, customer):
        customer.sent(b"GET /%3Cb%3E<script>alert(1)</script> HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        page = customer.client.get(f"{server.origin}/__proviso__/")
        assert page.headers["content-security-policy"].startswith("default-src 'none'")
        assert "<script" not in page.text
        assert customer.base in page.text


def test_jobs_settle_although_nobody_asks() -> None:
    with served(clock=Running(10_000)) as (server, customer):
        customer.submit()
        desk = server.mock.desks["apixo"]
        end = time.monotonic() + 5
        while desk.orders.running and time.monotonic() < end:
            time.sleep(0.01)
        assert desk.books.account.charged > 0
