"""A request as it reaches the mock."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlsplit

from proviso.oracle import access


class NotJson(ValueError):
    """A body that is no JSON."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request. target: path and query as they were sent. headers: names in small letters. origin: http://host:port.

    shelf: the origin that results are served at, where it is another one.
    """

    verb: str
    target: str
    headers: Mapping[str, str]
    body: bytes
    origin: str
    shelf: str | None = None

    @cached_property
    def path(self) -> str:
        """The path as it was sent."""
        return self.target.partition("?")[0]

    @cached_property
    def query(self) -> list[tuple[str, str]]:
        """The members of the query."""
        return access.query(self.target)

    @property
    def url(self) -> str:
        """The address that was asked."""
        return self.origin + self.target

    @property
    def host(self) -> str:
        """The host that the client believes to speak to."""
        return self.headers.get("host", urlsplit(self.origin).netloc)

    @property
    def media_type(self) -> str:
        """What the body says that it is."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @cached_property
    def document(self) -> object:
        """The body as JSON; None for an empty one. Raises NotJson."""
        if not self.body:
            return None
        try:
            return json.loads(self.body, parse_constant=_refuse)
        except (ValueError, RecursionError) as wrong:
            raise NotJson(str(wrong)) from None


def _refuse(constant: str) -> object:
    raise NotJson(f"{constant} is no JSON")
