"""What is particular to a ledger in the database of a server."""

from __future__ import annotations

import threading

import pytest
import sqlalchemy as sa

from proviso_runtime import errors
from proviso_runtime.ledger import SqlLedger, opened, sql

from . import postgres
from .samples import accepted, ended, intended, only


def test_a_server_that_is_not_there_is_told_without_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sql, "_TRIES", 2)
    ledger = SqlLedger("postgresql+psycopg://me:s3cret@127.0.0.1:9/none")
    with pytest.raises(errors.LedgerFailed, match=r"See that the server runs.*ledger=None") as failed:
        ledger.write([intended(prompt="a cat")])
    chain = f"{failed.value!r}{failed.value.__cause__!r}{ledger!r}"
    assert "me:***@127.0.0.1:9/none" in chain
    assert "s3cret" not in chain
    assert "cat" not in chain


def test_what_a_database_does_not_take_is_told_without_a_word_of_it(server: postgres.Server) -> None:
    with SqlLedger(server.empty()) as ledger, pytest.raises(errors.LedgerFailed, match="cannot hold") as failed:
        ledger.write([intended(), ended(delivered=2**70, code="a cat")])
    assert "cat" not in f"{failed.value}{failed.value.__cause__}"
    assert failed.value.__cause__ is not None
    assert failed.value.__cause__.__cause__ is None
    assert failed.value.__cause__.__suppress_context__


def test_a_file_of_sqlite_is_refused() -> None:
    with pytest.raises(ValueError, match="SqliteLedger"):
        SqlLedger("sqlite:///ledger.db")


def test_a_ledger_of_a_newer_version_is_left_as_it_is(server: postgres.Server) -> None:
    address = server.empty()
    engine = sa.create_engine(address)
    with SqlLedger(engine) as ledger:
        ledger.write([intended()])
        with engine.begin() as connection:
            connection.execute(sa.text("UPDATE proviso_ledger SET version = 2"))
        with pytest.raises(errors.LedgerFailed, match=r"newer proviso .*update proviso"):
            SqlLedger(engine).write([accepted()])
        assert only(ledger).state == "sending"
    engine.dispose()


def test_an_engine_that_commits_each_statement_still_keeps_all_or_none(server: postgres.Server) -> None:
    engine = sa.create_engine(server.empty(), isolation_level="AUTOCOMMIT")
    ledger = SqlLedger(engine)
    ledger.write([intended("a")])
    with pytest.raises(errors.LedgerFailed):
        ledger.write([intended("b"), ended("a", delivered=2**70)])
    assert [entry.id for entry in ledger.find()] == ["a"]
    engine.dispose()


def test_a_connection_that_broke_is_made_again(server: postgres.Server) -> None:
    with SqlLedger(server.empty()) as ledger:
        ledger.write([intended()])
        engine = sa.create_engine(server.address())
        with engine.begin() as connection:
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND state = 'idle'"
            assert connection.execute(sa.text(others)).all()
        engine.dispose()
        ledger.write([accepted()])
        assert only(ledger).state == "accepted"


def test_whoever_is_made_to_give_way_comes_through_nevertheless(server: postgres.Server) -> None:
    address = server.empty()
    engine = sa.create_engine(address)
    waiting = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    with SqlLedger(address) as ledger:
        ledger.write([intended("1"), intended("2")])
        with engine.begin() as other:
            other.execute(sa.text("SELECT 1 FROM proviso_entries WHERE id = '2' FOR UPDATE"))
            writing = threading.Thread(target=ledger.write, args=([accepted("1"), accepted("2")],))
            writing.start()
            while not other.execute(sa.text(waiting)).all():
                pass
        writing.join()
        assert [entry.state for entry in ledger.find()] == ["accepted", "accepted"]
    engine.dispose()


def test_one_ledger_serves_all_of_a_process(server: postgres.Server) -> None:
    address = server.empty()
    ledger = opened(address)
    assert isinstance(ledger, SqlLedger)
    assert opened(address) is ledger
    ledger.close()
