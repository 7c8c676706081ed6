"""Expressions that build the runtime's words for keys, settings and what every call carries; and the same in words."""

from __future__ import annotations

from typing import assert_never

from proviso import ir, words


def way(one: ir.Way) -> str:
    """Spell a way to show a key."""
    match one:
        case ir.HeaderKey(header=header, prefix=prefix, variable=variable):
            return f"protocol.HeaderKey(header={header!r}, prefix={prefix!r}, variable={variable!r})"
        case ir.QueryKey(name=name, variable=variable):
            return f"protocol.QueryKey(name={name!r}, variable={variable!r})"
        case ir.BodyKey(member=member, variable=variable):
            return f"protocol.BodyKey(member={member!r}, variable={variable!r})"
        case ir.Signature():
            return _signature(one)
        case ir.Jwt(variable=variable, secret_variable=secret, lasts=lasts):
            return f"protocol.Jwt(variable={variable!r}, signing_variable={secret!r}, lasts={float(lasts)!r})"
        case _:
            assert_never(one)


def _signature(one: ir.Signature) -> str:
    facts = {
        "variable": one.variable,
        "signing_variable": one.secret_variable,
        "algorithm": one.algorithm,
        "signs": one.signs,
        "encode": one.encode,
        "timestamp": one.timestamp,
        "headers": dict(one.headers),
        "query": dict(one.query),
    }
    return f"protocol.Signature({', '.join(f'{name}={value!r}' for name, value in facts.items() if value)})"


def setting(one: ir.Setting) -> str:
    """Spell a setting."""
    facts = {"variable": one.variable, "values": one.values, "default": one.default, "optional": not one.required}
    return f"protocol.Setting({', '.join(f'{name}={value!r}' for name, value in facts.items() if value)})"


def fixed(members: tuple[ir.Fixed, ...]) -> str:
    """Spell headers or members of the query that every call has."""
    return repr({one.name: words.written(one.value) for one in members})


def is_signed(provider: ir.Provider) -> bool:
    """Tell whether clients may need a secret beside the key."""
    return any(isinstance(one, ir.Signed) for one in provider.auth)


def variables(provider: ir.Provider) -> str:
    """Say where a client looks for its key."""
    return ", or ".join(
        f"{one.variable} and {one.secret_variable}" if isinstance(one, ir.Signed) else one.variable
        for one in provider.auth
    )


def shown(one: ir.Way) -> tuple[str, str]:
    """Say how a key is shown: code, and more words behind it."""
    match one:
        case ir.HeaderKey(header=header, prefix=prefix):
            return f"{header}: {prefix}…", ""
        case ir.QueryKey(name=name):
            return f"?{name}=…", ""
        case ir.BodyKey(member=member):
            return member, "in the body"
        case ir.Jwt(lasts=lasts):
            return "Authorization: Bearer …", f"with a token (JWT, HS256) that lasts {words.number(lasts)} s"
        case ir.Signature(headers=headers, query=query):
            places = (*(f"{name}: {text}" for name, text in headers), *(f"?{name}={text}" for name, text in query))
            text = one.signs.replace("\n", "\\n")
            return ", ".join(places), f"with an HMAC-{one.algorithm.upper()} in {one.encode} of {text}"
        case _:
            assert_never(one)
