"""The file of a ledger: who may read it, and what is said of one that is none."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from proviso_runtime import errors
from proviso_runtime.ledger import SqliteLedger, connection

from .samples import accepted, intended, only


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_ledger_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with SqliteLedger(tmp_path / "new/ledger.db") as ledger:
            ledger.write([intended()])
            assert {path.name for path in (tmp_path / "new").iterdir()} == {
                "ledger.db",
                "ledger.db-wal",
                "ledger.db-shm",
            }
            assert {mode(path) for path in (tmp_path / "new").iterdir()} == {0o600}
            assert mode(tmp_path / "new") == 0o700
    finally:
        os.umask(before)


def test_a_closed_ledger_is_one_file_and_opens_again(tmp_path: Path) -> None:
    ledger = SqliteLedger(tmp_path / "ledger.db")
    ledger.write([intended()])
    ledger.close()
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.db"]
    ledger.write([accepted()])
    assert only(ledger).state == "accepted"
    ledger.close()


def test_nothing_is_made_before_something_is_kept_or_asked_for(tmp_path: Path) -> None:
    SqliteLedger(tmp_path / "new/ledger.db").write([])
    assert list(tmp_path.iterdir()) == []


def test_every_commit_waits_for_the_disk(tmp_path: Path) -> None:
    with SqliteLedger(tmp_path / "ledger.db") as ledger, ledger._writing.use() as opened:
        assert opened.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert opened.execute("PRAGMA synchronous").fetchone() == (2,)


def test_a_file_of_something_else_is_left_as_it_is(tmp_path: Path) -> None:
    text, other = tmp_path / "text.db", tmp_path / "other.db"
    text.write_text("to do\n" * 300)
    theirs = sqlite3.connect(other)
    theirs.execute("CREATE TABLE entries (id)")
    theirs.commit()
    theirs.close()
    for path, told in ((text, "file is not a database"), (other, "a database of another program")):
        before = path.read_bytes()
        for use in (lambda ledger: ledger.write([intended()]), lambda ledger: list(ledger.find())):
            with pytest.raises(errors.LedgerFailed, match=told) as failed:
                use(SqliteLedger(path))
            assert str(path) in str(failed.value)
        assert path.read_bytes() == before


def test_a_ledger_of_a_newer_version_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with SqliteLedger(path) as ledger:
        ledger.write([intended()])
    newer = sqlite3.connect(path)
    newer.execute("PRAGMA user_version = 2")
    newer.close()
    with pytest.raises(errors.LedgerFailed, match=r"newer proviso .*update proviso"):
        SqliteLedger(path).write([accepted()])


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    with SqliteLedger(path) as ledger:
        ledger.write([intended(f"{number:032x}") for number in range(500)])
    content = bytearray(path.read_bytes())
    content[4096:-4096] = b"\x55" * (len(content) - 8192)
    path.write_bytes(content)
    with pytest.raises(errors.LedgerFailed, match="damaged: move it away"):
        list(SqliteLedger(path).find())


@pytest.mark.parametrize("path", ["/proc/none/ledger.db", "/dev/null", "/dev/full", "/", "/dev/null/ledger.db"])
def test_a_place_that_cannot_hold_a_ledger_is_told_with_what_would_be_right(path: str) -> None:
    with pytest.raises(errors.LedgerFailed, match=r"PROVISO_LEDGER=PATH .*ledger=None") as failed:
        SqliteLedger(path).write([intended()])
    assert f"the ledger {path} cannot be used" in str(failed.value)


@pytest.mark.parametrize("path", ["/dev/null", "/"])
def test_what_is_no_file_is_not_touched(path: str) -> None:
    beside = {*Path(path).parent.iterdir()}
    with pytest.raises(errors.LedgerFailed, match="it is no file"):
        SqliteLedger(path).write([intended()])
    assert {*Path(path).parent.iterdir()} <= beside


@pytest.mark.parametrize("path", ["", ":memory:"])
def test_a_path_that_names_no_file_is_refused(path: str) -> None:
    with pytest.raises(ValueError, match=r"MemoryLedger\(\)"):
        SqliteLedger(path)


def test_whoever_keeps_the_file_locked_is_waited_for_and_not_forever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_PATIENCE", 0.05)
    with SqliteLedger(tmp_path / "ledger.db") as ledger:
        ledger.write([intended()])
        other = sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(errors.LedgerFailed, match="locked"):
            ledger.write([accepted()])
        other.execute("ROLLBACK")
        other.close()
        ledger.write([accepted()])
        assert only(ledger).state == "accepted"


def test_a_new_file_on_which_another_process_is_at_work_is_waited_for(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "ledger.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    later = threading.Timer(0.2, other.execute, ["ROLLBACK"])
    later.start()
    with SqliteLedger(tmp_path / "ledger.db") as ledger:
        ledger.write([intended()])
        assert only(ledger).state == "sending"
    later.join()
    other.close()


def test_a_file_that_was_taken_away_is_made_anew(tmp_path: Path) -> None:
    with SqliteLedger(tmp_path / "ledger.db") as ledger:
        ledger.write([intended("old")])
        (tmp_path / "ledger.db").rename(tmp_path / "kept.db")
        for leftover in tmp_path.glob("ledger.db-*"):
            leftover.unlink()
        ledger.write([intended("new")])
        assert only(ledger).id == "new"
    assert (tmp_path / "ledger.db").exists()


def test_whatever_stops_a_write_leaves_nothing_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with SqliteLedger(tmp_path / "ledger.db") as ledger:
        ledger.write([intended("a")])
        with monkeypatch.context() as patched:
            patched.setattr("proviso_runtime.ledger.sqlite.rows.alterable", interrupted)
            with pytest.raises(KeyboardInterrupt):
                ledger.write([intended("b"), accepted("a")])
        ledger.write([intended("c")])
        assert [(entry.id, entry.state) for entry in ledger.find()] == [("a", "sending"), ("c", "sending")]
