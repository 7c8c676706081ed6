"""What every test of the runtime is given: names that nobody is asked for, and no proxy of whoever runs it."""

from __future__ import annotations

import os

import pytest

from proviso_runtime import names

from .naming import Names


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> Names:
    """Let every name lead to the public internet, unless the test says otherwise."""
    for variable in [one for one in os.environ if one.lower().endswith("_proxy")]:
        monkeypatch.delenv(variable)
    found = Names()
    monkeypatch.setattr(names, "SYSTEM", found)
    return found
