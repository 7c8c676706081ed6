"""A mock that several threads ask at the same time."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

from proviso import ir
from proviso.mock.asking import Asked
from proviso.mock.faults import Fault
from proviso.mock.options import Options
from proviso.mock.provider_mock import Mock
from proviso.mock.replying import Reply


class SharedMock(Mock):
    """A mock that answers one request after the other, whoever sends them."""

    def __init__(self, providers: Sequence[ir.Provider], options: Options) -> None:
        self._lock = threading.RLock()
        super().__init__(providers, options)

    def tick(self) -> None:
        """Finish what has ended by now, although nobody asks."""
        with self._lock:
            super().tick()

    def fail(self, *faults: Fault) -> None:
        """Let something go wrong from now on."""
        with self._lock:
            super().fail(*faults)

    def answer(self, asked: Asked) -> Reply:
        """Answer a request."""
        with self._lock:
            return super().answer(asked)

    def books(self) -> dict[str, Any]:
        """Return the books of every provider, by its name."""
        with self._lock:
            return super().books()
