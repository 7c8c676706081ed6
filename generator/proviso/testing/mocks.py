"""A provider in this process: its spec answers, bills and forgets, and no port is opened."""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, TypeVar, overload

from proviso import ir, naming
from proviso.mock import faults, options
from proviso.mock.app import App
from proviso.oracle import access
from proviso.testing import models, places, transports
from proviso.testing.books import Books
from proviso.testing.clock import WaitedClock
from proviso.testing.shared import SharedMock
from proviso.testing.transports import Library
from proviso_runtime import clients

Client = TypeVar("Client", bound=clients.Client)
AsyncClient = TypeVar("AsyncClient", bound=clients.AsyncClient)


class Mock:
    """A mock of one provider. It asks for keys, checks requests, bills, and goes wrong where it is told to.

    provider: its name, by the documents or by Python; or what the tool has of it.
    speed: "poll" lets jobs go on by one step with every poll, "time" as long as documented. Either way nobody waits:
    the time is that of `clock`, and passes where the clients made here wait for it.
    faults: what goes wrong, such as "submit:lost x1" or "poll:502 x2"; seed, share: and by chance (0 to 1).
    balance: what may be spent; None for no end of it. price: what a request without a documented price costs.
    package: the generated clients. specs: the folder; by default that of the test run (`proviso_specs`), else `specs`,
    else the one that comes with the package.
    Raises NoSuchModel, WrongSpecs, WrongFault.
    """

    def __init__(
        self,
        provider: str | ir.Provider,
        *,
        speed: Literal["poll", "time"] = "poll",
        faults: Sequence[str] = (),
        share: float = 0,
        seed: int = 0,
        balance: Decimal | str | None = None,
        price: Decimal | str | None = None,
        package: str = "image_providers",
        specs: Path | None = None,
    ) -> None:
        with places.needing_extra("Mock"):
            self.provider = models.provider(provider, specs=specs) if isinstance(provider, str) else provider
        self.clock = WaitedClock(by_poll=speed == "poll")
        self.key = options.KEY
        """The key that it takes."""
        self.secret = options.SECRET
        """The secret that signs requests, where the provider wants that."""
        self._package = package
        self._mock = SharedMock(
            (self.provider,),
            options.Options(
                clock=self.clock,
                balance=None if balance is None else Decimal(balance),
                price=None if price is None else Decimal(price),
                share=share,
                seed=seed,
            ),
        )
        self.fault(*faults)
        self.origin = f"http://{naming.module_name(self.provider.name).replace('_', '-')}.test"
        self.base_url = self._mock.base_url(self.provider.name, origin=self.origin)
        """The address to give to clients; the documented one does as well."""
        self.books = Books(lambda: self._mock.books()[self.provider.name])
        """What came, what runs and what it costs, at any moment."""
        known = (self.origin, self.provider.base_url)
        self._desk = transports.Desk(self._mock, clock=self.clock, addresses=known)

    def fault(self, *written: str) -> None:
        """Let something go wrong from now on, such as "submit:lost x1". Raises WrongFault."""
        self._mock.fail(*(faults.parse(one) for one in written))

    def transport(self, library: Library = "httpx2") -> Any:
        """Return a transport for clients of an HTTP library, blocking and awaited.

        Connections break as they do outside: RemoteProtocolError, ReadTimeout; and ConnectError for every other host.
        """
        return importlib.import_module(library).MockTransport(self.handler(library))

    def handler(self, library: Library = "httpx2") -> Callable[[Any], Any]:
        """Return a function that answers requests of an HTTP library, for its MockTransport and for respx."""
        return self._desk.handler(importlib.import_module(library))

    @property
    def app(self) -> App:
        """The mock as an ASGI application, such as for `httpx.ASGITransport`. Faults that take time really take it."""
        return App(self._mock)

    @contextlib.contextmanager
    def serving(self) -> Iterator[str]:
        """Serve the mock at a free port of this machine while the block runs, and give the address for clients there.

        For code that takes an address and nothing else. Faults that take time really take it.
        """
        with places.needing_extra("Mock.serving"):
            from proviso.mock import serving  # here, because the server is needed for this alone

        with serving.running(self._mock) as server:
            yield self._mock.base_url(self.provider.name, origin=server.origin)

    @overload
    def client(self, kind: None = None, **chosen: Any) -> Any: ...
    @overload
    def client(self, kind: type[Client], **chosen: Any) -> Client: ...
    def client(self, kind: type[Client] | None = None, **chosen: Any) -> Any:
        """Return a blocking client that asks this mock, with its key and its time and without a ledger.

        kind: the generated class, such as `acme.Client`, for the sake of types. chosen: other options of it.
        """
        import httpx2  # here, because only who asks needs it

        http = httpx2.Client(transport=self.transport(), trust_env=False)
        return (self._generated().Client if kind is None else kind)(**self._given(http, chosen))

    @overload
    def async_client(self, kind: None = None, **chosen: Any) -> Any: ...
    @overload
    def async_client(self, kind: type[AsyncClient], **chosen: Any) -> AsyncClient: ...
    def async_client(self, kind: type[AsyncClient] | None = None, **chosen: Any) -> Any:
        """Return a client to await; otherwise like `client`."""
        import httpx2  # as above

        http = httpx2.AsyncClient(transport=self.transport(), trust_env=False)
        return (self._generated().AsyncClient if kind is None else kind)(**self._given(http, chosen))

    def _generated(self) -> Any:
        name = f"{self._package}.{naming.module_name(self.provider.name)}"
        try:
            return importlib.import_module(name)
        except ModuleNotFoundError as missing:
            raise models.NoSuchModel(f"there are no clients {name}; name their package with package=...") from missing

    def _given(self, http: object, chosen: dict[str, Any]) -> dict[str, Any]:
        signed = isinstance(self.provider.auth[0], ir.Signature | ir.Jwt)
        return {
            "api_key": self.key,
            **({"api_secret": self.secret} if signed else {}),
            **access.settings(self.provider),
            "base_url": self.base_url,
            "http_client": http,
            "clock": self.clock,
            "ledger": None,
            **chosen,
        }

    def __repr__(self) -> str:
        return f"Mock({self.provider.name}, {self.books!r})"
