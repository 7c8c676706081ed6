"""`proviso new`: the first draft of a spec."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import click

import proviso
from proviso import naming, pipeline
from proviso.cli import options, questions
from proviso.diagnostics import Diagnostic, Place
from proviso.drafting import given, left, shelf
from proviso.drafting.sections import Page, Said


@click.command(
    "new",
    epilog="""\b
Examples:
  proviso new acme
  proviso new acme --page page.txt --model still-2 --submit "POST /jobs"
  proviso new acme --from-openapi openapi.json
  proviso new acme --from-openapi api.yaml --operation createImage""",
)
@click.argument("provider")
@click.option("--from-openapi", "document", type=click.Path(path_type=Path), help="An OpenAPI 3.0 or 3.1 document.")
@click.option("--operation", "operations", multiple=True, metavar="ID", help="A paid operation of the document.")
@click.option("--title", help="The provider's name, as it writes it.")
@click.option("--base-url", metavar="URL", help="The address that every call begins with.")
@click.option("--auth", metavar="WAY", help="How the key is sent: bearer, header:NAME, query:NAME, ...")
@click.option("--model", metavar="ID", help="The provider's id of the model.")
@click.option("--submit", metavar="CALL", help='The call that starts a job: "POST /jobs".')
@click.option("--poll", metavar="CALL", help='The call that asks about it: "GET /jobs/{id}".')
@click.option("--collect", metavar="CALL", help="The call that fetches the result, if that is another one.")
@click.option("--immediate", metavar="CALL", help="The call that answers with the result itself.")
@click.option("--page", type=click.Path(path_type=Path), help="The saved text of the page that is read.")
@click.option("--address", metavar="URL", help="Where the page or document is published.")
@click.option(
    "--specs", type=click.Path(path_type=Path), default=Path("specs"), show_default=True, help="Folder of specs."
)
@options.format_option
def command(
    *,
    provider: str,
    document: Path | None,
    operations: tuple[str, ...],
    title: str | None,
    base_url: str | None,
    auth: str | None,
    model: str | None,
    submit: str | None,
    poll: str | None,
    collect: str | None,
    immediate: str | None,
    page: Path | None,
    address: str | None,
    specs: Path,
    form: str,
) -> None:
    """Draft the spec of PROVIDER, and say what is left to fill in.

    Without a document, what is not given as an option is asked for on a terminal, and left open in a pipe. Nothing
    is fetched, nothing is invented, and no file is overwritten.
    """
    if not naming.is_slug(provider):
        message = f"{provider!r} cannot name a provider; a name is made of lower-case words and numbers, such as acme-2"
        raise click.BadParameter(message, param_hint="PROVIDER")
    if document is None and operations:
        raise click.BadParameter(
            "an operation is one of a document; give it with --from-openapi", param_hint="--operation"
        )
    if document is not None and page is not None:
        raise click.BadParameter("the page is the document itself; give one of the two", param_hint="--page")
    folder = specs / provider
    _refuse_present(folder, form)
    said = Said(
        provider=provider,
        title=title,
        base_url=base_url,
        auth=questions.way(provider, auth),
        model=model,
        submit=operations or ((submit,) if submit else ()),
        poll=poll,
        collect=collect,
        immediate=immediate,
        address=address,
    )
    today = datetime.now().astimezone().date().isoformat()
    with options.disk():
        # On a machine with links, the way up from a folder is that of the folder they lead to.
        language = Path(os.path.relpath(Path(proviso.__file__).parent, folder.absolute())).as_posix()
        if document is not None:
            files = _from_openapi(document, said, today, language, form)
        else:
            said = questions.asked(said) if questions.is_terminal() and form == "text" else said
            digest = None if page is None else hashlib.sha256(page.read_bytes()).hexdigest()
            files = given.draft(said, Page(title="", digest=digest, read=today), language=language)
        if not shelf.put(folder, files):
            _refuse_present(folder, form)
    _report(specs, folder, files, form)


def _from_openapi(document: Path, said: Said, today: str, language: str, form: str) -> Mapping[str, str]:
    # Imported here, since it brings along the shapes of OpenAPI.
    from proviso.drafting import openapi, source

    try:
        with options.working(f"Reading {document}"):
            return openapi.draft(document, said, read=today, language=language)
    except source.BrokenError as broken:
        options.report(broken.complaints, form)
        raise
    except openapi.ChoiceError as choice:
        raise click.BadParameter(str(choice), param_hint="--operation") from None


def _refuse_present(folder: Path, form: str) -> None:
    if folder.exists() or folder.is_symlink():
        message = "this is there already, and nothing is overwritten; choose another name, or move it away"
        options.report([Diagnostic(Place(folder.as_posix(), 1, 1), message, "present")], form)


def _report(specs: Path, folder: Path, files: Mapping[str, str], form: str) -> None:
    shown = {f"{folder.as_posix()}/{name}": text for name, text in files.items()}
    # Only the new folder: what is wrong with the others is no news here.
    complaints = [one for one in pipeline.read(specs).complaints if one.place.path in shown]
    rest = left.left(shown, tuple(complaints))
    if form == "json":
        options.print_json({"written": list(shown), "left": [options.as_json(one) for one in rest]})
        return
    click.echo(f"Written: {', '.join(shown)}", err=True)
    if rest:
        click.echo("What is left for you:", err=True)
    for one in rest:
        options.say(one)
    click.echo("Then: proviso lint, and proviso generate.", err=True)
