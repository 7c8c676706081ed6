"""What `proviso new` asks on a terminal; an empty answer leaves a fact open."""

from __future__ import annotations

import sys
from dataclasses import replace

import click

from proviso.drafting import sections
from proviso.drafting.sections import Said
from proviso.yaml_text import Block


def is_terminal() -> bool:
    """Tell whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def asked(said: Said) -> Said:
    """Ask for what was not said.

    Args:
        said: what the options say.
    """
    click.echo("An empty answer leaves a fact open.", err=True)
    title = said.title or _answer("The provider's name, as it writes it", sections.words(said.provider))
    base_url = said.base_url or _answer("The address that every call begins with, such as https://api.example.com/v1")
    auth = said.auth or way(
        said.provider, _answer("How the key is sent: bearer, header:NAME, scheme:WORD, query:NAME or body:NAME")
    )
    model = said.model or _answer("The provider's id of a model")
    immediate, submit, poll = said.immediate, said.submit, said.poll
    if immediate is None and not submit and poll is None:
        kinds = click.Choice(["job", "result"])
        answer = click.prompt(
            "Does a request start a job, or is it answered with the result", "job", type=kinds, err=True
        )
        if answer == "result":
            immediate = _answer("The call that is answered with the result, such as POST /draw")
        else:
            start = _answer("The call that starts a job, such as POST /jobs")
            submit = (start,) if start else ()
            poll = _answer("The call that asks about a job, such as GET /jobs/{id}")
    return replace(
        said, title=title, base_url=base_url, auth=auth, model=model, immediate=immediate, submit=submit, poll=poll
    )


def way(provider: str, answer: str | None) -> Block | None:
    """Read how the key is sent: `bearer`, or another way and its name, such as `header:x-key`.

    Args:
        provider: the name of the provider, after which the variable is named.
        answer: what the user wrote.
    """
    if not answer:
        return None
    kind, _, name = answer.partition(":")
    match kind.strip().lower(), name.strip():
        case "bearer", "":
            return Block({"bearer": sections.variable(provider)})
        case "header" | "query" | "body" | "scheme" as key, named if named:
            return Block({key: {named: sections.variable(provider)}})
        case _:
            message = f"{answer!r} is none of bearer, header:NAME, scheme:WORD, query:NAME and body:NAME"
            raise click.BadParameter(message, param_hint="--auth")


def _answer(question: str, default: str = "") -> str | None:
    answer: str = click.prompt(question, default, show_default=bool(default), err=True)
    return answer.strip() or None
