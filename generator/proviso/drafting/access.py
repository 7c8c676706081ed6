"""Where calls go and how the key is shown: servers and security schemes of a document."""

from __future__ import annotations

import re

from proviso import naming
from proviso.drafting import given, marks, sections
from proviso.drafting.given import Found
from proviso.drafting.judging import judged
from proviso.drafting.parts import Part
from proviso.drafting.references import References
from proviso.placeholders import PLACEHOLDER
from proviso.yaml_text import Block, Tree

_BASE = re.compile(r"https?://[^\s/?#@{}]+(/[^\s/?#{}]+)*/?")
# The key is shown to this host, so that its last two labels are nobody's to choose.
_OWN_HOST = re.compile(r"https?://[^\s/?#@]*[A-Za-z0-9-]+\.[A-Za-z0-9-]+(:[0-9]+)?(/[^\s?#]*)?")
_SETTING = re.compile(r"[a-z][a-z0-9_]*")
_VALUE = re.compile(r"[A-Za-z0-9._-]{1,100}")
_WORD = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_QUERY_NAME = re.compile(r"[A-Za-z0-9._~\[\]$-]{1,80}")
_MOST_WAYS = 5


def base_url(references: References, provider: str, *steps: str | int) -> tuple[Found, Block]:
    """Give the address that calls begin with, with remarks, and the settings that it holds.

    Args:
        references: the document.
        provider: the name of the provider.
        steps: the way to the operation, which may have servers of its own.
    """
    homes = [*(steps[:length] for length in range(len(steps), 1, -1)), ()]
    home = next((home for home in homes if references.part(*home, "servers").value), ())
    count = len(list(references.part(*home, "servers").each()))
    servers = [judged(references, "server", *home, "servers", index) for index in range(count)]
    addresses = [_filled(server, frozenset()) for server in servers]
    fit = next((at for at, address in enumerate(addresses) if _BASE.fullmatch(address)), None)
    if fit is None:
        said = marks.also([f"the server is {marks.shown(address)}" for address in addresses[:1]])
        return (marks.TODO, [marks.todo(given.BASE), *said]), Block()
    others = [f"another server is {marks.shown(one)}" for one in addresses if one != addresses[fit]]
    settings = _settings(servers[fit], provider)
    address = _filled(servers[fit], frozenset(settings.members))
    if not _OWN_HOST.fullmatch(PLACEHOLDER.sub("{}", address)):
        address, settings = addresses[fit], Block()
    return (address.rstrip("/"), marks.also(others)), settings


def auth(references: References, provider: str, *steps: str | int) -> Found:
    """Say how the key is shown, with remarks.

    Args:
        references: the document.
        provider: the name of the provider.
        steps: the way to the operation, which may have security of its own.
    """
    own = references.part(*steps)
    listed = own["security"] if own.has("security") else references.part("security")
    ways: list[Tree] = []
    others: list[str] = []
    for alternative in listed.each():
        names = list(alternative.names())
        first = names[0] if names else ""
        scheme = judged(references, "security scheme", "components", "securitySchemes", first) if names else Part()
        number = f"_{len(ways) + 1}" if ways else ""
        way = _way(scheme, sections.variable(provider) + number) if len(names) == 1 else None
        if way is not None and len(ways) < _MOST_WAYS:
            ways.append(way)
        elif names:
            kind = scheme["type"].text or "not described"
            others.append(f"{' with '.join(map(marks.shown, names))} gives access ({kind})")
    if not ways:
        return marks.TODO, [marks.todo(given.AUTH), *marks.also(others)]
    return ways[0] if len(ways) == 1 else ways, marks.also(others)


def _way(scheme: Part, variable: str) -> Tree:
    """Write a security scheme as a spec does; None where it cannot."""
    kind, word, name = scheme["type"].text, scheme["scheme"].text, scheme["name"].text
    match kind, scheme["in"].text:
        case "http", _ if word.lower() == "bearer":
            return Block({"bearer": variable})
        case "http", _ if _WORD.fullmatch(word) and word.lower() not in ("basic", "digest"):
            return Block({"scheme": {word: variable}})
        case "apiKey", "header" if _WORD.fullmatch(name):
            return Block({"header": {name: variable}})
        case "apiKey", "query" if _QUERY_NAME.fullmatch(name):
            return Block({"query": {name: variable}})
        case _:
            return None


def _settings(server: Part, provider: str) -> Block:
    """Describe the variables of an address that a client can be set to."""
    found = Block()
    used = PLACEHOLDER.findall(server["url"].text)
    for name, variable in server["variables"].members():
        default, values = variable["default"].text, variable["enum"].texts()
        fits = all(_VALUE.fullmatch(value) for value in (default, *values))
        named = _SETTING.fullmatch(name) and naming.is_name(name) and name not in naming.RESERVED_SETTINGS
        if not named or not fits or name not in used or len(values) == 1 or (values and default not in values):
            continue
        setting = Block({"enum": list(dict.fromkeys(values))} if values else {"example": default})
        setting.put("default", default)
        setting.put("variable", f"{provider.replace('-', '_').upper()}_{name.upper()}")
        setting.put("description", f"The part {name} of the address.")
        found.put(name, setting)
    return found


def _filled(server: Part, kept: frozenset[str]) -> str:
    """Write an address with its variables at their documented defaults, but for those that are kept."""
    return PLACEHOLDER.sub(
        lambda found: found[0] if found[1] in kept else server["variables"][found[1]]["default"].text or found[0],
        server["url"].text,
    )
