"""What `proviso mock` prints: where to find it, a line a request, and what came of it."""

from __future__ import annotations

import json
import shlex
import sys
from collections.abc import Iterator
from typing import Any

import click

from proviso import ir, naming
from proviso.cli import options
from proviso.mock.behaviour import Behaviour
from proviso.mock.books import Delivery, Entry
from proviso.mock.options import Options
from proviso.mock.provider_mock import BOOKS, Mock
from proviso.oracle import signing


def welcome(mock: Mock, origin: str) -> None:
    """Print what somebody needs to use the mock."""
    for name, desk in mock.desks.items():
        url = mock.base_url(name, origin=origin)
        click.echo(f"{click.style(desk.provider.title, bold=True)}  {url}")
        for variable, value in variables(desk.provider, mock).items():
            click.echo(f"  export {variable}={shlex.quote(value)}")
        click.echo(f'  {naming.module_name(name)}.Client(base_url="{url}")')
        click.echo(f"  {', '.join(model.id for model in desk.provider.models)}")
    click.echo(f"books  {origin}{BOOKS}")
    click.echo("Ctrl-C stops it.", err=True)
    sys.stdout.flush()


def explain(providers: tuple[ir.Provider, ...], settings: Options, form: str) -> None:
    """Print what of the behaviour is documented, and where, and what is guessed, and why."""
    from proviso.mock import explaining

    told = {one.name: explaining.explained(one, settings) for one in providers}
    if form == "json":
        options.print_json({name: [_behaviour(one) for one in found] for name, found in told.items()})
        return
    for provider in providers:
        click.echo(click.style(provider.title, bold=True))
        for documented, title in ((True, "documented"), (False, "guessed")):
            click.echo(f"  {click.style(title, fg='green' if documented else 'yellow')}")
            for one in told[provider.name]:
                if one.documented is documented:
                    click.echo(f"    {_explained(one)}")


def _explained(one: Behaviour) -> str:
    model = f"{one.model}: " if one.model else ""
    why = f" {one.why}" if one.why is not None else ""
    sources = f"; {', '.join(one.sources)}" if one.sources else ""
    place = "" if one.place is None else click.style(f" [{one.place}{sources}]", dim=True)
    return printed(f"{model}{one.says}{why}") + place


def _behaviour(one: Behaviour) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in one.__slots__}
    return {**told, "place": None if one.place is None else str(one.place)}


def as_json(mock: Mock, origin: str) -> dict[str, Any]:
    """Return the same for programs."""
    return {
        "origin": origin,
        "books": origin + BOOKS,
        "providers": {
            name: {
                "base_url": mock.base_url(name, origin=origin),
                "environment": variables(desk.provider, mock),
                "models": [model.id for model in desk.provider.models],
            }
            for name, desk in mock.desks.items()
        },
    }


def variables(provider: ir.Provider, mock: Mock) -> dict[str, str]:
    """Return the variables of the environment that hold the key, and the secret where there is one."""
    return dict(_variables(provider, mock))


def _variables(provider: ir.Provider, mock: Mock) -> Iterator[tuple[str, str]]:
    for model in provider.models:
        if model.callback is not None and model.callback.proof is not None:
            proof = model.callback.proof
            yield proof.variable, signing.given(proof, mock.options.secret)
    for way in provider.auth:
        yield way.variable, mock.options.key
        if isinstance(way, ir.Signed):
            yield way.secret_variable, mock.options.secret


def log(entry: Entry | Delivery) -> None:
    """Print a line about a request or a callback, without what may hold a key or a prompt."""
    if isinstance(entry, Delivery):
        click.echo(f"--> {printed(entry.to)}  callback {printed(entry.job)} {printed(entry.outcome)}")
        return
    status = "no reply" if entry.status is None else str(entry.status)
    colour = "red" if entry.status is None or entry.status >= 500 else "yellow" if entry.status >= 400 else "green"
    said = " ".join(one for one in (entry.operation, entry.job, entry.remark) if one is not None)
    fault = "" if entry.fault is None else click.style(f" [{entry.fault}]", fg="magenta")
    click.echo(
        f"{click.style(f'{status:>3}', fg=colour)} {entry.verb:<6} {printed(entry.path)}  {printed(said)}{fault}"
    )


def log_json(entry: Entry | Delivery) -> None:
    """Print the same for programs."""
    told = {name: getattr(entry, name) for name in entry.__slots__}
    what = "request" if isinstance(entry, Entry) else "callback"
    click.echo(json.dumps({what: {name: value for name, value in told.items() if value is not None}}))


def printed(text: str) -> str:
    """Return a text that moves no cursor."""
    return "".join(one if one.isprintable() else "?" for one in text)


def summary(mock: Mock) -> dict[str, Any]:
    """Say what came of it all."""
    books = mock.books()
    return {
        "providers": {
            name: {
                "requests": one["requests"]["received"],
                "jobs": one["jobs"]["accepted"],
                "money": one["money"],
            }
            for name, one in books.items()
        },
        "defects": list(mock.defects),
    }


def farewell(mock: Mock) -> None:
    """Print what came of it all."""
    found = summary(mock)
    for name, one in found["providers"].items():
        if one["requests"]:
            money = one["money"]
            click.echo(
                f"{name}: {options.counted(one['requests'], 'request')}, {options.counted(one['jobs'], 'job')}, "
                f"charged {money['charged']} {money['currency']}"
            )
    for defect in found["defects"]:
        click.echo(f"defect: {printed(defect)}", err=True)
