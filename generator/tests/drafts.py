"""Drafts for tests: documents that were invented for them, and what comes of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from proviso.drafting import openapi, source
from proviso.drafting.sections import Said
from proviso.load import load, parse

DOCUMENTS = Path(__file__).parent / "documents"
Data = dict[str, Any]


def document(name: str) -> Data:
    """Read one of the documents as data."""
    path = DOCUMENTS / name
    if path.suffix == ".json":
        found: Data = json.loads(path.read_text("utf-8"))
        return found
    loaded, _ = load(path, shown=name)
    assert loaded is not None
    assert isinstance(loaded.data, dict)
    return loaded.data


def drafted(folder: Path, data: object, **said: Any) -> Data:
    """Draft a spec from data and give what the files say, by their names."""
    return {name: spec(text) for name, text in texts(folder, data, **said).items()}


def texts(folder: Path, data: object, **said: Any) -> dict[str, str]:
    """Draft a spec from data, or from a text, and give the texts of its files."""
    path = folder / "api.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data, default=float), "utf-8")
    return openapi.draft(path, Said(provider="acme", **said), read="2026-01-02", language="..")


def complaints(folder: Path, data: object, name: str = "api.json") -> list[str]:
    """Give what a draft complains about."""
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode() if isinstance(data, str) else dumped(data))
    try:
        openapi.draft(path, Said(provider="acme"), read="2026-01-02", language="..")
    except source.BrokenError as broken:
        return [str(one).removeprefix(path.as_posix()) for one in broken.complaints]
    return []


def spec(text: str) -> Data:
    """Read a drafted file."""
    found, wrong = parse(text, digest="", shown="x.yaml")
    assert found is not None, wrong
    assert isinstance(found.data, dict)
    return found.data


def with_field(schema: object, version: str = "3.1.0", **members: object) -> Data:
    """Make a document with one paid operation whose body has one field."""
    return {
        "openapi": version,
        "paths": {
            "/jobs": {
                "post": {
                    "requestBody": {
                        "content": {"application/json": {"schema": {"type": "object", "properties": {"a": schema}}}}
                    }
                }
            }
        },
        **members,
    }


def dumped(data: object) -> bytes:
    return json.dumps(data, default=float).encode()
