"""How a key is shown, in OpenAPI's words: alternatives are listed, and what goes together stands together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from proviso import ir
from proviso.kind_schemas import Schema


def schemes(auth: tuple[ir.Way, ...]) -> dict[str, Schema]:
    """Describe every place that shows a key; one in a body has no scheme."""
    return {name: scheme for at, way in enumerate(auth, 1) for name, scheme in _schemes(way, at)}


def requirements(auth: tuple[ir.Way, ...]) -> list[dict[str, list[str]]]:
    """List the ways to show a key, one of which is needed."""
    return [{name: [] for name, _ in _schemes(way, at)} for at, way in enumerate(auth, 1)]


def unsaid(auth: tuple[ir.Way, ...]) -> Iterator[str]:
    """Yield what has no words in OpenAPI, in sentences."""
    for way in auth:
        match way:
            case ir.BodyKey(member=member):
                yield f"The key stands in the body, in the member {member}."
            case ir.Signature() | ir.Jwt():
                yield "How calls are signed; see auth in x-proviso-provider."
            case ir.HeaderKey() | ir.QueryKey():
                pass
            case _:
                assert_never(way)


def servers(provider: ir.Provider) -> list[Schema]:
    """Describe the address, with the settings in it as variables."""
    variables: Schema = {}
    # A brace would begin a variable.
    address = provider.base_url.replace("{", "%7B").replace("}", "%7D")
    for one in provider.settings:
        if f"%7B{one.name}%7D" in address:
            address = address.replace(f"%7B{one.name}%7D", f"{{{one.name}}}")
            shown = (one.default, *one.values, one.example, one.name)
            variables[one.name] = {
                "description": one.description,
                "default": next(value for value in shown if value is not None),
                **({"enum": list(one.values)} if one.values else {}),
            }
    return [{"url": address, **({"variables": variables} if variables else {})}]


def _schemes(way: ir.Way, at: int) -> Iterator[tuple[str, Schema]]:
    name = "key" if at == 1 else f"key-{at}"
    from_where = f"The generated clients take the key from {way.variable}."
    match way:
        case ir.HeaderKey(header=header, prefix=prefix):
            scheme = prefix.strip()
            if header.lower() == "authorization" and scheme:
                yield name, {"type": "http", "scheme": scheme.lower(), "description": from_where}
            else:
                behind = f" It stands behind {prefix!r}." if prefix else ""
                yield name, {"type": "apiKey", "in": "header", "name": header, "description": from_where + behind}
        case ir.QueryKey(name=member):
            yield name, {"type": "apiKey", "in": "query", "name": member, "description": from_where}
        case ir.BodyKey():
            pass
        case ir.Jwt():
            told = f"A token made for every call. {from_where}"
            yield name, {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": told}
        case ir.Signature(headers=headers, query=query):
            for place, members in (("header", headers), ("query", query)):
                for member, template in members:
                    described = f"Written as {template}. {from_where}"
                    yield f"{name}-{member}", {"type": "apiKey", "in": place, "name": member, "description": described}
        case _:
            assert_never(way)
