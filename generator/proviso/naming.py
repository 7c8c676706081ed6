"""Python names for wire names. Whatever reaches generated code as an identifier is made here."""

from __future__ import annotations

import keyword
import re
import unicodedata
from collections.abc import Iterable

# Names that generated modules and classes have already, or that the methods take themselves.
RESERVED_MODELS = frozenset({
    "annotations", "cached_property", "calls", "client", "clients", "close", "data_uri", "door", "errors", "lazy",
    "protocol", "provider", "target", "with_options",
})  # fmt: skip
RESERVED_PARAMETERS = frozenset({
    "self", "timeout", "on_update", "on_partial", "patience", "max_cost", "ledger", "idempotency_key", "api_key",
    "address", "wait",
})  # fmt: skip

# What clients are given beside settings, or call when they are made.
RESERVED_SETTINGS = frozenset({
    "api_key", "api_secret", "base_url", "http_client", "clock", "ledger", "budget", "connections", "self", "super", "model", "id", "uuid",
})  # fmt: skip

_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_PART = re.compile(r"[A-Za-z0-9]+")
_NO_NAME = re.compile(r"[^A-Za-z0-9_]+")


def is_slug(name: str) -> bool:
    """Tell whether a text can name a provider or a file: `still-image-2`."""
    return _SLUG.fullmatch(name) is not None


def module_name(name: str) -> str:
    """Spell a provider's or model's short name as a module: `still-2` is `still_2`."""
    return "_".join(_PART.findall(name)).lower()


def constant_name(name: str) -> str:
    """Spell a name as a constant: `output_format` is `OUTPUT_FORMAT`."""
    return "_".join(_PART.findall(name)).upper()


def class_name(*steps: str) -> str:
    """Spell a way of names as a class: `text_overlay` and `font` are `TextOverlayFont`."""
    spelled = "".join(f"{part[:1].upper()}{part[1:]}" for step in steps for part in _PART.findall(step))
    return spelled if is_name(spelled) else f"Value{spelled}"


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


def parameters(names: Iterable[str]) -> dict[str, str]:
    """Name a keyword argument for each wire name: as it is where that can be, else with what Python can read."""
    found: dict[str, str] = {}
    wanted = list(names)
    for name in sorted(wanted, key=lambda name: parameter_name(name) != name):
        spelled = parameter_name(name)
        while spelled in found.values():
            spelled += "_"
        found[name] = spelled
    return {name: found[name] for name in wanted}


def parameter_name(name: str) -> str:
    """Spell a wire name as a keyword argument: `class` is `class_`, `negative-prompt` is `negative_prompt`."""
    spelled = _NO_NAME.sub("_", name)
    # Python changes names with two underscores before them inside classes.
    spelled = re.sub(r"^__+", "_", spelled)
    if not spelled.isidentifier():
        spelled = f"_{spelled}"
    return f"{spelled}_" if keyword.iskeyword(spelled) or spelled in RESERVED_PARAMETERS else spelled


def is_member_name(name: str) -> bool:
    """Tell whether the member of an object can be written as a field of a class."""
    # Python takes letters that look alike for one.
    same = unicodedata.normalize("NFKC", name) == name
    return name.isidentifier() and same and not keyword.iskeyword(name) and not name.startswith("__")


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
