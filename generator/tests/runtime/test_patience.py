"""A provider that asks to be left alone for a while is understood, however it writes the while."""

from __future__ import annotations

import pytest

from proviso_runtime import patience, protocol
from proviso_runtime.replies import Reply

NOW = 1_800_000_000.0  # 2027-01-15 08:00:00 UTC
DOCUMENTED = (protocol.Wait(header="X-In", unit="ms"), protocol.Wait(header="X-At", unit="unix", limit=True))


def asked(headers: dict[str, str], *, received: float = NOW) -> float | None:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return patience.asked_for(Reply(status=429, headers=named, content=b"", received=received), DOCUMENTED)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry_after": "7"}, 7.0),
        ({"retry_after": " 0 "}, 0.0),
        ({"retry_after": "1.5"}, 1.5),
        ({"retry_after": "Fri, 15 Jan 2027 08:00:30 GMT"}, 30.0),
        ({"retry_after": "Friday, 15-Jan-27 08:00:30 GMT"}, 30.0),
        ({"retry_after": "2027-01-15T08:00:30Z"}, 30.0),
        ({"retry_after": "Fri, 15 Jan 2027 07:00:00 GMT"}, 0.0),
        ({"x_in": "1500"}, 1.5),
        ({"x_in": "1500", "retry_after": "7"}, 1.5),
        ({"x_in": "soon", "retry_after": "7"}, 7.0),
        ({"x_at": "1800000060"}, 60.0),
        ({"x_at": "60"}, 0.0),
    ],
)
def test_what_is_asked_for_is_understood(headers: dict[str, str], seconds: float | None) -> None:
    assert asked(headers) == seconds


@pytest.mark.parametrize(
    "text",
    ["", "-1", "soon", "1e9", "1" * 30, "nan", "inf", "٣", "9999999", "Fri, 99 Jan 2027 08:00:30 GMT", "x" * 9999],
)
def test_what_nobody_means_is_not_waited_for(text: str) -> None:
    assert asked({"retry_after": text}) is None


def test_a_moment_means_nothing_to_one_who_does_not_know_the_time() -> None:
    assert asked({"retry_after": "Fri, 15 Jan 2027 08:00:30 GMT", "x_at": "1800000060"}, received=0.0) is None
