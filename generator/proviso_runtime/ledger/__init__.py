"""Where paid requests and their jobs are written down, so that none is lost or paid for twice."""

from __future__ import annotations

from proviso_runtime import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from proviso_runtime.ledger.entries import Accepted as Accepted
    from proviso_runtime.ledger.entries import Change as Change
    from proviso_runtime.ledger.entries import Ended as Ended
    from proviso_runtime.ledger.entries import Entry as Entry
    from proviso_runtime.ledger.entries import Intended as Intended
    from proviso_runtime.ledger.entries import Ledger as Ledger
    from proviso_runtime.ledger.entries import State as State
    from proviso_runtime.ledger.memory import MemoryLedger as MemoryLedger
    from proviso_runtime.ledger.places import open_default as open_default
    from proviso_runtime.ledger.places import opened as opened
    from proviso_runtime.ledger.sql import SqlLedger as SqlLedger
    from proviso_runtime.ledger.sqlite import SqliteLedger as SqliteLedger
else:
    __getattr__, __dir__ = lazy.names(
        __name__,
        {
            **dict.fromkeys(
                ("Accepted", "Change", "Ended", "Entry", "Intended", "Ledger", "State"),
                "proviso_runtime.ledger.entries",
            ),
            "MemoryLedger": "proviso_runtime.ledger.memory",
            "open_default": "proviso_runtime.ledger.places",
            "opened": "proviso_runtime.ledger.places",
            "SqlLedger": "proviso_runtime.ledger.sql",
            "SqliteLedger": "proviso_runtime.ledger.sqlite",
        },
    )

__all__ = [
    "Accepted",
    "Change",
    "Ended",
    "Entry",
    "Intended",
    "Ledger",
    "MemoryLedger",
    "SqlLedger",
    "SqliteLedger",
    "State",
    "open_default",
    "opened",
]
