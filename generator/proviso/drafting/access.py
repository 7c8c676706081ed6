"""Where calls go and how the key is shown: servers and security schemes of a document."""

from __future__ import annotations

import re

from proviso.drafting import given, marks, sections
from proviso.drafting.given import Found
from proviso.drafting.judging import judged
from proviso.drafting.parts import Part
from proviso.drafting.references import References
from proviso.yaml_text import Block, Tree

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_BASE = re.compile(r"https?://[^\s/?#@{}]+(/[^\s/?#{}]+)*/?")
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")


def base_url(references: References, *steps: str | int) -> Found:
    """Give the address that calls begin with, and remarks.

    Args:
        references: the document.
        steps: the way to the path item or operation that may have servers of its own.
    """
    homes = [steps[:length] for length in range(len(steps), 1, -1)] + [()]
    home = next((home for home in homes if references.part(*home, "servers").value), ())
    count = len(list(references.part(*home, "servers").each()))
    servers = [judged(references, "server", *home, "servers", index) for index in range(count)]
    found = [_address(server) for server in servers]
    fit = [address for address in found if _BASE.fullmatch(address)]
    if not fit:
        said = marks.also([f"the server is {marks.shown(address)}" for address in found[:1]])
        return marks.TODO, [marks.todo(given.BASE), *said]
    others = [f"another server is {marks.shown(address)}" for address in found if address != fit[0]]
    return fit[0].rstrip("/"), marks.also(others)


def auth(references: References, provider: str, *steps: str | int) -> Found:
    """Say how the key is shown, and remarks.

    Args:
        references: the document.
        provider: the name of the provider.
        steps: the way to the operation, which may have security of its own.
    """
    own = references.part(*steps)
    listed = own["security"] if own.has("security") else references.part("security")
    found: list[tuple[str, Tree]] = []
    others: list[str] = []
    for alternative in listed.each():
        names = list(alternative.names())
        scheme = judged(references, "security scheme", "components", "securitySchemes", names[0]) if names else Part()
        way = _way(scheme, sections.variable(provider)) if len(names) == 1 else None
        if way is not None:
            found.append((names[0], way))
        elif names:
            others.append(
                f"{' with '.join(map(marks.shown, names))} gives access ({scheme['type'].text or 'not described'})"
            )
    others.extend(f"{marks.shown(name)} gives access too" for name, _ in found[1:])
    if found:
        return found[0][1], marks.also(others)
    return marks.TODO, [marks.todo(given.AUTH), *marks.also(others)]


def _way(scheme: Part, name: str) -> Tree | None:
    match scheme["type"].text, scheme["scheme"].text.lower(), scheme["in"].text:
        case "http", "bearer", _:
            return Block({"bearer": name})
        case "apiKey", _, "header" if _HEADER.fullmatch(scheme["name"].text):
            return Block({"header": {scheme["name"].text: name}})
        case _:
            return None


def _address(server: Part) -> str:
    """Write an address with its variables at their documented defaults."""
    return _PLACEHOLDER.sub(lambda found: server["variables"][found[1]]["default"].text or found[0], server["url"].text)
