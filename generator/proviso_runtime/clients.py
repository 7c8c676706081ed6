"""What the clients of every provider share: the key, the address and the HTTP client.

Importing this module imports no HTTP library; the first request does.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import ClassVar, Self, Unpack
from urllib.parse import urlsplit

from proviso_runtime import addresses, credentials, doors, gates, options, protocol, settings, transport
from proviso_runtime.budgets import Budget
from proviso_runtime.clock import Clock, SystemClock
from proviso_runtime.homes import Home
from proviso_runtime.redaction import Discretion
from proviso_runtime.target import Target

CONNECTIONS = transport.CONNECTIONS
NOTHING: Mapping[str, str | None] = MappingProxyType({})


class _Account:
    """A key at a provider, under an address."""

    provider: ClassVar[protocol.Provider]

    def __init__(
        self,
        api_key: str | None,
        base_url: str | None,
        api_secret: str | None,
        *,
        given: Mapping[str, str | None],
        budget: Budget | None,
        clock: Clock | None,
    ) -> None:
        self._clock = clock or SystemClock()
        self._gates = gates.Shared(self.provider, self._clock)
        self._credentials = credentials.find(self.provider, api_key, api_secret)
        self._settings = settings.resolve(self.provider, given)
        self._base_url = _address(settings.address(self.provider, self._settings) if base_url is None else base_url)
        known = (self._base_url, *settings.origins(self.provider, self._settings))
        self._origins = addresses.origins(known)
        self._discretion = Discretion(self._credentials.secrets)
        self._options = options.Options(budget=budget)
        self._lent = False

    def target(self, model: protocol.Model, *, calls: Callable[..., object] | None = None) -> Target:
        """Return what a call of model needs to know. calls: the class of its calls, for copies of handles."""
        known = {name: text for name, text in self._settings.items() if name in self.provider.settings}
        home = None if calls is None else Home(client=type(self), calls=calls, base_url=self._base_url, settings=known)
        return Target(
            provider=self.provider,
            model=model,
            base_url=self._base_url,
            discretion=self._discretion,
            settings=self._settings,
            origins=self._origins,
            members=self._credentials.members,
            options=self._options,
            home=home,
            gate=self._gates.gate(model),
        )

    def with_options(self, **changes: Unpack[options.Changes]) -> Self:
        """Return a client with other options that shares the connections and the ledger of this one.

        It is closed with this one, and not by itself. The options are those of `Options`.
        Raises TypeError or ValueError for options that are none.
        """
        other = copy.copy(self)
        # The calls of models hold the options of their client, and are made anew.
        kept = {name: value for name, value in vars(self).items() if name.startswith("_") or name == "door"}
        vars(other).clear()
        vars(other).update(kept, _options=options.changed(self._options, changes), _lent=True)
        return other

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.provider.name}, {self._base_url})"


class Client(_Account):
    """A blocking client of a provider, safe to share between threads.

    api_key: the key; None to take it from the provider's environment variable.
    api_secret: the secret of a provider whose calls are signed. settings: its settings by their names.
    base_url: another address than the documented one, such as a mock's.
    http_client: a client of httpx2 or httpx to send with; it is never closed here.
    clock: the time, for tests.
    ledger: where paid requests and their jobs are written down; None for nowhere. By default it is the user's own, an
    SQLite file that PROVISO_LEDGER names or that stands where the system keeps such things.
    budget: what may be spent in all.
    Raises KeyMissing, KeyInvalid, SettingMissing, SettingInvalid, ValueError for an address that is none, TypeError for another http_client.
    """

    def __init__(
        self,
        api_key: str | None = None,
        *,
        api_secret: str | None = None,
        settings: Mapping[str, str | None] = NOTHING,
        base_url: str | None = None,
        http_client: doors.HttpClient | None = None,
        clock: Clock | None = None,
        ledger: doors.Kept = "default",
        budget: Budget | None = None,
    ) -> None:
        super().__init__(api_key, base_url, api_secret, given=settings, budget=budget, clock=clock)
        self.door = transport.Blocking(
            client=http_client,
            origins=self._origins,
            credentials=self._credentials,
            clock=self._clock,
            ledger=ledger,
        )

    def close(self) -> None:
        """Close the connections, unless they are those of a client that was brought along."""
        if not self._lent:
            self.door.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()


class AsyncClient(_Account):
    """A client of a provider whose calls are awaited.

    api_key: the key; None to take it from the provider's environment variable.
    api_secret: the secret of a provider whose calls are signed. settings: its settings by their names.
    base_url: another address than the documented one, such as a mock's.
    http_client: an async client of httpx2 or httpx to send with; it is never closed here.
    clock: the time, for tests.
    ledger: where paid requests and their jobs are written down; None for nowhere. By default it is the user's own, an
    SQLite file that PROVISO_LEDGER names or that stands where the system keeps such things.
    budget: what may be spent in all. connections: how many requests are under way at once; the others wait.
    concurrency: how many calls of `generate` are, each from its submission to its result; None for any number. The
    others wait for their turn inside their own timeout, in the order in which they came.
    Raises KeyMissing, KeyInvalid, SettingMissing, SettingInvalid, ValueError for an address that is none, TypeError for another http_client.
    """

    def __init__(
        self,
        api_key: str | None = None,
        *,
        api_secret: str | None = None,
        settings: Mapping[str, str | None] = NOTHING,
        base_url: str | None = None,
        http_client: doors.AsyncHttpClient | None = None,
        clock: Clock | None = None,
        ledger: doors.Kept = "default",
        budget: Budget | None = None,
        connections: int = CONNECTIONS,
        concurrency: int | None = None,
    ) -> None:
        super().__init__(api_key, base_url, api_secret, given=settings, budget=budget, clock=clock)
        self.door = transport.Awaited(
            client=http_client,
            origins=self._origins,
            credentials=self._credentials,
            clock=self._clock,
            ledger=ledger,
            connections=connections,
            concurrency=concurrency,
        )

    async def close(self) -> None:
        """Close the connections, unless they are those of a client that was brought along."""
        if not self._lent:
            await self.door.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *raised: object) -> None:
        await self.close()


def _address(base_url: str) -> str:
    parts = urlsplit(base_url)
    # A user in the address would become an Authorization header in place of the key.
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise ValueError("base_url must be an http or https address without a user")
    if parts.query or parts.fragment:
        raise ValueError("base_url must have neither query nor fragment")
    return base_url.rstrip("/")
