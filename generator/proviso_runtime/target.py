"""Whom a call is for: provider, model and address, and how the addresses of its calls are made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from proviso_runtime import protocol
from proviso_runtime.jsontext import Json
from proviso_runtime.redaction import Discretion

_PLACE = re.compile(r"\{(model|id)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A model at a provider, under the address that the client was given.

    params: what was asked for; None where another process asked.
    """

    provider: protocol.Provider
    model: protocol.Model
    base_url: str
    discretion: Discretion
    params: Mapping[str, object] | None = field(default=None, repr=False)

    @property
    def job(self) -> protocol.Job:
        """The course of this model's jobs. Raises TypeError when it has none."""
        if self.model.job is None:
            raise TypeError(f"{self.model.id} has no jobs")
        return self.model.job

    @property
    def immediate(self) -> protocol.Immediate:
        """The call that answers at once. Raises TypeError when there is none."""
        if self.model.immediate is None:
            raise TypeError(f"{self.model.id} does not answer at once")
        return self.model.immediate

    @property
    def errors(self) -> protocol.Errors:
        """What is documented about refusals."""
        return self.model.errors or self.provider.errors or protocol.Errors()

    def address(self, call: str, *, job_id: str = "") -> tuple[str, str]:
        """Return verb and URL of a call. Everything reserved in the ids is escaped, slashes too."""
        verb, _, path = call.partition(" ")
        values = {"model": self.model.id, "id": job_id}
        path = _PLACE.sub(lambda place: quote(values[place[1]], safe=""), path)
        return verb, self.base_url.rstrip("/") + path


def job_id(value: Json) -> str | None:
    """Return value as the id of a job, or None when it cannot be one.

    "." and ".." are refused because no escaping keeps them from changing the path of a URL.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or value.strip() in ("", ".", ".."):
        return None
    try:
        value.encode()
    except UnicodeEncodeError:  # half a surrogate pair, which no URL can carry
        return None
    return value


def web_address(value: Json) -> str | None:
    """Return value if it is an http or https address that can be fetched, else None."""
    if not isinstance(value, str) or not value.isprintable() or " " in value:
        return None
    try:
        parts = urlsplit(value)
        fits = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return value if fits else None
