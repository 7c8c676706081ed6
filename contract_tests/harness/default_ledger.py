"""Keeps tests from the ledger of whoever runs them, and tells which test would have written to it."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from pathlib import Path
from typing import Any

import platformdirs

USER_STATE_PATH = platformdirs.user_state_path
"""What it is without us, for tests of where the ledger is."""

_FOLDER = Path(tempfile.gettempdir(), f"proviso-state-{uuid.uuid4().hex}")


def keep_off() -> None:
    """Let clients go without a ledger, and programs that lose that setting write to a place of this run alone."""
    os.environ["PROVISO_LEDGER"] = "off"
    os.environ["XDG_STATE_HOME"] = str(_FOLDER)
    # A test that empties the environment takes both away.
    platformdirs.user_state_path = _state_path


def hold() -> None:
    """Fail when anything was written to the place of ledgers that nobody named, and clear it for the next test."""
    if _FOLDER.exists():
        shutil.rmtree(_FOLDER)
        message = "this test writes to the ledger of whoever runs it: give its clients ledger=None, or one of its own"
        raise AssertionError(message)


def _state_path(appname: str | None = None, *_: Any, **_options: Any) -> Path:
    return _FOLDER / (appname or "")
