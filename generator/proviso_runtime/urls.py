"""Which texts are web addresses: the formats `http-url` and `https-url` of the spec language."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_NEVER = frozenset(map(chr, (*range(0x21), 0x7F)))


def suspects(items: list[object]) -> Iterable[tuple[int, object]]:
    """Yield the items that want a closer look, with their indexes; none where all are plain https addresses.

    Nearly all addresses are, and to see that costs a fraction of the closer look.
    """
    for item in items:
        # Between these two texts lie https and a host that begins with a small letter. Of what is
        # printable only the space is refused.
        plain = type(item) is str and "https://a" <= item < "https:/0" and item.isprintable() and " " not in item
        if not plain:
            return enumerate(items)
    return ()


def is_http(text: str) -> bool:
    """Tell whether a text is an absolute http or https address without blanks or controls."""
    return _has_host(text, "https://") or _has_host(text, "http://")


def is_https(text: str) -> bool:
    """Tell whether a text is an absolute https address without blanks or controls."""
    return _has_host(text, "https://")


def _has_host(text: str, scheme: str) -> bool:
    start = len(scheme)
    return (
        text[:start].lower() == scheme
        and text[start : start + 1] not in ("", "/", "?", "#")
        and _NEVER.isdisjoint(text)
    )
