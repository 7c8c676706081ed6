"""Captured pages found in a folder: which file is which source of which provider."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from proviso.document import Folder
from proviso.evidence import checking, citations
from proviso.evidence.pages import MOST_CHARACTERS, Page

_MOST_FILES = 1_000
_READS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """A captured file. text: None where it is no page, and `wrong` says why."""

    path: Path
    shown: str
    digest: str
    text: str | None
    wrong: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Tell which file stands for a source, and how that is known: digest, name, given or best."""

    provider: str
    source: str
    capture: Capture | None
    by: str


def captured(docs: Path) -> tuple[Capture, ...]:
    """Read all files of a folder and of the folders in it, in the order of their paths.

    Args:
        docs: the folder; hidden files are passed over.

    Raises:
        OSError: the folder or a file in it cannot be read.
    """
    paths = sorted(path for path in docs.rglob("*") if path.is_file() and not path.name.startswith("."))
    return tuple(capture(path) for path in paths[:_MOST_FILES])


def capture(path: Path) -> Capture:
    """Read one captured page.

    Args:
        path: a file of any kind and size; what is too long is read no further than that is known.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        content = file.read(MOST_CHARACTERS * _READS + 1)
    shown, digest = path.as_posix(), hashlib.sha256(content).hexdigest()
    wrong, text = "", None
    if len(content) > MOST_CHARACTERS * _READS:
        wrong = "it is longer than any page of facts"
    elif b"\0" in content[:8192] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        wrong = "it is no text"
    else:
        try:
            text = content.decode("utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
        except UnicodeDecodeError:
            wrong = "it is no text in UTF-8"
    if text is not None and not text.strip():
        text, wrong = None, "it is empty"
    elif text is not None and len(text) > MOST_CHARACTERS:
        text, wrong = None, "it is longer than any page of facts"
    return Capture(path=path, shown=shown, digest=digest, text=text, wrong=wrong)


def page(found: Capture, source: str) -> Page:
    """Make a page of a capture that has a text."""
    assert found.text is not None
    return Page(found.text, name=source, shown=found.shown)


def chosen(folder: Folder, captures: Iterable[Capture], given: Mapping[str, Capture]) -> tuple[Choice, ...]:
    """Tell which capture stands for each source of a provider that something is cited from.

    Args:
        folder: the spec files of the provider.
        captures: the captured files.
        given: files by `provider/source`, as the user named them.
    """
    listed = list(captures)
    digests = _digests(folder)
    cited = {
        source
        for document in (folder.provider, *folder.models)
        for one in citations.cited(document).citations
        for source in one.sources
    }
    found: dict[str, Choice] = {}
    for source in [name for name in digests if name in cited]:
        by_digest = next((one for one in listed if one.digest == digests[source]), None)
        by_name = next((one for one in listed if _is_named(one, folder.name, source)), None)
        if (by_hand := given.get(f"{folder.name}/{source}")) is not None:
            choice = Choice(provider=folder.name, source=source, capture=by_hand, by="given")
        elif by_digest is not None:
            choice = Choice(provider=folder.name, source=source, capture=by_digest, by="digest")
        else:
            choice = Choice(provider=folder.name, source=source, capture=by_name, by="name")
        found[source] = choice
    taken = {choice.capture.path for choice in found.values() if choice.capture is not None}
    free = [one for one in listed if one.path not in taken and one.digest not in digests.values()]
    for source, choice in found.items():
        if choice.capture is None and (best := _best(folder, source, free)) is not None:
            found[source] = Choice(provider=folder.name, source=source, capture=best, by="best")
    return tuple(found.values())


def _digests(folder: Folder) -> dict[str, str]:
    data = folder.provider.data
    sources = data.get("sources") if isinstance(data, dict) else None
    listed = sources.items() if isinstance(sources, dict) else ()
    return {name: str(one.get("sha256", "")) if isinstance(one, dict) else "" for name, one in listed}


def _is_named(one: Capture, provider: str, source: str) -> bool:
    return (one.path.name.split(".")[0] == source and provider in (one.path.parent.name, "")) or (
        one.path.name.split(".")[0] == f"{provider}-{source}"
    )


def _best(folder: Folder, source: str, free: list[Capture]) -> Capture | None:
    """Find the page that most locators fit, where at least half of them do."""
    best, most = None, 0
    for one in free:
        if one.text is None:
            continue
        ((held),) = checking.held(folder, {source: page(one, source)})
        if held.found * 2 >= held.sought and held.found > most and held.other_model is None:
            best, most = one, held.found
    return best
