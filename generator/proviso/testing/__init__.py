"""Test code that uses a provider against a mock of it, made of the same spec as the client.

    from proviso.testing import Mock

    def test_a_lost_reply_is_paid_once():
        mock = Mock("acme", faults=["submit:lost x1"])
        ...
        mock.books.paid_once()

`Mock` is a provider in this process; `requests`, `mutants` and `transcripts` are Hypothesis strategies of what a spec
allows, forbids and tells; `routes` hands what goes to a documented address over to a mock, for users of respx. The
pytest plugin gives the fixtures `provider_mock` and `provider_books`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from proviso.testing.places import needing_extra

if TYPE_CHECKING:
    from proviso.testing.books import Books, Job, Request
    from proviso.testing.clock import WaitedClock
    from proviso.testing.mocks import Mock
    from proviso.testing.respx_routes import routes
    from proviso.testing.strategies import mutants, requests, transcripts
else:
    _HOMES = {
        "Books": "books",
        "Job": "books",
        "Mock": "mocks",
        "Request": "books",
        "WaitedClock": "clock",
        "mutants": "strategies",
        "requests": "strategies",
        "routes": "respx_routes",
        "transcripts": "strategies",
    }

    def __getattr__(name: str) -> object:
        # A plugin that no test uses must not cost what a mock costs.
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        with needing_extra(f"{__name__}.{name}"):
            return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


__all__ = [
    "Books",
    "Job",
    "Mock",
    "Request",
    "WaitedClock",
    "mutants",
    "requests",
    "routes",
    "transcripts",
]
