"""`proviso docs draft`: a new model's spec from a page in a layout that a known page has."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import click

import proviso
from proviso import families, load, pipeline, yaml_text
from proviso.cli import options, reporting
from proviso.diagnostics import Diagnostic, did_you_mean
from proviso.document import Document, Folder
from proviso.drafting import left
from proviso.evidence import captures
from proviso.evidence.pages import Page
from proviso.rewriting.changing import changed
from proviso.rewriting.differing import Put
from proviso.rewriting.nodes import CannotRewrite
from proviso.updating import likeness


@click.command(
    "draft",
    epilog="""\b
Examples:
  proviso docs draft captured/acme/still-3.md
  proviso docs draft page.md --like acme/still-2 --out specs""",
)
@click.argument("page", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--like", metavar="PROVIDER/MODEL", help="The known model whose page has this layout (default: the likest)."
)
@click.option(
    "--out",
    "specs",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("specs"),
    show_default=True,
    help="Folder of specs, in which the known model is and the new one is written.",
)
@options.format_option
def command(page: Path, like: str | None, specs: Path, form: str) -> None:
    """Draft the spec of the model that PAGE is about, by the locators of a known model.

    The new file is written beside that of the known model, and the page is added to the provider's sources. What the
    page does not say is marked and listed. No file is overwritten.
    """
    with options.disk():
        capture = captures.capture(page)
        if capture.text is None:
            raise options.Misuse(f"{page} is no page: {capture.wrong}")
        folders = _folders(specs, form)
        folder, known = _known(folders, like, captures.page(capture, "page"))
        try:
            found = likeness.drafted(folder, known, captures.page(capture, "page"), source="new-page")
        except likeness.NotAlike as error:
            raise options.Misuse(f"{page} is not in the layout of {_name(folder, known)}: {error}") from error
        target = Path(folder.provider.path).parent / f"{found.name}.yaml"
        if target.exists():
            raise options.Misuse(f"{target} is there already, and nothing is overwritten")
        found.block.members["source"] = found.name
        language = os.path.relpath(
            Path(proviso.__file__).parent / "language/model.schema.json", target.parent.absolute()
        )
        text = yaml_text.dumped(found.block, header=f"yaml-language-server: $schema={Path(language).as_posix()}")
        provider = Path(folder.provider.path)
        try:
            anew = _with_source(provider.read_bytes().decode("utf-8"), found, capture)
        except CannotRewrite as error:
            raise options.Misuse(f"{provider}: {error}") from error
        reporting.write(target, text)
        provider.write_bytes(anew.encode())
    _report(specs, {target.as_posix(): text}, _name(folder, known), form)


def _with_source(text: str, found: likeness.Likeness, capture: captures.Capture) -> str:
    entry = {
        "title": f"{found.model}, a captured page",
        "address": {"unknown": "The capture does not show the address of the page."},
        "read": datetime.now().astimezone().date().isoformat(),
        "sha256": capture.digest,
    }
    return changed(text, [Put(steps=("sources", found.name), value=entry)])


def _folders(specs: Path, form: str) -> tuple[Folder, ...]:
    loaded, complaints = load.load_folders(specs, shown=specs.as_posix())
    options.report(complaints, form)
    return tuple(families.united(folder)[0] for folder in loaded)


def _known(folders: tuple[Folder, ...], like: str | None, page: Page) -> tuple[Folder, Document]:
    models = {_name(folder, model): (folder, model) for folder in folders for model in folder.models}
    if like is not None:
        if like not in models:
            raise options.Misuse(f"there is no model {like!r}{did_you_mean(like, models)}")
        return models[like]
    weights = {name: likeness.weight(folder, model, page) for name, (folder, model) in models.items()}
    best = max(weights, key=lambda name: weights[name], default="")
    if not best or weights[best] == 0:
        raise options.Misuse(f"{page.shown} is in the layout of no page that the specs know")
    return models[best]


def _name(folder: Folder, model: Document) -> str:
    return f"{folder.name}/{Path(model.path).stem}"


def _report(specs: Path, files: dict[str, str], like: str, form: str) -> None:
    complaints = [one for one in pipeline.read(specs).complaints if one.place.path in files]
    rest: tuple[Diagnostic, ...] = left.left(files, tuple(complaints))
    if form == "json":
        options.print_json({"written": list(files), "like": like, "left": [options.as_json(one) for one in rest]})
        return
    click.echo(f"Written: {', '.join(files)}, like {like}", err=True)
    if rest:
        click.echo("What is left for you:", err=True)
    for one in rest:
        options.say(one)
    click.echo("Then: proviso lint, and proviso docs check.", err=True)
