"""Providers behind one address: who is asked, and what the books of all say."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from proviso import ir
from proviso.answers.documented import Answer
from proviso.mock import settings
from proviso.mock.asking import Asked
from proviso.mock.desk import Desk
from proviso.mock.faults import Fault
from proviso.mock.options import Options
from proviso.mock.replying import Reply

OWN = "/__proviso__"
"""What the mock's own paths begin with."""

BOOKS = f"{OWN}/books"

_DEFECTS = 100  # that are kept, the youngest


class Mock:
    """Some providers, each behind its name, and the only one behind no name as well."""

    def __init__(self, providers: Sequence[ir.Provider], options: Options | None = None) -> None:
        self.options = Options() if options is None else options
        self.defects: deque[str] = deque(maxlen=_DEFECTS)
        self._providers = tuple(providers)
        self.reset()

    def reset(self) -> None:
        """Forget every job, every request and all money, and begin as at the start."""
        alone = len(self._providers) == 1
        self.desks = {
            one.name: Desk(one, self.options, prefix="" if alone else f"/{one.name}") for one in self._providers
        }
        self._hosts = {urlsplit(one.provider.base_url).netloc: one for one in self.desks.values()}
        self.defects.clear()

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts that the providers have in reality."""
        return frozenset(self._hosts)

    def tick(self) -> None:
        """Finish what has ended by now, although nobody asks."""
        now = self.options.clock.now()
        for desk in self.desks.values():
            desk.orders.tick(now)

    def base_url(self, provider: str, *, origin: str) -> str:
        """Return the address that clients of a provider are given. origin: such as http://127.0.0.1:4010."""
        desk = self.desks[provider]
        return origin + desk.prefix + settings.filled(desk.provider, desk.orders.base)

    def fail(self, *faults: Fault) -> None:
        """Let something go wrong from now on, at every provider."""
        for desk in self.desks.values():
            for one in faults:
                desk.fail(one)

    def answer(self, asked: Asked) -> Reply:
        """Answer a request."""
        if asked.path == BOOKS:
            return Reply(answer=Answer(content=json.dumps(self.books(), indent=2).encode()))
        desk = self._desk(asked)
        if desk is None:
            known = ", ".join(f"{asked.origin}/{name}/" for name in self.desks)
            return Reply(
                answer=Answer(
                    status=404, content=f"No provider is here. There are {known}\n".encode(), media_type="text/plain"
                )
            )
        return desk.answer(asked)

    def books(self) -> dict[str, Any]:
        """Return the books of every provider, by its name."""
        self.tick()
        return {name: desk.books.shown(desk.orders) for name, desk in self.desks.items()}

    def _desk(self, asked: Asked) -> Desk | None:
        if len(self.desks) == 1:
            return next(iter(self.desks.values()))
        found = self.desks.get(asked.path[1:].partition("/")[0])
        return found or self._hosts.get(asked.host)
