"""What a program is told by its environment: where the providers are, which key they take, and whom to trust."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import assert_never

from proviso import ir
from proviso.mock.options import Options
from proviso.oracle import access

_PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
_BUNDLES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS")


def of_base_url(provider: ir.Provider) -> str:
    """Return the variable that names a provider's address, such as ACME_BASE_URL."""
    return f"{provider.name.upper().replace('-', '_')}_BASE_URL"


def variables(
    *,
    base_urls: Mapping[str, str],
    providers: Iterable[ir.Provider],
    options: Options,
    proxy: str,
    bundle: Path,
    folder: Path,
) -> dict[str, str]:
    """Return what is set for a program beside what its environment has.

    Args:
        base_urls: where the calls of each provider begin, by its name.
        providers: the providers that there are.
        options: those of the mocks, whose key the program gets.
        proxy: the address of the proxy.
        bundle: the certificates to trust.
        folder: what is written there is gone after the run.
    """
    found = {name: proxy for each in _PROXIES for name in (each, each.lower())}
    found |= {"NO_PROXY": "", "no_proxy": "", "NODE_USE_ENV_PROXY": "1"}
    found |= dict.fromkeys(_BUNDLES, str(bundle))
    for one in providers:
        found[of_base_url(one)] = base_urls[one.name]
        for way in one.auth:
            found |= _keys(way, options)
        known = access.settings(one)
        found |= {each.variable: known[each.name] for each in one.settings if each.name in known}
    if len(base_urls) == 1:
        found["PROVISO_MOCK_URL"] = next(iter(base_urls.values()))
    # What a program of our own pays for here is nobody's ledger's business, and what was printed is not to be lost.
    return found | {"PROVISO_LEDGER": str(folder / "ledger.sqlite3"), "PYTHONUNBUFFERED": "1"}


def filled(command: Iterable[str], *, base_url: str | None, key: str) -> tuple[str, ...]:
    """Return a command with the placeholders {base_url} and {key} filled in; other braces stay.

    Args:
        command: the program and its arguments.
        base_url: None where there are several, so that none can be meant.
        key: the mock's.
    """
    known = {"{key}": key} | ({} if base_url is None else {"{base_url}": base_url})
    found: list[str] = []
    for each in command:
        text = each
        for place, value in known.items():
            text = text.replace(place, value)
        found.append(text)
    return tuple(found)


def _keys(way: ir.Way, options: Options) -> dict[str, str]:
    match way:
        case ir.HeaderKey() | ir.QueryKey() | ir.BodyKey():
            return {way.variable: options.key}
        case ir.Signature() | ir.Jwt():
            return {way.variable: options.key, way.secret_variable: options.secret}
        case _:
            assert_never(way)
