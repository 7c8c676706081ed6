"""Python names for wire names. Whatever reaches generated code as an identifier is made here."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable

# Names that generated modules and classes have already, or that the methods take themselves.
RESERVED_MODELS = frozenset({
    "annotations", "cached_property", "calls", "client", "clients", "close", "door", "errors", "lazy",
    "protocol", "provider", "target",
})  # fmt: skip
RESERVED_PARAMETERS = frozenset({"self", "timeout", "on_update"})

_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_PART = re.compile(r"[A-Za-z0-9]+")


def is_slug(name: str) -> bool:
    """Tell whether a text can name a provider or a file: `still-image-2`."""
    return _SLUG.fullmatch(name) is not None


def module_name(name: str) -> str:
    """Spell a provider's or model's short name as a module: `still-2` is `still_2`."""
    return "_".join(_PART.findall(name)).lower()


def constant_name(name: str) -> str:
    """Spell a name as a constant: `output_format` is `OUTPUT_FORMAT`."""
    return "_".join(_PART.findall(name)).upper()


def constants(names: Iterable[str]) -> dict[str, str]:
    """Name a constant for each of some names; those that would coincide are numbered."""
    found: dict[str, str] = {}
    for name in names:
        wanted = constant_name(name)
        if not is_name(wanted):
            wanted = f"VALUE_{wanted}".rstrip("_")
        spelled, number = wanted, 2
        while spelled in found.values():
            spelled, number = f"{wanted}_{number}", number + 1
        found[name] = spelled
    return found


def is_name(name: str) -> bool:
    """Tell whether a text can stand as a Python name as it is."""
    return name.isascii() and name.isidentifier() and not keyword.iskeyword(name)


def why_no_parameter(name: str) -> str | None:
    """Say why a wire name cannot be a keyword argument, or None when it can."""
    if keyword.iskeyword(name):
        return f"{name!r} is a keyword of Python"
    if not is_name(name):
        return f"{name!r} is no Python name"
    if name.startswith("__"):
        return f"{name!r} begins with two underscores, which Python changes inside classes"
    if name in RESERVED_PARAMETERS:
        return f"{name!r} is taken by an argument of the generated methods"
    return None


def why_no_module(name: str) -> str | None:
    """Say why a short name cannot be a module, or None when it can."""
    spelled = module_name(name)
    if keyword.iskeyword(spelled):
        return f"{spelled!r} is a keyword of Python"
    if not is_name(spelled):
        return f"{spelled!r} is no Python name"
    if spelled in RESERVED_MODELS:
        return f"{spelled!r} is taken by a module or an attribute of the generated provider"
    return None
