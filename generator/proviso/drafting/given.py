"""A draft from what a person says, when there is no document that a machine could read."""

from __future__ import annotations

from typing import TypeAlias

from proviso.drafting import marks, pages, sections
from proviso.drafting.sections import Hints, Page, Said
from proviso.yaml_text import Block, Tree

Found: TypeAlias = "tuple[Tree, list[str]]"

BASE = "give the address that every call begins with, such as https://api.example.com/v1"
AUTH = "say how the key is sent: {bearer: VARIABLE}, or {header: {NAME: VARIABLE}}, or another way"
_SILENT = "Nobody has looked up yet"


def draft(said: Said, page: Page, *, language: str) -> dict[str, str]:
    """Draft the files of a provider.

    Args:
        said: what the user said.
        page: the page that was read.
        language: the way from the files to the package that holds the language.
    """
    hints = Hints(silent=_SILENT)
    model = _model(said, hints)
    provider = provider_block(said, page, hints)
    return pages.files(provider, [(stem(said.model or "model-1"), model)], language=language)


def provider_block(
    said: Said, page: Page, hints: Hints, *, base: Found | None = None, auth: Found | None = None
) -> Block:
    """Describe a provider by what the user said, or else by what a document says, with marks for the rest.

    Args:
        said: what the user said.
        page: the page that was read.
        hints: how to say what is unknown.
        base: the address in the document, with remarks.
        auth: the way of the key in the document, with remarks.
    """
    block = Block({"provider": said.provider})
    if said.title is None:
        block.put("title", sections.words(said.provider), marks.todo("write the name as the provider does"))
    else:
        block.put("title", said.title)
    block.put("source", sections.SOURCE)
    block.put("sources", sections.sources(said, page, hints))
    base = (marks.TODO, [marks.todo(BASE)]) if base is None else base
    address, remarks = base if said.base_url is None else (said.base_url.rstrip("/"), [])
    block.put("base_url", address, *remarks)
    auth = (marks.TODO, [marks.todo(AUTH)]) if auth is None else auth
    way, remarks = auth if said.auth is None else (said.auth, [])
    block.put("auth", way, *remarks)
    return block


def stem(name: str) -> str:
    """Make the name of a model's file: lower-case words and numbers joined by hyphens."""
    spaced = "".join(
        f"-{each}" if each.isupper() and at and not name[at - 1].isupper() else each for at, each in enumerate(name)
    )
    parts = "".join(each if each.isascii() and each.isalnum() else "-" for each in spaced.lower()).split("-")
    found = "-".join(part for part in parts if part)[:60].rstrip("-")
    if not found[:1].isalpha():
        found = f"model-{found}".rstrip("-")
    return "provider-model" if found == "provider" else found


def _model(said: Said, hints: Hints) -> Block:
    block = sections.model(
        model_id=said.model, name=said.model or "model-1", kind=None, parameters=Block(), hints=hints
    )
    what = (
        'say where parameters stand in the body: "{*}" for all of them at the top, or {model: "{model}", input: "{*}"}'
    )
    block.put("body", "{*}", marks.todo(what))
    if said.immediate is not None:
        block.put("immediate", sections.immediate(said.immediate, (), hints=hints, in_json=False))
    if said.submit or said.poll or said.immediate is None:
        submit = said.submit[0] if said.submit else None
        course = sections.job(
            submit=submit, job_id=None, assumed=None, poll=said.poll, collect=said.collect, hints=hints
        )
        block.put("job", course)
        block.put("schedule", hints.unknown("when to poll"))
    block.put("errors", hints.unknown("how refusals look"))
    block.put(
        "replies", marks.TODO, marks.todo("copy the replies that the page prints, one for each operation and outcome")
    )
    block.put("witnesses", marks.TODO, marks.todo("copy a request that the page shows; write its prompt anew"))
    return block
