"""`proviso jobs` tells what a ledger knows, and asks before it forgets what may still be paid for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from proviso_runtime.ledger import SqliteLedger

from . import desk
from .job_desk import accepted, fill, intended, jobs, listed


@pytest.fixture
def place(tmp_path: Path) -> str:
    """Make a ledger with entries of every kind."""
    return fill(str(tmp_path / "ledger.db"))


def test_a_list_is_a_table_with_the_newest_last(place: str) -> None:
    result = jobs(place, "list")
    assert result.exit_code == 0
    head, *rows, summary = result.stdout.splitlines()
    assert head.split() == ["ID", "AGE", "STATE", "MODEL", "JOB", "MONEY", "REFERENCE"]
    assert [" ".join(row.split()) for row in rows] == [
        "0ld00ld0 40 d failed acme/acme/still-1 - unknown",
        "abc1abc1 2 h unknown acme/acme/still-1 - unknown batch/1",
        "abd2abd2 6 min accepted acme/acme/still-1 job-2 0.50 USD held batch/2\\nx",
        "fee3fee3 7 min succeeded acme/v job-3 4 credits charged",
        "dad4dad4 6 min sending acme/acme/still-1 - unknown",
    ]
    assert summary == "5 entries: 1 failed, 1 unknown, 1 accepted, 1 succeeded, 1 sending"


def test_a_list_says_when_there_is_more(place: str) -> None:
    result = jobs(place, "list", "--last", "2")
    assert [row[:4] for row in result.stdout.splitlines()[1:-1]] == ["fee3", "dad4"]
    assert result.stdout.splitlines()[-1].endswith("; the last 2 are shown, --last 0 shows all")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ((), ["0ld0", "abc1", "abd2", "fee3", "dad4"]),
        (("--state", "unknown"), ["abc1"]),
        (("--state", "sending"), ["dad4"]),
        (("--state", "accepted", "--state", "failed"), ["0ld0", "abd2"]),
        (("--provider", "other"), []),
        (("--model", "v"), ["fee3"]),
        (("--reference", "batch/"), ["abc1", "abd2"]),
        (("--since", "1h"), ["abd2", "fee3", "dad4"]),
        (("--since", "2020-01-01", "--last", "1"), ["dad4"]),
    ],
)
def test_a_list_holds_what_is_asked_for(place: str, filters: tuple[str, ...], expected: list[str]) -> None:
    assert listed(place, *filters) == expected


@pytest.mark.parametrize("name", ["fee3fee3fee3fee3fee3fee3fee3fee3", "fee3", "job-3"])
def test_an_entry_is_named_by_its_id_its_beginning_or_its_job(place: str, name: str) -> None:
    told = dict(line.split(None, 1) for line in jobs(place, "show", name).stdout.splitlines())
    assert told["entry"] == "fee3" * 8
    assert told["charged"] == "4 credits, says the provider"
    assert told["delivered"] == "2"
    assert json.loads(jobs(place, "show", name, "--format", "json").stdout)["charged"] == "4"


@pytest.mark.parametrize(("name", "told"), [("none", "knows no entry or job"), ("ab", "knows no entry")])
def test_a_name_of_nothing_is_misuse(place: str, name: str, told: str) -> None:
    result = jobs(place, "show", name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr


def test_a_name_of_several_is_misuse_and_they_are_listed(place: str) -> None:
    with SqliteLedger(place) as ledger:
        ledger.write([intended("abc1x"), intended("new5"), accepted("new5", "job-3")])
    for name, ids in (("abc1", ("abc1" * 8, "abc1x" * 8)), ("job-3", ("fee3" * 8, "new5" * 8))):
        result = jobs(place, "show", name)
        assert result.exit_code == 2
        assert all(one in result.stderr for one in ids)


def test_what_is_told_holds_no_sign_that_a_terminal_obeys(place: str) -> None:
    assert "code       x\\x1b[2J" in jobs(place, "show", "0ld0").stdout


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "abc1",
            ("Do not send it again yet", "list of jobs or of charges", "resume abc1abc1 --job ID", "forget abc1abc1"),
        ),
        ("abd2", ("proviso jobs resume abd2abd2", "Do not send it again")),
        ("dad4", ("its outcome is unknown in 54 min",)),
    ],
)
def test_what_is_open_is_shown_with_what_to_do(place: str, name: str, told: tuple[str, ...]) -> None:
    shown = jobs(place, "show", name).stdout
    assert all(one in shown for one in told)


def test_what_has_ended_is_forgotten_without_a_question(place: str) -> None:
    assert jobs(place, "forget", "--ended", "--older-than", "30d").stdout == "1 entry forgotten\n"
    assert jobs(place, "forget", "fee3", "--format", "json").stdout == '{\n  "forgotten": 1\n}\n'
    assert listed(place) == ["abc1", "abd2", "dad4"]


@pytest.mark.parametrize("chosen", [("abd2", "fee3"), ("--older-than", "90s")])
def test_what_may_still_be_paid_for_is_forgotten_only_when_somebody_says_so(
    place: str, chosen: tuple[str, ...]
) -> None:
    for answer in ("n\n", ""):
        result = jobs(place, "forget", *chosen, given=answer)
        assert result.exit_code == 1
        assert "may still be paid for" in result.stderr
        assert "abd2abd2  accepted" in result.stderr
        assert "fee3" not in result.stderr
        assert len(listed(place)) == 5
    assert jobs(place, "forget", *chosen, given="y\n").exit_code == 0
    assert "abd2" not in listed(place)


def test_what_may_still_be_paid_for_is_forgotten_without_a_question_when_asked_for(place: str) -> None:
    assert jobs(place, "forget", "--older-than", "90s", "--yes").stdout == "5 entries forgotten\n"


def test_forgetting_needs_a_choice(place: str) -> None:
    for chosen in ((), ("abd2", "--ended")):
        assert jobs(place, "forget", *chosen).exit_code == 2
    assert len(listed(place)) == 5


def test_to_look_at_a_ledger_makes_none(tmp_path: Path) -> None:
    result = jobs(str(tmp_path / "none.db"), "list", "--format", "json")
    assert (result.exit_code, json.loads(result.stdout)) == (0, {"jobs": []})
    assert "no ledger at" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["foo://x", "sqlite:///x", "postgresql+psycopg://me:s3cret@h:port/x", "/dev/null"])
def test_a_ledger_that_cannot_be_opened_is_misuse(place: str) -> None:
    result = jobs(place, "list")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "ledger" in result.stderr
    assert "s3cret" not in result.stderr


def test_the_ledger_of_the_environment_is_taken_where_none_is_named(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROVISO_LEDGER", place)
    assert "5 entries" in desk.run("jobs", "list").stdout
    monkeypatch.setenv("PROVISO_LEDGER", "off")
    assert desk.run("jobs", "list").exit_code == 2
