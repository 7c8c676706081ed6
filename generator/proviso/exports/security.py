"""How a provider is shown a key, as security schemes."""

from __future__ import annotations

from proviso import ir
from proviso.kind_schemas import Schema


def schemes(auth: ir.HeaderKey) -> dict[str, Schema]:
    """Describe every way to show a key."""
    from_where = f"The generated clients take the key from {auth.variable}."
    scheme = auth.prefix.strip()
    if auth.header.lower() == "authorization" and scheme:
        return {"key": {"type": "http", "scheme": scheme.lower(), "description": from_where}}
    behind = f" It stands behind {auth.prefix!r}." if auth.prefix else ""
    return {"key": {"type": "apiKey", "in": "header", "name": auth.header, "description": from_where + behind}}


def requirements(auth: ir.HeaderKey) -> list[dict[str, list[str]]]:
    """List the ways to show a key, one of which is needed."""
    return [{name: []} for name in schemes(auth)]
