"""The command line: every verb in a module of its own, fetched when it is used."""

from __future__ import annotations

import sys

try:
    import click
except ModuleNotFoundError:  # pragma: no cover - the clients alone need no command line
    sys.stderr.write("The proviso command needs more than the clients do: pip install 'proviso[codegen]'\n")
    sys.exit(2)

from importlib import import_module

VERBS = {
    "new": "the first draft of a spec, from questions or from an OpenAPI document",
    "lint": "complaints about specs, each with file, line and column",
    "generate": "write the clients; only what changed",
    "check": "would generate change anything? shows the difference",
    "validate": "what is wrong with a request body, before it is sent",
    "quote": "what a request body will cost",
    "run": "many requests, each paid for once however often it is run",
    "jobs": "what was paid for: list it, take it up again, strike it out",
    "conform": "what a provider confirms of its spec, what it denies, and what stays open",
    "diff": "what changed between two states of specs, and what that means to users",
    "export": "OpenAPI documents and Arazzo workflows, for other people's tools",
    "mock": "the documented providers as a server, which checks, bills, works and forgets",
    "audit": "where any program that uses a provider pays twice, loses jobs or waits for ever",
    "docs": "do the captured pages still say what the specs say?",
    "show": "parameters, sizes, prices, doubts and sources, to read",
}

_EXTRAS = {"audit": "audit", "conform": "conform", "mock": "mock"}
"""What a verb needs beside the rest."""


class _Verbs(click.Group):
    """Commands by name; the module of a verb is imported when the verb is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the verbs in the order of a working day."""
        del ctx
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a verb."""
        if cmd_name not in VERBS:
            return None
        try:
            command = import_module(f"proviso.cli.{cmd_name}").command
        except ModuleNotFoundError as missing:
            if missing.name is None or missing.name.partition(".")[0] == "proviso":
                raise
            extra = _EXTRAS.get(cmd_name, "codegen")
            raise click.UsageError(f"{cmd_name} needs {missing.name}: pip install 'proviso[{extra}]'", ctx) from None
        return command if isinstance(command, click.Command) else super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the verbs without importing any of them."""
        del ctx
        with formatter.section("Verbs"):
            formatter.write_dl(list(VERBS.items()))


@click.group(
    cls=_Verbs,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""\b
Examples:
  proviso generate                                  write generated/ from specs/
  proviso validate acme/still-2 request.json  check a body before it costs money
  proviso quote acme/still-2 request.json     what it will cost
  proviso run acme/still-2 --params requests.jsonl --out pictures --max-cost 5
  proviso show acme/still-2                   read what is documented

Exit status: 0 fine, 1 findings, 2 misuse.""",
)
@click.version_option(package_name="proviso")
def main() -> None:
    """Typed clients of hosted image models, generated from specs of their documents."""
