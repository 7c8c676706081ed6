"""Keys, settings and what every call carries, as specs document them: worked out apart from the runtime."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import assert_never
from urllib.parse import unquote, urlsplit

from proviso import ir

_PLACE = re.compile(r"\{([^{}]*)\}")


def settings(provider: ir.Provider) -> dict[str, str]:
    """Return a value for every setting, another one than the default where there is one.

    Of those that may be missing every other one is.
    """
    found: dict[str, str] = {}
    missing = missing_settings(provider)
    for one in provider.settings:
        if one.name in missing:
            continue
        known = (*(value for value in one.values if value != one.default), *one.values, one.example)
        assert known[0] is not None
        found[one.name] = known[0]
    return found


def missing_settings(provider: ir.Provider) -> list[str]:
    """Return the settings that no client is given."""
    return [one.name for one in provider.settings if not one.required][::2]


def _is_missing(provider: ir.Provider, value: ir.Scalar) -> bool:
    return any(name in missing_settings(provider) for name in _PLACE.findall(text(value)))


def base_url(provider: ir.Provider) -> str:
    """Return the address that calls begin with when a client has these settings."""
    return written(provider.base_url.rstrip("/"), settings(provider))


def filled(provider: ir.Provider, text: str) -> str:
    """Return a text of a spec with these settings in it."""
    return written(text, settings(provider))


def is_own(provider: ir.Provider, url: str) -> bool:
    """Say whether an address is the provider's own, so that the key may be shown to it."""
    known = [urlsplit(filled(provider, one)) for one in (provider.base_url, *provider.origins)]
    asked = urlsplit(url)
    return any(
        one.scheme == asked.scheme
        and (asked.netloc.endswith(one.netloc[1:]) if one.netloc.startswith("*.") else asked.netloc == one.netloc)
        for one in known
    )


def strays(provider: ir.Provider, model: ir.Model, *, url: str, headers: Mapping[str, str]) -> Iterator[str]:
    """Say what of the headers and the query of a call is not as documented."""
    for one in model.headers:
        if _is_missing(provider, one.value):
            if one.name.lower() in headers:
                yield f"the header {one.name} is sent without the setting that it holds"
        elif headers.get(one.name.lower()) != filled(provider, text(one.value)):
            yield f"the header {one.name} is not as documented"
    members = query(url)
    for one in model.query:
        if _is_missing(provider, one.value):
            if any(name == one.name for name, _ in members):
                yield f"{one.name} of the query is sent without the setting that it holds"
        elif members.count((one.name, filled(provider, text(one.value)))) != 1:
            yield f"{one.name} of the query is not as documented"


def bare(model: ir.Model, way: ir.Way, url: str) -> str:
    """Return an address without what every call carries in its query."""
    return _without(url, {one.name for one in model.query} | set(_shown_in_query(way)))


def unsigned(way: ir.Way, url: str) -> str:
    """Return an address without what shows the key in its query."""
    return _without(url, set(_shown_in_query(way)))


def _without(url: str, taken: set[str]) -> str:
    start, _, raw = url.partition("?")
    kept = [one for one in raw.split("&") if one and unquote(one.partition("=")[0]) not in taken]
    return f"{start}?{'&'.join(kept)}" if kept else start


def body(way: ir.Way, document: object) -> object:
    """Return a body without the members that show the key."""
    if not isinstance(way, ir.BodyKey):
        return document
    if isinstance(document, list):
        return [body(way, item) for item in document]
    return {name: value for name, value in document.items() if name != way.member} if isinstance(document, dict) else 0


def query(url: str) -> list[tuple[str, str]]:
    """Return the members of a query."""
    parts = (one.partition("=") for one in urlsplit(url).query.split("&") if one)
    return [(unquote(name), unquote(value)) for name, _, value in parts]


def _shown_in_query(way: ir.Way) -> tuple[str, ...]:
    match way:
        case ir.QueryKey(name=name):
            return (name,)
        case ir.Signature(query=members):
            return tuple(name for name, _ in members)
        case ir.HeaderKey() | ir.BodyKey() | ir.Jwt():
            return ()
        case _:
            assert_never(way)


def written(text: str, values: Mapping[str, str]) -> str:
    """Return a text of a spec with values in its places; a place without a value stays."""
    return _PLACE.sub(lambda place: values.get(place[1], place[0]), text)


def text(value: ir.Scalar) -> str:
    """Write a constant of a spec as it stands in a header or a query: a number with the digits that it has there."""
    return {True: "true", False: "false"}[value] if isinstance(value, bool) else str(value)
