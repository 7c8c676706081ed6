"""Keep what is secret out of the logs of the HTTP libraries, which write down every address, and to those who debug, headers.

What they tell of the requests of others stays as it is.
"""

from __future__ import annotations

import logging
from contextvars import ContextVar, Token

from proviso_runtime import redaction

_OURS: ContextVar[bool] = ContextVar("proviso_runtime.quiet", default=False)
_CORE = ("connection", "http11", "http2", "proxy", "socks")
# Before status and headers of a reply, which may quote the request or lead to what is signed.
_REPLY = " return_value=("
_HEADERS = ("hpack.hpack", "hpack.table")  # they write every header down, the key's too
_known: set[str] = set()


class Ours:
    """A block in which whatever a library tells is told of a request of ours."""

    __slots__ = ("_token",)

    def __enter__(self) -> None:
        self._token: Token[bool] = _OURS.set(True)

    def __exit__(self, *raised: object) -> None:
        _OURS.reset(self._token)

    async def __aenter__(self) -> None:
        self.__enter__()

    async def __aexit__(self, *raised: object) -> None:
        self.__exit__()


def ours(library: str) -> Ours:
    """Blank what is secret in what a library tells of the request of a block."""
    if library not in _known:
        core = library.replace("httpx", "httpcore")
        for name in (library, *_HEADERS, *(f"{core}.{part}" for part in _CORE)):
            logging.getLogger(name).addFilter(_FILTER)
        _known.add(library)
    return Ours()


class _Filter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if not _OURS.get():
            return True
        if record.name in _HEADERS:
            return False
        if isinstance(record.args, tuple):
            record.args = tuple(map(_blanked, record.args))
        if isinstance(record.msg, str):
            record.msg = redaction.without_query(record.msg.partition(_REPLY)[0])
        return True


def _blanked(value: object) -> object:
    if isinstance(value, int | float):
        return value  # formatted as a number
    return redaction.without_query(str(value))


_FILTER = _Filter()
