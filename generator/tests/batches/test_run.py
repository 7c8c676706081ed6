"""`proviso run`: a file of requests becomes a folder of results."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result

from proviso_runtime.ledger import SqliteLedger
from tests.desk import run

from . import provider
from .bookkeeper import PNG
from .provider import Provider, ended, write


def go(acme: Provider, *options: str, model: str = provider.MODEL, given: str | None = None) -> Result:
    params = "in.jsonl" if given is None else "-"
    return run(*provider.arguments(acme.address, *options, model=model, params=params), given=given)


def summed(result: Result) -> dict[str, object]:
    found: dict[str, object] = json.loads(result.stdout.splitlines()[-1])
    return found


def pictures(desk: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in (desk / "pictures").glob("0*")}


def test_a_file_of_requests_becomes_a_folder_of_results(desk: Path, acme: Provider) -> None:
    write(desk / "in.jsonl", "a hat", "a cat", "a hat")
    done = go(acme, "--max-cost", "1.5")
    assert done.exit_code == 0
    assert done.stdout.startswith("3 of 3 lines succeeded\ncharged 1.5 USD, held nothing")
    assert "sending costs 1.5 USD" in done.stderr
    hat, cat = PNG + b"a hat", PNG + b"a cat"
    assert pictures(desk) == {"000001-1.png": hat, "000002-1.png": cat, "000003-1.png": hat}
    found = ended(desk)
    assert {(one["line"], one["state"], *one["files"]) for one in found} == {
        (line, "succeeded", f"00000{line}-1.png") for line in (1, 2, 3)
    }
    assert found[0]["charge"] == {"amount": "0.5", "currency": "USD", "by": "quote"}
    assert found[0]["quote"] == {"least": "0.5", "most": "0.5", "currency": "USD"}
    assert {one["job_id"] for one in found} == {one["job"] for one in acme.accepted}


def test_running_it_again_sends_nothing(desk: Path, acme: Provider) -> None:
    write(desk / "in.jsonl", "a hat", "a cat", "a hat")
    first = go(acme)
    before = (desk / "pictures/results.jsonl").read_bytes()
    again = go(acme)
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert again.stdout == first.stdout
    assert len(acme.accepted) == 3
    assert (desk / "pictures/results.jsonl").read_bytes() == before


def test_what_is_written_down_has_no_key_no_prompt_and_no_address(desk: Path, acme: Provider) -> None:
    write(desk / "in.jsonl", "a secret hat", "this fails", "this is secretly refused")
    go(acme)
    said = (desk / "pictures/results.jsonl").read_text("utf-8")
    said += "".join(map(repr, SqliteLedger(desk / "ledger.db").find()))
    assert len(ended(desk)) == 3
    assert not [word for word in ("secret", "fails", "a-key-of-tests", "http") if word in said]


def test_nothing_is_sent_while_a_line_is_wrong_and_every_wrong_line_is_named(desk: Path, acme: Provider) -> None:
    lines = ['{"prompt": "a"}', "", '{"prompt": 7, "seed": "x"}', "{", '{"prompt": "b"}', "[]", '{"hat": 1}']
    (desk / "in.jsonl").write_text("\n".join(lines), "utf-8")
    done = go(acme)
    assert done.exit_code == 1
    assert {line.split(":")[0] for line in done.stderr.splitlines() if line.startswith("line ")} == {
        "line 3",
        "line 4",
        "line 6",
        "line 7",
    }
    assert "line 3: /prompt" in done.stderr
    assert "line 3: /seed" in done.stderr
    assert "4 lines are wrong. Nothing was sent. --skip-invalid leaves them out" in done.stderr
    assert not acme.accepted
    told = [json.loads(line) for line in go(acme, "--format", "json").stdout.splitlines()]
    assert {one["line"] for one in told} == {3, 4, 6, 7}
    done = go(acme, "--skip-invalid")
    assert done.exit_code == 0
    assert "2 of 2 lines succeeded, 4 left out, wrong" in done.stdout
    assert set(pictures(desk)) == {"000001-1.png", "000005-1.png"}


def test_requests_come_from_standard_input_too(desk: Path, acme: Provider) -> None:
    done = go(acme, "--format", "json", given='{"prompt": "a hat"}\n{"prompt": "a cat"}\n')
    assert done.exit_code == 0
    assert summed(done)["states"] == {"succeeded": 2}
    assert len(pictures(desk)) == 2


def test_an_empty_file_is_a_batch_that_is_done(desk: Path, acme: Provider) -> None:
    write(desk / "in.jsonl")
    assert go(acme, "--max-cost", "0").exit_code == 0
    assert not acme.accepted


def test_a_limit_is_kept_over_all_runs_and_refused_before_anything_is_sent(desk: Path, acme: Provider) -> None:
    write(desk / "in.jsonl", "a", "b", "c")
    done = go(acme, "--max-cost", "1.49")
    assert done.exit_code == 1
    assert "this may cost 1.5 USD, and max_cost is 1.49 USD. Nothing was sent" in done.stderr
    assert not acme.accepted
    assert go(acme, "--max-cost", "1.5").exit_code == 0
    write(desk / "in.jsonl", "a", "b", "c", "d")
    done = go(acme, "--max-cost", "1.99")
    assert done.exit_code == 1
    assert "this may cost 0.5 USD, beside 1.5 USD that earlier runs have spent or hold" in done.stderr
    assert len(acme.accepted) == 3
    assert go(acme, "--max-cost", "2").exit_code == 0
    assert len(acme.accepted) == 4


def test_an_unknown_price_is_refused_unless_it_is_allowed(desk: Path, acme: Provider) -> None:
    write(desk / "in.jsonl", "a")
    done = go(acme, model="acme/free-2")
    assert done.exit_code == 1
    assert "the price of 1 line is not known" in done.stderr
    assert not acme.accepted
    assert go(acme, "--allow-unknown-price", "--max-cost", "1", model="acme/free-2").exit_code == 0


def test_lines_that_are_moved_or_inserted_shift_nothing(desk: Path, acme: Provider) -> None:
    write(desk / "in.jsonl", "a", "b", "b")
    go(acme)
    before = pictures(desk)
    write(desk / "in.jsonl", "new", "b", {"seed": 1, "prompt": "a"}, "b", {"prompt": "a"}, "b")
    done = go(acme)
    assert done.exit_code == 0
    assert [acme.paid(one) for one in ("a", "b", "new")] == [2, 3, 1]
    assert {name: content for name, content in pictures(desk).items() if name in before} == before
    assert len(pictures(desk)) == 6
    assert {PNG + b"new", PNG + b"a"} <= {content for name, content in pictures(desk).items() if name not in before}


def test_a_job_that_nobody_waited_for_is_taken_up_and_not_sent_again(desk: Path) -> None:
    with provider.running(job=0.5) as acme:
        write(desk / "in.jsonl", "a", "b")
        first = go(acme, "--timeout", "0", "--max-cost", "1")
        assert first.exit_code == 1
        assert "0 of 2 lines succeeded, 2 still running" in first.stdout
        assert "charged nothing, held 1.0 USD" in first.stdout
        assert "the same command goes on, and pays for nothing twice:\n  proviso run " in first.stderr
        again = go(acme, "--max-cost", "1")
        assert again.exit_code == 0
        assert "charged 1.0 USD, held nothing" in again.stdout
        assert len(acme.accepted) == 2
        assert len(pictures(desk)) == 2
    entries = list(SqliteLedger(desk / "ledger.db").find())
    assert [(one.state, str(one.charged), one.charged_by) for one in entries] == [("succeeded", "0.5", "quote")] * 2


def test_files_that_are_gone_are_fetched_again_and_not_paid_for(desk: Path, acme: Provider) -> None:
    write(desk / "in.jsonl", "a", "b")
    go(acme)
    (desk / "pictures/000001-1.png").unlink()
    done = go(acme, "--max-cost", "1")
    assert done.exit_code == 0
    assert "1 to fetch again" in done.stderr
    assert "charged 1.0 USD" in done.stdout
    assert pictures(desk)["000001-1.png"] == PNG + b"a"
    assert len(acme.accepted) == 2


def test_what_has_failed_is_sent_again_when_it_is_asked_for_and_what_was_refused_always(desk: Path) -> None:
    with provider.running(refuse={"no": 400}) as acme:
        write(desk / "in.jsonl", "this fails", "no", "a")
        for options, sent in ((), 1), ((), 1), (("--retry-failed",), 2):
            done = go(acme, *options)
            assert done.exit_code == 1
            assert "1 of 3 lines succeeded, 1 failed, 1 refused" in done.stdout
            assert acme.paid("this fails") == sent
        assert acme.paid("a") == 1


@pytest.mark.parametrize("options", [(), ("--format", "json")])
def test_a_cut_line_of_the_results_is_mended(desk: Path, acme: Provider, options: tuple[str, ...]) -> None:
    write(desk / "in.jsonl", "a", "b")
    go(acme)
    path = desk / "pictures/results.jsonl"
    path.write_bytes(path.read_bytes()[:-20])
    assert go(acme, *options).exit_code == 0
    assert {one["line"] for one in ended(desk)} == {1, 2}
    assert len(acme.accepted) == 2
