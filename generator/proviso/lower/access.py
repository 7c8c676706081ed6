"""How a key is shown, what a client is set to, and what every call carries."""

from __future__ import annotations

from typing import cast

from proviso import ir, naming
from proviso.diagnostics import did_you_mean
from proviso.lower import texts
from proviso.lower.node import Node
from proviso.placeholders import PLACEHOLDER

_WAYS = ("bearer", "scheme", "header", "query", "body", "hmac", "jwt")
_SIGNED = ("verb", "host", "path", "query", "timestamp", "nonce", "key", "body", "body_sha256")
_SHOWN = ("key", "signature", "timestamp", "nonce")


def auth(node: Node) -> tuple[ir.Way, ...]:
    """Read the ways to show a key, the preferred one first."""
    return tuple(way for one in node.each() if (way := _way(one)) is not None)


def _way(node: Node) -> ir.Way | None:
    given = [(key, node[key]) for key in _WAYS if node.get(key) is not None]
    if not given:
        node.complain(f"say how the key is shown, by one of {', '.join(_WAYS)}, such as bearer: VARIABLE", "auth")
        return None
    for key, more in given[1:]:
        message = f"{key} does not go with {given[0][0]}; where there are two ways, auth is a list of both"
        more.complain(message, "auth", at_key=True)
    key, how = given[0]
    place = how.key_place
    if key == "bearer":
        return ir.HeaderKey(header="Authorization", prefix="Bearer ", variable=how.text(), place=place)
    if key == "hmac":
        return _signature(how)
    if key == "jwt":
        return _token(how)
    ((name, variable),) = how.items()
    match key:
        case "scheme":
            return ir.HeaderKey(header="Authorization", prefix=f"{name} ", variable=variable.text(), place=place)
        case "header":
            return ir.HeaderKey(header=name, prefix="", variable=variable.text(), place=place)
        case "query":
            return ir.QueryKey(name=name, variable=variable.text(), place=place)
        case _:
            return ir.BodyKey(member=name, variable=variable.text(), place=place)


def _signature(node: Node) -> ir.Signature:
    timestamp, nonce = node.optional_text("timestamp"), node.optional_text("nonce")
    used = [*_placeholders(node["signs"], _SIGNED)]
    shown: list[str] = []
    for key in ("headers", "query"):
        for _, value in () if (members := node.get(key)) is None else members.items():
            shown += _placeholders(value, _SHOWN)
    if "signature" not in shown:
        node.complain("no header and no member of the query holds {signature}", "auth", at_key=True)
    for name, given in (("timestamp", timestamp), ("nonce", nonce)):
        if given is None and name in (*used, *shown):
            node.complain(f"{{{name}}} is used; say under {name} what it is", "auth", at_key=True)
        if given is not None and name not in (*used, *shown):
            node[name].complain(f"{{{name}}} is used nowhere", "auth", at_key=True)
    _two_variables(node)
    return ir.Signature(
        variable=node["key"].text(),
        secret_variable=node["secret"].text(),
        algorithm=cast("ir.Algorithm", node["algorithm"].text()),
        signs=node["signs"].text(),
        encode=cast("ir.Encoding", node["encode"].text()),
        timestamp=None if timestamp is None else "ms" if timestamp == "ms" else "s",
        nonce=None if nonce is None else "uuid",
        headers=_members(node.get("headers")),
        query=_members(node.get("query")),
        place=node.key_place,
    )


def _token(node: Node) -> ir.Jwt:
    _two_variables(node)
    lasts = texts.seconds(node["lasts"])
    if lasts < 60:
        node["lasts"].complain("a token that ends before its call is answered shows nothing; 1m at least", "auth")
    return ir.Jwt(variable=node["key"].text(), secret_variable=node["secret"].text(), lasts=lasts, place=node.key_place)


def _two_variables(node: Node) -> None:
    if node["key"].text() == node["secret"].text():
        node["secret"].complain("key and secret are two variables; one of them has another name", "auth")


def _members(node: Node | None) -> tuple[tuple[str, str], ...]:
    return () if node is None else tuple((name, one.text()) for name, one in node.unordered())


def _placeholders(node: Node, known: tuple[str, ...]) -> list[str]:
    names = PLACEHOLDER.findall(node.text())
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known) or f"; there are {', '.join(known)}"
            node.complain(f"{{{name}}} means nothing in a signature{hint}", "placeholder")
    return names


def settings(node: Node | None) -> tuple[ir.Setting, ...]:
    """Read what a client is given once."""
    return () if node is None else tuple(_setting(name, one) for name, one in node.unordered())


def _setting(name: str, node: Node) -> ir.Setting:
    values = () if (listed := node.get("enum")) is None else listed.texts()
    default, example = node.optional_text("default"), node.optional_text("example")
    if name in naming.RESERVED_SETTINGS or not naming.is_name(name):
        node.complain(
            f"{name} means something else to clients of Python; a setting needs another name", "setting", at_key=True
        )
    if values and default is not None and default not in values:
        node["default"].complain(f"default {default!r} is none of {', '.join(values)}", "setting")
    if not values and example is None:
        node.complain("a setting has an enum of its values, or an example of one", "setting", at_key=True)
    required = node.get("required")
    if required is not None and default is not None:
        required.complain("a setting with a default is never missing", "setting", at_key=True)
    if values and example is not None:
        node["example"].complain("the enum shows the values already", "setting", at_key=True)
    return ir.Setting(
        name=name,
        variable=node["variable"].text(),
        description=node["description"].text(),
        values=values,
        default=default,
        example=example,
        required=required is None,
        sources=node.sources(),
        place=node.key_place,
    )


def fixed(own: Node | None, shared: Node | None = None, *, fold: bool) -> tuple[ir.Fixed, ...]:
    """Read headers or members of the query that every call has: the provider's, and a model's own in their place.

    fold: names differ in more than upper and lower case, as those of headers do.
    """
    found: dict[str, ir.Fixed] = {}
    for node in (shared, own):
        for name, one in () if node is None else node.unordered():
            found[name.lower() if fold else name] = ir.Fixed(name=name, value=one.scalar(), place=one.key_place)
    return tuple(found.values())
