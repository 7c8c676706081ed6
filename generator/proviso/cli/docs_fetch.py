"""`proviso docs fetch`: the pages that specs are from, captured by their addresses."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

import click

from proviso.cli import options
from proviso.cli.docs_pages import docs_option, folders_of, specs_option
from proviso.diagnostics import printable
from proviso.evidence.facts import value_at


@click.command(
    "fetch",
    epilog="""\b
Examples:
  proviso docs fetch --docs captured
  proviso docs fetch acme --docs captured --format json

Exit status: 0 every page that has an address is there, 1 one is not, 2 misuse.""",
)
@click.argument("provider", default="")
@docs_option
@specs_option
@options.format_option
def command(provider: str, docs: Path | None, specs: Path, form: str) -> None:
    """Capture pages by the addresses of their sources, Markdown before HTML.

    One request at a time, with a pause, kept to robots.txt; a page that has not changed is not sent again. Digest and
    day of each are kept beside them. Sources without an address are listed.
    """
    # Imported here, since no other verb needs a network.
    from proviso.fetching.asking import Asker
    from proviso.fetching.shelf import Shelf
    from proviso.fetching.visiting import Visitor

    folders = folders_of(specs, provider, form)
    where = docs or Path(os.environ.get("PROVISO_DOCUMENTS", "documents"))
    told: list[dict[str, str]] = []
    with options.disk(), Asker() as asker:
        where.mkdir(parents=True, exist_ok=True)
        visitor = Visitor(asker, Shelf(where), today=datetime.now().astimezone().date().isoformat())
        for folder in folders:
            sources = value_at(folder.provider.data, ("sources",))
            for source in sources if isinstance(sources, dict) else ():
                name, address = f"{folder.name}/{source}", value_at(sources, (source, "address"))
                if not isinstance(address, str):
                    told.append({"page": name, "outcome": "no address"})
                    continue
                with options.working(f"Asking for {name}"):
                    found = visitor.visit(name, address)
                rest = {"address": address, "why": found.why, "file": found.file}
                told.append(
                    {"page": name, "outcome": found.outcome, **{key: text for key, text in rest.items() if text}}
                )
    if form == "json":
        options.print_json({"pages": told})
    for one in told if form == "text" else ():
        what = one.get("why") or one.get("file") or "the spec does not say where it is published"
        click.echo(f"{one['page']}: {one['outcome']}: {printable(what)}")
    if any(one["outcome"] in ("refused", "offline") for one in told):
        sys.exit(options.FINDINGS)
