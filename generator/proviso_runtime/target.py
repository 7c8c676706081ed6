"""Whom a call is for: provider, model and address, and how the addresses of its calls are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote, urlsplit

from proviso_runtime import addresses, protocol, settings
from proviso_runtime.gates import Gate
from proviso_runtime.homes import Home
from proviso_runtime.jsontext import Json
from proviso_runtime.options import MaxCost, Options
from proviso_runtime.redaction import Discretion

_LONGEST_ID = 2000  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A model at a provider, under the address that the client was given.

    params: what was asked for; None where another process asked.
    settings: what the client was given beside the key. origins: whom the key may be shown.
    members: what shows the key in a body.
    links: the addresses that the provider gave for the calls about one job: poll, collect, cancel.
    options: how careful paid calls are. home: where copies of handles find a client.
    gate: what holds requests back. within: seconds in which the caller wants a call to be accepted; None if not said.
    """

    provider: protocol.Provider
    model: protocol.Model
    base_url: str
    discretion: Discretion
    params: Mapping[str, object] | None = field(default=None, repr=False)
    settings: Mapping[str, str] = field(default_factory=dict[str, str])
    origins: addresses.Origins = addresses.Origins()
    members: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    links: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    options: Options = Options()
    home: Home | None = field(default=None, repr=False)
    gate: Gate | None = field(default=None, repr=False)
    within: float | None = None

    @property
    def named(self) -> str:
        """What messages call it."""
        return f"{self.provider.name}: {self.model.id}"

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
    def callback(self) -> protocol.Callback:
        """What the provider sends by itself. Raises TypeError when nothing can be told about who sent it."""
        if self.model.callback is None:
            raise TypeError(f"{self.model.id} has no callbacks that can be checked")
        return self.model.callback

    @property
    def errors(self) -> protocol.Errors:
        """What is documented about refusals."""
        return self.model.errors or self.provider.errors or protocol.Errors()

    def address(self, call: str, *, job_id: str = "", values: Mapping[str, str] | None = None) -> tuple[str, str]:
        """Return verb and URL of a call, with the query that every call has.

        values: what stands in the path beside model, id and settings. Everything reserved is escaped, slashes too,
        but those in the id of the model, and those of what stands at a place such as {+id}.
        """
        verb, _, path = call.partition(" ")
        known = {**self.settings, **(values or {}), "id": job_id}
        # The id of a model may be several segments of a path: acme/still-2.
        path = path.replace("{model}", quote(self.model.id))
        fixed = self.provider.query if self.model.query is None else self.model.query
        members = settings.filled(fixed, self.settings)
        return verb, addresses.with_query(self.base_url.rstrip("/") + addresses.filled(path, known), members)

    def limited(self, max_cost: MaxCost | None, *, within: float | None = None) -> Target:
        """Return the target of one call. max_cost: what it may cost. within: seconds in which it is to be accepted.

        Raises TypeError or ValueError for a cost that is none.
        """
        options = self.options
        if max_cost is not None:
            options = replace(options, max_cost=max_cost)
        if within is not None and within < options.start_within:
            options = replace(options, start_within=within)
        return replace(self, options=options, within=within)

    def headers(self, url: str, **more: str) -> dict[str, str]:
        """Return the headers of a call: those that every call has, for the provider's own addresses, and more.

        more: names with underscores for hyphens.
        """
        named = {name.replace("_", "-"): text for name, text in more.items()}
        fixed = self.provider.headers if self.model.headers is None else self.model.headers
        if not fixed or not self.owns(url):
            return named
        return addresses.with_headers(named, settings.filled(fixed, self.settings))

    @property
    def kept_links(self) -> Mapping[str, str]:
        """The addresses that may be written down: who has another host's, with its query, may need no key."""
        return {what: url for what, url in self.links.items() if self.owns(url) or not urlsplit(url).query}

    def owns(self, url: str) -> bool:
        """Tell whether an address is the provider's own, so that a call of it may show the key."""
        return url in self.origins


def job_id(value: Json) -> str | None:
    """Return value as the id of a job, or None when it cannot be one.

    Segments "." and ".." are refused because no escaping keeps them from changing the path of a URL; ids longer
    than any that is documented, because they are told in every message.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST_ID:
        return None
    if any(segment.strip() in (".", "..") for segment in value.split("/")):
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
        # A user in an address would be sent in place of the key.
        fits = (
            parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0 and "@" not in parts.netloc
        )
    except ValueError:
        return None
    return value if fits else None
