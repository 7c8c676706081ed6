"""A certificate authority for one run, which the audited program alone is told to trust."""

from __future__ import annotations

import ssl
from pathlib import Path

import certifi
import trustme

_BUNDLE = "authorities.pem"


class Authority:
    """Makes certificates for hosts. Its own key stays in memory and is gone with it."""

    def __init__(self) -> None:
        self._authority = trustme.CA(organization_name="proviso audit, for one run")
        self._contexts: dict[str, ssl.SSLContext] = {}

    def context(self, host: str) -> ssl.SSLContext:
        """Return what speaks TLS as a host.

        Args:
            host: a name or an address, without a port.
        """
        if host not in self._contexts:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            # The key of this certificate passes through a file that nobody else may read and that is gone at once.
            self._authority.issue_cert(host).configure_cert(context)
            context.set_alpn_protocols(["http/1.1"])
            self._contexts[host] = context
        return self._contexts[host]

    def bundle(self, folder: Path) -> Path:
        """Write the certificates that a program is to trust: this authority's, and those that it usually would.

        Args:
            folder: a folder that nobody else may look into.
        """
        path = folder / _BUNDLE
        usual = Path(certifi.where()).read_bytes()
        path.write_bytes(self._authority.cert_pem.bytes() + b"\n" + usual)
        return path
