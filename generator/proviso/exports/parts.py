"""The files of a multipart form, which OpenAPI describes as content of a media type and not as data URIs."""

from __future__ import annotations

from proviso import ir, layouts
from proviso.kind_schemas import Schema

_ANY = "application/octet-stream"


def with_files(described: Schema, model: ir.Model) -> Schema:
    """Describe the files of a body as they travel: each is a part with its content as it is."""
    files = layouts.files(model)
    found = dict(described)
    if isinstance(arms := described.get("oneOf"), list):
        found["oneOf"] = [with_files(arm, model) for arm in arms]
    if isinstance(properties := described.get("properties"), dict):
        found["properties"] = {
            name: _travelling(one, files[name]) if name in files else one for name, one in properties.items()
        }
    return found


def encodings(models: list[ir.Model]) -> Schema:
    """Say which media types the files in the bodies of some models may have, by their names in the form."""
    allowed: dict[str, list[str]] = {}
    for model in models:
        for name, kind in layouts.files(model).items():
            allowed.setdefault(name, []).extend(kind.media_types or (_ANY,))
    return {name: {"contentType": ", ".join(dict.fromkeys(types))} for name, types in allowed.items()}


def _travelling(described: Schema, kind: ir.Formatted) -> Schema:
    if isinstance(items := described.get("items"), dict):
        return {**described, "items": _travelling(items, kind)}
    said = {name: value for name, value in described.items() if name not in ("format", "pattern", "not")}
    return {**said, "contentMediaType": kind.media_types[0] if len(kind.media_types) == 1 else _ANY}
