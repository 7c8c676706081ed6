"""Texts of a format, or of one of several: addresses, and what is written as a data URI, base64, a UUID or a moment."""

from __future__ import annotations

from dataclasses import replace

from proviso import ir
from proviso.lower.node import Node

LENGTHS = ("minLength", "maxLength")
"""Limits of how many characters a text has."""
CONTENTS = ("media_types", "max_bytes")
"""Limits of the bytes that a text holds."""
_HOLDING: dict[str, tuple[str, ...]] = {"binary": CONTENTS, "data-uri": CONTENTS, "base64": ("max_bytes",)}


def read(form: Node, node: Node, least: int | None, most: int | None) -> ir.Url | ir.Formatted | ir.Mixed:
    """Read the format of a text, or several.

    form: what stands under `format`. node: what stands around it. least, most: how many characters the text has.
    """
    names = [one.text() for one in form.each()]
    held(node, tuple(names))
    types = _media_types(node.get("media_types"))
    most_bytes = None if (told := node.get("max_bytes")) is None else told.integer()
    if isinstance(form.value, list):
        _are_apart(form, names)
        arms = tuple(_arm(name, types, most_bytes) for name in names if name != "binary")
        return ir.Mixed(arms=arms, min_length=least, max_length=most)
    only = _arm(names[0], types, most_bytes)
    return only if names == ["binary"] else replace(only, min_length=least, max_length=most)


def held(node: Node, formats: tuple[str, ...]) -> None:
    """Complain of limits of what a text holds where it holds no bytes, and of lengths beside them."""
    holding = [one for one in formats if one in _HOLDING]
    for key in CONTENTS:
        if (limit := node.get(key)) is not None and not any(key in _HOLDING[one] for one in holding):
            *fit, last = (name for name, keys in _HOLDING.items() if key in keys)
            message = f"{key} is a limit of what a text holds; it wants format: {', '.join(fit)} or {last}"
            limit.complain(message, "keyword", at_key=True)
    for key in LENGTHS:
        if (limit := node.get(key)) is None:
            continue
        if formats == ("binary",):
            message = f"{key} counts characters, and a file has none; say max_bytes"
            limit.complain(message, "keyword", at_key=True)
        elif holding and node.get("max_bytes") is not None:
            message = f"max_bytes says already how much the text holds; {key} beside it would say it twice"
            limit.complain(message, "keyword", at_key=True)


def _arm(name: str, types: tuple[str, ...], most: int | None) -> ir.Url | ir.Formatted:
    match name:
        case "http-url":
            return ir.Url(schemes=("http", "https"))
        case "binary" | "data-uri":
            return ir.Formatted(format=name, media_types=types, max_bytes=most)
        case "base64":
            return ir.Formatted(format=name, max_bytes=most)
        case "uuid" | "date-time":
            return ir.Formatted(format=name)
        case _:
            return ir.Url(schemes=("https",))


def _are_apart(form: Node, names: list[str]) -> None:
    """Complain of formats that no text tells from the others of a list."""
    for one in form.each():
        if one.text() == "binary":
            message = (
                "binary is a file of its own, never one of several formats; say data-uri where the text itself is sent"
            )
            one.complain(message, "keyword")
        elif one.text() == "https-url" and "http-url" in names:
            one.complain("http-url allows https addresses already; list one of them", "keyword")


def _media_types(node: Node | None) -> tuple[str, ...]:
    given = () if node is None else node.texts()
    found = tuple(dict.fromkeys(map(str.lower, given)))
    if node is not None and len(found) < len(given):
        node.complain("two media types differ in case alone, which tells nothing", "keyword", at_key=True)
    return found
