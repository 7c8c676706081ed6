"""The house that an audited program lives in: providers on loopback, by their addresses and by a proxy."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import Callable
from typing import Self
from urllib.parse import urlsplit

import h11

from proviso import ir
from proviso.audit.authority import Authority
from proviso.audit.connection import Connection, Incoming, Outgoing, TooMuch
from proviso.audit.reception import Reception, Visitor
from proviso.audit.record import Record, Turned
from proviso.audit.sites import Site, Sites, results_host
from proviso.mock.options import Options
from proviso.mock.provider_mock import Mock

_LOOPBACK = "127.0.0.1"


class House:
    """Mocks of providers and a proxy that leads to them alone, for one run; nothing leaves the machine.

    mocks: by the names of their providers. base_urls: where the calls of each begin. proxy: the address of the proxy.
    """

    def __init__(self, providers: tuple[ir.Provider, ...], options: Options, *, authority: Authority) -> None:
        self.providers = providers
        self.mocks = {one.name: Mock((one,), options) for one in providers}
        self.record = Record()
        self.base_urls: dict[str, str] = {}
        self.proxy = ""
        self._authority = authority
        self._options = options
        self._sites = Sites(self.mocks, providers)
        self._ports: dict[str, Site] = {}
        self._shelves: dict[str, str] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._servers: list[asyncio.Server] = []
        self._clock: Callable[[], float] = asyncio.get_running_loop().time
        self._reception = Reception(options, self.record, now=self._now)
        self._start = self._clock()

    async def __aenter__(self) -> Self:
        """Open the doors."""
        for one in self.providers:
            mock = self.mocks[one.name]
            calls = await self._opened(Site(provider=one, mock=mock, part="calls"))
            self._shelves[one.name] = await self._opened(Site(provider=one, mock=mock, part="results"))
            self.base_urls[one.name] = mock.base_url(one.name, origin=calls)
        self.proxy = await self._opened(None)
        self._start = self._clock()
        return self

    async def __aexit__(self, *raised: object) -> None:
        """Close the doors, and let go of whoever is still inside."""
        for server in self._servers:
            server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _now(self) -> float:
        return self._clock() - self._start

    async def _opened(self, site: Site | None) -> str:
        """Open a door to a site, or that of the proxy, and return its address."""

        async def visited(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.current_task()
            assert task is not None
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            with contextlib.suppress(ConnectionError, ssl.SSLError, asyncio.CancelledError):
                await self._serve(reader, writer, site=site)
            writer.close()

        # The whole of a request waits in memory; what it may weigh is held by the connection.
        server = await asyncio.start_server(visited, _LOOPBACK, 0, limit=2**20)
        self._servers.append(server)
        netloc = f"{_LOOPBACK}:{server.sockets[0].getsockname()[1]}"
        if site is not None:
            self._ports[netloc] = site
        return f"http://{netloc}"

    async def _serve(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        *,
        site: Site | None,
        tunnel: str | None = None,
    ) -> None:
        """Answer what comes over a connection. tunnel: the host that it was meant for, inside of TLS."""
        connection = Connection(reader, writer)
        try:
            while (asked := await connection.incoming()) is not None:
                if asked.verb == "CONNECT":
                    if tunnel is None:
                        await self._tunnel(connection, asked, reader, writer)
                    return
                await connection.reply(await self._answer(asked, site=site, tunnel=tunnel))
        except TooMuch:
            await connection.reply(_said(413, "This is more than anybody needs to send."))
        except h11.RemoteProtocolError:
            self.record.broken += 1
        except (ConnectionError, ssl.SSLError):
            raise
        except Exception as error:
            # A mock that fails is no fault of the program's: it is said, and the connection ends.
            self.record.defects.append(type(error).__name__)

    async def _tunnel(
        self, connection: Connection, asked: Incoming, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Let a program speak TLS to a provider, and answer in its stead."""
        host = asked.target
        if self._sites.find(host) is None:
            return await connection.reply(self._turned(asked, host))
        await connection.accept_tunnel()
        try:
            await writer.start_tls(self._authority.context(host.rpartition(":")[0] or host))
        except (ssl.SSLError, ConnectionError):
            self.record.distrusted.append(host)
            return None
        return await self._serve(reader, writer, site=None, tunnel=host)

    async def _answer(self, asked: Incoming, *, site: Site | None, tunnel: str | None) -> Outgoing:
        parts = urlsplit(asked.target)
        if tunnel is not None:
            scheme, host, target = "https", tunnel, asked.target
        elif parts.scheme:
            scheme, host = parts.scheme, parts.netloc.rpartition("@")[2]
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        elif site is not None:
            return await self._received(asked, site, host=asked.headers.get("host", ""), target=asked.target)
        else:
            return _said(404, "This is the proxy of an audit. It leads to providers by their own addresses.")
        if host in self._ports:
            return await self._received(asked, self._ports[host], host=host, target=target)
        found = self._sites.find(host)
        if found is None:
            return self._turned(asked, host)
        shelf = f"https://{results_host(found.provider)}"
        visitor = Visitor(door="proxy", scheme=scheme, host=host, target=target, shelf=shelf)
        return await self._reception.receive(asked, found, visitor, given=self._sites.give)

    async def _received(self, asked: Incoming, site: Site, *, host: str, target: str) -> Outgoing:
        shelf = self._shelves[site.provider.name]
        visitor = Visitor(door="address", scheme="http", host=host, target=target, shelf=shelf)
        return await self._reception.receive(asked, site, visitor, given=self._sites.give)

    def _turned(self, asked: Incoming, host: str) -> Outgoing:
        """Turn away a request to somebody else."""
        texts = (asked.target, *asked.headers.values(), asked.body.decode(errors="replace"))
        keyed = any(self._options.key in text for text in texts)
        host = host.replace(self._options.key, "***")
        self.record.turned.append(Turned(at=self._now(), verb=asked.verb, host=host, keyed=keyed))
        return _said(502, f"{host} is none of the providers of this audit, and nothing leaves this machine.")


def _said(status: int, text: str) -> Outgoing:
    return Outgoing(status=status, content=f"{text}\n".encode(), headers=(("content-type", "text/plain"),))
