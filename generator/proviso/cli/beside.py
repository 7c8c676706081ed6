"""What travels beside a request body, as a person gives it: in the path, the query or the headers."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Literal, TypeVar, get_args, get_origin, get_type_hints

import click

from proviso.diagnostics import did_you_mean

Command = TypeVar("Command", bound=Callable[..., object])


def option(command: Command) -> Command:
    """Add what travels beside the body."""
    return click.option(
        "--with",
        "beside_the_body",
        multiple=True,
        metavar="NAME=VALUE",
        help="A parameter that travels in the path, the query or the headers, such as style=anime.",
    )(command)


def read(model: ModuleType, given: tuple[str, ...]) -> dict[str, object]:
    """Give the params that travel beside the body, each as the type that it has."""
    types = _types(model)
    found: dict[str, object] = {}
    for one in given:
        name, equals, text = one.partition("=")
        if not equals:
            raise click.BadParameter(f"{one!r} is not of the form NAME=VALUE", param_hint="--with")
        if name not in types:
            listed = f"; what does is {', '.join(types)}" if types else "; nothing does"
            message = f"{name!r} does not travel beside the body{did_you_mean(name, types) or listed}"
            raise click.BadParameter(message, param_hint="--with")
        found[name] = text if _is_text(types[name]) else _value(text)
    return found


def _types(model: ModuleType) -> dict[str, object]:
    beside = getattr(import_module(f"{model.__name__}.params"), "Beside", None)
    return {} if beside is None else get_type_hints(beside)


def _is_text(kind: object) -> bool:
    one = get_args(kind)[0] if get_origin(kind) is Literal else kind
    return one is str or isinstance(one, str)


def _value(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text
