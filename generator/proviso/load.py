"""Spec files in, documents out: the only door to yaml, and all that can be wrong before a key is understood."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import yaml

from proviso import spec_files, syntax
from proviso.compose import Composer, Head, StopError
from proviso.diagnostics import Diagnostic, Place, in_order
from proviso.document import Document, Folder
from proviso.limits import SPEC, Limits

_WITH_C = yaml.__with_libyaml__
# What the C parser reads differently from the pure one, found by comparing them over random texts; most of it is
# refused anyway. The pure parser is the slower and the stricter of the two, and has the last word.
_READ_DIFFERENTLY = re.compile(r"\t|(?:^|\W)!|[|>][-+0-9]*#|^%", re.MULTILINE)
_BEYOND_UNICODE = re.compile(r"\\U(?!000[0-9A-Fa-f]|0010)")


def load(path: Path, *, shown: str) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Read one spec file; there is a document when there is no complaint.

    Args:
        path: the file.
        shown: its path in complaints, as the user named it.
    """
    content = spec_files.read(path, shown=shown)
    if isinstance(content, Diagnostic):
        return None, (content,)
    text = spec_files.decode(content, shown=shown)
    if isinstance(text, Diagnostic):
        return None, (text,)
    return parse(text, digest=hashlib.sha256(content).hexdigest(), shown=shown)


def parse(
    text: str, *, digest: str, shown: str, limits: Limits = SPEC
) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Read YAML; there is a document when there is no complaint.

    Args:
        text: the text of the file.
        digest: the SHA-256 of its bytes.
        shown: its path in complaints.
        limits: how many nodes and levels it may have.
    """
    composer = _composed(text, shown, limits)
    if composer.complaints:
        return None, in_order(composer.complaints)
    return Document(path=shown, text_digest=digest, data=composer.root, values=composer.values, keys=composer.keys), ()


def load_folders(specs: Path, *, shown: str) -> tuple[tuple[Folder, ...], tuple[Diagnostic, ...]]:
    """Read the folders of all providers in the order of their names; what cannot be read is left out.

    Args:
        specs: the folder with one folder a provider, each with provider.yaml and one .yaml file a model.
        shown: its path in complaints, as the user named it.
    """
    listed, found = spec_files.listing(specs, shown=shown)
    complaints = list(found)
    folders: list[Folder] = []

    def loaded(file: spec_files.SpecFile) -> Document | None:
        document, wrong = load(file.path, shown=file.shown)
        complaints.extend(wrong)
        return document

    for each in listed:
        provider = loaded(each.provider)
        models = tuple(document for document in map(loaded, each.models) if document is not None)
        if provider is not None:
            folders.append(Folder(name=each.name, provider=provider, models=models))
    return tuple(folders), in_order(complaints)


def _composed(text: str, path: str, limits: Limits) -> Composer:
    # Without a line break at its end, the parsers count the last line differently.
    lines = text if text.endswith("\n") else text + "\n"
    composer = Composer(path, limits)
    try:
        if _WITH_C and not _READ_DIFFERENTLY.search(text):
            try:
                _feed(composer, yaml.parse(lines, Loader=yaml.CSafeLoader), with_c=True)
            except (_ReadDifferentlyError, yaml.YAMLError):
                composer = Composer(path, limits)
                _feed(composer, _pure_events(lines))
        else:
            _feed(composer, _pure_events(lines))
        if composer.root is None and not composer.complaints:
            composer.complain(Place(path, 1, 1), "the file is empty", "empty-file")
    except yaml.MarkedYAMLError as error:
        said = syntax.wording(error.context, error.problem)
        mark = (error.context_mark if said.at_start else None) or error.problem_mark
        composer.complaints.append(Diagnostic(_place(path, mark), said.message, said.rule))
    except StopError:
        pass
    return composer


def _feed(composer: Composer, events: Iterator[yaml.Event], *, with_c: bool = False) -> None:
    documents = 0
    brackets = 0
    for event in events:
        place = _place(composer.path, event.start_mark)
        match event:
            case yaml.ScalarEvent():
                # Inside brackets the pure parser takes this mark for the beginning of a key.
                if with_c and brackets and event.implicit[0] and "?" in event.value:
                    raise _ReadDifferentlyError
                head = Head(place=place, anchor=event.anchor, tag=event.tag)
                composer.scalar(head, event.value, plain=event.implicit[0])
            case yaml.AliasEvent():
                composer.alias(place, event.anchor or "")
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                brackets += 1 if brackets or event.flow_style else 0
                head = Head(place=place, anchor=event.anchor, tag=event.tag)
                composer.begin(head, {} if isinstance(event, yaml.MappingStartEvent) else [])
            case yaml.CollectionEndEvent():
                brackets -= 1 if brackets else 0
                composer.end()
            case yaml.DocumentStartEvent():
                documents += 1
                if event.version or event.tags:
                    composer.complain(place, syntax.DIRECTIVE.message, syntax.DIRECTIVE.rule)
                if documents > 1:
                    message = "a spec file holds one document; delete this line and what follows"
                    composer.complain(place, message, "documents")
                    return
            case _:
                pass


def _pure_events(text: str) -> Iterator[yaml.Event]:
    read = 0
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            read = read if event.end_mark is None else event.end_mark.index
            yield event
    except (ValueError, OverflowError) as error:
        # The parser hands an escape beyond the last character of Unicode straight to chr() and does not say where.
        found = _BEYOND_UNICODE.search(text, read)
        before = text[: found.start() if found else read].split("\n")
        mark = yaml.Mark("", 0, len(before) - 1, len(before[-1]), None, 0)
        raise yaml.MarkedYAMLError("double-quoted scalar", None, str(error), mark) from error


def _place(path: str, mark: _Position | None) -> Place:
    return Place(path, 1, 1) if mark is None else Place(path, mark.line + 1, mark.column + 1)


class _Position(Protocol):
    """The marks of both parsers, as far as they are alike."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


class _ReadDifferentlyError(Exception):
    """The two parsers would not read this text alike."""
