"""Which texts are web addresses: the formats `http-url` and `https-url` of the spec language."""

from __future__ import annotations

_NEVER = frozenset(map(chr, (*range(0x21), 0x7F)))


def is_http(text: str) -> bool:
    """Tell whether a text is an absolute http or https address without blanks or controls."""
    return is_https(text) or _has_host(text, "http://")


def is_https(text: str) -> bool:
    """Tell whether a text is an absolute https address without blanks or controls."""
    # Nearly all addresses lie between these two texts: https, and a host that begins with a small
    # letter. Of what is printable only the space is refused.
    if "https://a" <= text < "https:/0" and text.isprintable():
        return " " not in text
    return _has_host(text, "https://")


def _has_host(text: str, scheme: str) -> bool:
    start = len(scheme)
    return (
        text[:start].lower() == scheme
        and text[start : start + 1] not in ("", "/", "?", "#")
        and _NEVER.isdisjoint(text)
    )
