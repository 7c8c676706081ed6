"""What the clients of every provider share: the key, the address and the HTTP client.

Importing this module imports no HTTP library; the first request does.
"""

from __future__ import annotations

import os
from typing import ClassVar, Self, assert_never
from urllib.parse import urlsplit

from proviso_runtime import errors, protocol, transport
from proviso_runtime.clock import Clock, SystemClock
from proviso_runtime.redaction import Discretion
from proviso_runtime.target import Target


class _Account:
    """A key at a provider, under an address."""

    provider: ClassVar[protocol.Provider]

    def __init__(self, api_key: str | None, base_url: str | None) -> None:
        key = _key(self.provider, api_key)
        self._base_url = _address(self.provider.base_url if base_url is None else base_url)
        self._discretion = Discretion(key)
        self._credentials = _credentials(self.provider.auth, key)

    def target(self, model: protocol.Model) -> Target:
        """Return what a call of model needs to know."""
        return Target(provider=self.provider, model=model, base_url=self._base_url, discretion=self._discretion)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.provider.name}, {self._base_url})"


class Client(_Account):
    """A blocking client of a provider, safe to share between threads.

    api_key: the key; None to take it from the provider's environment variable.
    base_url: another address than the documented one, such as a mock's.
    http_client: a client of httpx2 or httpx to send with; it is never closed here.
    clock: the time, for tests.
    Raises KeyMissing, KeyInvalid, ValueError for an address that is none, TypeError for another http_client.
    """

    def __init__(
        self,
        api_key: str | None = None,
        *,
        base_url: str | None = None,
        http_client: transport.HttpClient | None = None,
        clock: Clock | None = None,
    ) -> None:
        super().__init__(api_key, base_url)
        self.door = transport.Blocking(
            client=http_client,
            base_url=self._base_url,
            credentials=self._credentials,
            clock=clock or SystemClock(),
        )

    def close(self) -> None:
        """Close the connections, unless they are those of a client that was brought along."""
        self.door.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self.close()


class AsyncClient(_Account):
    """A client of a provider whose calls are awaited.

    api_key: the key; None to take it from the provider's environment variable.
    base_url: another address than the documented one, such as a mock's.
    http_client: an async client of httpx2 or httpx to send with; it is never closed here.
    clock: the time, for tests.
    Raises KeyMissing, KeyInvalid, ValueError for an address that is none, TypeError for another http_client.
    """

    def __init__(
        self,
        api_key: str | None = None,
        *,
        base_url: str | None = None,
        http_client: transport.AsyncHttpClient | None = None,
        clock: Clock | None = None,
    ) -> None:
        super().__init__(api_key, base_url)
        self.door = transport.Awaited(
            client=http_client,
            base_url=self._base_url,
            credentials=self._credentials,
            clock=clock or SystemClock(),
        )

    async def close(self) -> None:
        """Close the connections, unless they are those of a client that was brought along."""
        await self.door.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *raised: object) -> None:
        await self.close()


def _key(provider: protocol.Provider, api_key: str | None) -> str:
    match provider.auth:
        case protocol.HeaderKey(variable=variable):
            key = os.environ.get(variable, "") if api_key is None else api_key
        case _:
            assert_never(provider.auth)
    if not key:
        raise errors.KeyMissing(
            f"{provider.name}: no key. Set the environment variable {variable}, or give api_key",
            provider=provider.name,
            billed=False,
        )
    if not (key.isascii() and key.isprintable()) or key != key.strip():
        raise errors.KeyInvalid(
            f"{provider.name}: the key (api_key or {variable}) has a line break, a space at an end or "
            "another character that cannot stand in a header",
            provider=provider.name,
            billed=False,
        )
    return key


def _credentials(auth: protocol.Auth, key: str) -> dict[str, str]:
    match auth:
        case protocol.HeaderKey():
            return {auth.header: auth.prefix + key}
        case _:
            assert_never(auth)


def _address(base_url: str) -> str:
    parts = urlsplit(base_url)
    # A user in the address would become an Authorization header in place of the key.
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
        raise ValueError("base_url must be an http or https address without a user")
    if parts.query or parts.fragment:
        raise ValueError("base_url must have neither query nor fragment")
    return base_url.rstrip("/")
