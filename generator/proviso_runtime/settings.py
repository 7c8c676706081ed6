"""The settings of a client: where they are found, and what they may do to addresses.

A setting never changes whom a key is shown to: in a host it is one label of letters, digits and
hyphens, in a path it is escaped.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import NoReturn
from urllib.parse import quote

from proviso_runtime import errors, protocol
from proviso_runtime.keys import Setting

_PLACE = re.compile(r"\{([a-z0-9_]+)\}")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")


def resolve(provider: protocol.Provider, given: Mapping[str, str | None]) -> dict[str, str]:
    """Return every setting: what was given, else what the environment holds, else the documented default.

    What may be missing and is, is left out. Raises SettingMissing, SettingInvalid.
    """
    found = {name: _value(provider, name, setting, given.get(name)) for name, setting in provider.settings.items()}
    return {name: value for name, value in found.items() if value is not None}


def address(provider: protocol.Provider, settings: Mapping[str, str]) -> str:
    """Return the address that every call begins with. Raises SettingInvalid."""
    return _address(provider, provider.base_url, settings)


def origins(provider: protocol.Provider, settings: Mapping[str, str]) -> tuple[str, ...]:
    """Return the further origins of the provider's own. Raises SettingInvalid."""
    return tuple(_address(provider, one, settings) for one in provider.origins)


def filled(fixed: Mapping[str, str], settings: Mapping[str, str]) -> dict[str, str]:
    """Return fixed headers or members of the query, without those that hold a setting that is missing."""
    return {
        name: _text(template, settings)
        for name, template in fixed.items()
        if all(place in settings for place in _PLACE.findall(template))
    }


def _text(template: str, settings: Mapping[str, str]) -> str:
    return _PLACE.sub(lambda place: settings[place[1]], template)


def _value(provider: protocol.Provider, name: str, setting: Setting, given: str | None) -> str | None:
    value: object = os.environ.get(setting.variable) or setting.default if given is None else given
    if value is None or value == "":
        if setting.optional:
            return None
        raise errors.SettingMissing(
            f"{provider.name}: no {name}. Give {name}, or set the environment variable {setting.variable}",
            provider=provider.name,
            billed=False,
        )
    if type(value) is not str or not (value.isascii() and value.isprintable()) or value != value.strip():
        _refuse(provider, name, "must be plain text without line breaks or spaces at its ends")
    if setting.values and value not in setting.values:
        _refuse(provider, name, f"must be one of {', '.join(setting.values)}")
    if value in (".", ".."):
        _refuse(provider, name, "cannot be a dot or two")
    return value


def _address(provider: protocol.Provider, template: str, settings: Mapping[str, str]) -> str:
    scheme, _, rest = template.partition("://")
    host, slash, path = rest.partition("/")
    for name in _PLACE.findall(host):
        if not _LABEL.fullmatch(settings[name]):
            _refuse(provider, name, "is a part of the host, and may hold letters, digits and hyphens alone")
    host = _text(host, settings)
    path = _PLACE.sub(lambda place: quote(settings[place[1]], safe=""), path)
    return f"{scheme}://{host}{slash}{path}"


def _refuse(provider: protocol.Provider, name: str, why: str) -> NoReturn:
    raise errors.SettingInvalid(f"{provider.name}: {name} {why}", provider=provider.name, billed=False)
