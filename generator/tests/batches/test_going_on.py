"""A batch that goes on: what earlier runs have left, and folders and ledgers that are not its own."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import Result

from proviso_runtime.batches.lines import digest, reference, spelled
from proviso_runtime.batches.lock import Lock
from proviso_runtime.ledger import Accepted, Ended, Intended, SqliteLedger
from tests.desk import run

from . import provider
from .provider import Provider, ended, write


def go(acme: Provider, *options: str, model: str = provider.MODEL) -> Result:
    return run(*provider.arguments(acme.address, *options, model=model))


def intend(desk: Path, prompt: str, *, model: str = provider.MODEL, job_id: str | None = None) -> str:
    """Leave an intent in the ledger, as a run does that is killed while it sends."""
    batch = json.loads((desk / "pictures/batch.json").read_text("utf-8"))["batch"]
    name, _, told = model.partition("/")
    entry = os.urandom(16).hex()
    with SqliteLedger(desk / "ledger.db") as ledger:
        ledger.write(
            [
                Intended(
                    entry=entry,
                    provider=name,
                    model=model if name == "acme" else told,
                    at=1_800_000_000.0,
                    until=4_000_000_000.0,
                    body_sha256="ab" * 32,
                    reference=reference(batch, digest(spelled({"prompt": prompt})), 1),
                    job_id=job_id,
                    currency="USD",
                    least=provider.COST,
                    most=provider.COST,
                )
            ]
        )
    return entry


def states(desk: Path) -> list[str]:
    with SqliteLedger(desk / "ledger.db") as ledger:
        return [one.state for one in ledger.find()]


@pytest.mark.parametrize("model", [provider.MODEL, provider.AT_ONCE])
def test_what_was_being_sent_when_a_run_died_is_unknown_and_not_sent_again(
    desk: Path, acme: Provider, model: str
) -> None:
    write(desk / "in.jsonl", "a")
    assert go(acme, model=model).exit_code == 0
    intend(desk, "b", model=model)
    write(desk / "in.jsonl", "a", "b")
    for _ in range(2):
        done = go(acme, "--max-cost", "1", model=model)
        assert done.exit_code == 1
        assert "1 of 2 lines succeeded, 1 unknown" in done.stdout
        assert "charged 0.5 USD, held 0.5 USD" in done.stdout
        assert "1 request may have been accepted and billed, or not" in done.stderr
        assert not acme.paid("b")
        assert states(desk) == ["succeeded", "unknown"]
    (told,) = (one for one in ended(desk) if one["state"] == "unknown")
    assert told["line"] == 2
    assert "2027-01-15 08:00:00 UTC" in told["why"]
    assert "ab" * 32 in told["why"]
    assert "--retry-unknown sends it again" in told["why"]
    refused = go(acme, "--max-cost", "1", "--retry-unknown", model=model)
    assert "this may cost 0.5 USD, beside 1.0 USD that earlier runs have spent or hold" in refused.stderr
    assert go(acme, "--max-cost", "1.5", "--retry-unknown", model=model).exit_code == 0
    assert acme.paid("b") == 1
    assert go(acme, model=model).exit_code == 0
    assert acme.paid("b") == 1


def test_a_job_that_was_accepted_is_taken_up_by_its_id_from_the_ledger_alone(desk: Path, acme: Provider) -> None:
    write(desk / "in.jsonl", "a")
    go(acme)
    write(desk / "in.jsonl", "b", "c")
    entry = intend(desk, "b")
    with SqliteLedger(desk / "ledger.db") as ledger:
        ledger.write([Accepted(entry=entry, at=1.0, job_id=acme.accepted[0]["job"])])
    done = go(acme)
    assert done.exit_code == 0
    assert not acme.paid("b")
    assert acme.paid("c") == 1


def test_a_job_that_the_client_named_is_asked_about_whatever_became_of_the_request(desk: Path, acme: Provider) -> None:
    write(desk / "in.jsonl", "a")
    go(acme, model=provider.NAMED)
    (accepted,) = acme.accepted
    intend(desk, "b", model=provider.NAMED, job_id=accepted["job"])
    intend(desk, "c", model=provider.NAMED, job_id="2f1c7a52-0d4e-4b93-8a43-0c8f1de5c001")
    write(desk / "in.jsonl", "a", "b", "c")
    for _ in range(2):
        assert "2 of 3 lines succeeded, 1 unknown" in go(acme, model=provider.NAMED).stdout
        assert len(acme.accepted) == 1
    assert go(acme, "--retry-unknown", model=provider.NAMED).exit_code == 0
    assert acme.paid("c") == 1


def test_results_that_are_gone_here_and_there_are_paid_for_again_when_that_is_asked_for(
    desk: Path, acme: Provider
) -> None:
    write(desk / "in.jsonl", "a")
    go(acme)
    (desk / "pictures/000001-1.png").unlink()
    with provider.running() as forgetful:
        for _ in range(2):
            assert "0 of 1 line succeeded, 1 unsaved" in go(forgetful).stdout
            assert not forgetful.accepted
        assert go(forgetful, "--retry-failed").exit_code == 0
        assert go(forgetful).exit_code == 0
        assert len(forgetful.accepted) == 1


@pytest.mark.parametrize("state", ["failed", "moderated", "cancelled", "expired"])
def test_a_job_that_has_ended_without_a_result_is_left_alone_unless_it_is_asked_for(
    desk: Path, acme: Provider, state: str
) -> None:
    write(desk / "in.jsonl", "a")
    go(acme)
    entry = intend(desk, "b")
    with SqliteLedger(desk / "ledger.db") as ledger:
        ledger.write([Ended(entry=entry, provider="acme", at=1.0, state=state)])  # type: ignore[arg-type]
    write(desk / "in.jsonl", "a", "b")
    assert f"1 {state}" in go(acme).stdout
    assert not acme.paid("b")
    assert go(acme, "--retry-failed").exit_code == 0
    assert acme.paid("b") == 1


def test_what_came_at_once_and_was_not_saved_is_said_to_be_lost(desk: Path, acme: Provider) -> None:
    write(desk / "in.jsonl", "a", "b")
    assert go(acme, model=provider.AT_ONCE).exit_code == 0
    assert len(acme.accepted) == 2
    (desk / "pictures/000001-1.png").unlink()
    done = go(acme, model=provider.AT_ONCE)
    assert done.exit_code == 1
    assert "1 of 2 lines succeeded, 1 unsaved" in done.stdout
    assert "--retry-failed pays for it again" in ended(desk)[-1]["why"]
    assert len(acme.accepted) == 2
    assert go(acme, "--retry-failed", model=provider.AT_ONCE).exit_code == 0
    assert len(acme.accepted) == 3


def test_two_runs_do_not_work_in_one_folder(desk: Path, acme: Provider) -> None:
    write(desk / "in.jsonl", "a")
    (desk / "pictures").mkdir()
    lock = Lock(desk / "pictures/batch.lock")
    done = go(acme)
    assert done.exit_code == 2
    assert f"process {os.getpid()} works on pictures" in done.stderr
    assert not acme.accepted
    lock.release()
    assert go(acme).exit_code == 0


def test_a_ledger_that_knows_nothing_of_the_batch_is_refused(desk: Path, acme: Provider) -> None:
    write(desk / "in.jsonl", "a")
    go(acme)
    done = go(acme, "--ledger", "other.db")
    assert done.exit_code == 2
    assert "requests of the batch in pictures were sent before, and this ledger knows of none" in done.stderr
    assert go(acme).exit_code == 0
    assert len(acme.accepted) == 1


def test_a_folder_of_another_batch_is_refused(desk: Path, acme: Provider) -> None:
    write(desk / "in.jsonl", "a")
    go(acme)
    done = go(acme, "--allow-unknown-price", model="acme/free-2")
    assert done.exit_code == 2
    assert "pictures holds a batch for acme/acme/still-1, not for acme/acme/free-2" in done.stderr
    identity = desk / "pictures/batch.json"
    kept = identity.read_bytes()
    for content, said in ((b"{", "is not what a batch writes there"), (None, "no batch.json that says which batch")):
        identity.unlink() if content is None else identity.write_bytes(content)
        done = go(acme)
        assert done.exit_code == 2
        assert said in done.stderr
    identity.write_bytes(kept)
    assert go(acme).exit_code == 0
    assert len(acme.accepted) == 1


def test_a_batch_needs_a_ledger(desk: Path, acme: Provider) -> None:
    write(desk / "in.jsonl", "a")
    words = [one for one in provider.arguments(acme.address) if one not in ("--ledger", "ledger.db")]
    done = run(*words)
    assert done.exit_code == 2
    assert "a batch needs a ledger, and PROVISO_LEDGER is off" in done.stderr
    assert not (desk / "pictures").exists()


def test_a_dry_run_needs_no_key_and_touches_nothing(
    desk: Path, acme: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(desk / "in.jsonl", "a", "b")
    monkeypatch.delenv("ACME_KEY")
    before = sorted(one.name for one in desk.iterdir())
    done = go(acme, "--dry-run")
    assert done.exit_code == 0
    assert done.stdout == "2 lines: 2 to send\nsending costs 1.0 USD\n"
    assert sorted(one.name for one in desk.iterdir()) == before
    told = json.loads(go(acme, "--dry-run", "--format", "json").stdout)
    assert told["send"] == 2
    assert told["most"] == {"USD": "1.0"}
    refused = go(acme, "--dry-run", "--max-cost", "0.5")
    assert refused.exit_code == 1
    assert go(acme).exit_code == 2
    monkeypatch.setenv("ACME_KEY", "k")
    assert go(acme).exit_code == 0
    assert go(acme, "--dry-run").stdout.startswith("2 lines: 2 done before\n")
