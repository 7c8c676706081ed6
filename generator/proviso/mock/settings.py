"""The settings of a provider, such as a region, as requests tell them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from proviso import ir
from proviso.mock.asking import Asked
from proviso.oracle import access

_PLACE = re.compile(r"\{([^{}]*)\}")


def usual(provider: ir.Provider) -> dict[str, str]:
    """Return a value for every setting: its default, or else the first that the documents show."""
    found: dict[str, str] = {}
    for one in provider.settings:
        known = (one.default, *one.values, one.example)
        value = next((value for value in known if value is not None), None)
        if value is not None:
            found[one.name] = value
    return found


def filled(provider: ir.Provider, path: str) -> str:
    """Return a path of the provider's with usual values in its places."""
    return access.written(path, {name: quote(value, safe="") for name, value in usual(provider).items()})


def untold(provider: ir.Provider) -> list[str]:
    """Return the settings that a request to an address of the mock's does not tell, so that their defaults count."""
    hosted = set(_PLACE.findall(urlsplit(provider.base_url).netloc))
    texts = (
        urlsplit(provider.base_url).path,
        *(access.text(one.value) for one in (*provider.headers, *provider.query)),
    )
    return sorted(hosted - {name for text in texts for name in _PLACE.findall(text)})


def told(provider: ir.Provider, asked: Asked, places: Mapping[str, str]) -> dict[str, str]:
    """Return the settings of a request: what its host, path, headers and query say; else the defaults.

    places: what stands in the places of its path.
    """
    found = {one.name: one.default for one in provider.settings if one.default is not None}
    found |= {one.name: places[one.name] for one in provider.settings if one.name in places}
    query = dict(asked.query)
    texts = [(urlsplit(provider.base_url).netloc, asked.host)]
    texts += [(access.text(one.value), asked.headers.get(one.name.lower(), "")) for one in provider.headers]
    texts += [(access.text(one.value), query.get(one.name, "")) for one in provider.query]
    for template, text in texts:
        found |= _read(template, text)
    return found


def _read(template: str, text: str) -> dict[str, str]:
    parts = _PLACE.split(template)
    pattern = "".join(f"(?P<place{at}>.+)" if at % 2 else re.escape(part) for at, part in enumerate(parts))
    matched = re.fullmatch(pattern, text)
    return {} if matched is None else {parts[int(group[5:])]: value for group, value in matched.groupdict().items()}
