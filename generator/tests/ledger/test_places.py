"""Where the ledger is when nobody says so, and that it costs nothing before it is used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest

from harness import default_ledger
from proviso_runtime.ledger import SqliteLedger, open_default, opened, places


def test_a_ledger_is_in_the_users_own_folder_unless_the_environment_names_another_place(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(platformdirs, "user_state_path", default_ledger.USER_STATE_PATH)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    for text in (None, ""):
        monkeypatch.delenv("PROVISO_LEDGER", raising=False)
        if text is not None:
            monkeypatch.setenv("PROVISO_LEDGER", text)
        place = places.default_place()
        assert place is not None
        assert Path(place).is_relative_to(tmp_path)
        assert place.endswith("ledger.db")
    monkeypatch.setenv("PROVISO_LEDGER", "~/mine.db")
    ledger = open_default()
    assert isinstance(ledger, SqliteLedger)
    assert ledger.path == tmp_path / "mine.db"
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setenv("PROVISO_LEDGER", "off")
    assert open_default() is None


def test_one_ledger_serves_all_of_a_process_however_its_path_is_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "link").symlink_to(tmp_path)
    ledgers = {id(opened(path)) for path in ("a.db", "./a.db", tmp_path / "a.db", tmp_path / "link/a.db")}
    assert len(ledgers) == 1
    assert opened("b.db") is not opened("a.db")


def test_a_ledger_imports_a_database_when_it_is_used() -> None:
    code = (
        "import sys; from proviso_runtime.ledger import MemoryLedger, SqliteLedger, opened; opened('x.db')\n"
        "assert not {'sqlite3', '_sqlite3', 'sqlalchemy', 'platformdirs', 'asyncio', 'logging'} & {*sys.modules}"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
