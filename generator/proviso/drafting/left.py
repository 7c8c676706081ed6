"""What is left for a person: marks, unknown facts, and what lint says, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from proviso import load
from proviso.diagnostics import Diagnostic, Place, in_order
from proviso.document import Document, Steps

_MARK = "# TODO: "


def left(files: Mapping[str, str], complaints: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """List what is left to fill in.

    Args:
        files: the text of each file, by its path in complaints.
        complaints: what lint says about them.
    """
    found: list[Diagnostic] = []
    for shown, text in files.items():
        found.extend(_marked(text, shown))
        document, _ = load.parse(text, digest="", shown=shown)
        if document is not None:
            found.extend(_unknown(document))
    marked = {(one.place.path, line) for one in found for line in _below(files[one.place.path], one.place.line)}
    # What a mark asks for already is not asked for again.
    rest = [one for one in complaints if (one.place.path, one.place.line) not in marked]
    return in_order([*found, *rest])


def _marked(text: str, shown: str) -> Iterator[Diagnostic]:
    for number, line in enumerate(text.split("\n"), 1):
        start = line.lstrip(" -")
        if start.startswith(_MARK):
            place = Place(shown, number, len(line) - len(start) + 1)
            yield Diagnostic(place, start.removeprefix(_MARK), "todo")


def _below(text: str, line: int) -> Iterator[int]:
    """Give the line that a remark explains, and the lines between."""
    lines = text.split("\n")
    for number in range(line, len(lines) + 1):
        yield number
        if not lines[number - 1].lstrip(" -").startswith("#"):
            return


def _unknown(document: Document) -> Iterator[Diagnostic]:
    pending: list[tuple[Steps, object]] = [((), document.data)]
    while pending:
        steps, node = pending.pop()
        match node:
            case {"unknown": str(why)}:
                yield Diagnostic(document.key_place(*steps), f"{steps[-1]} is unknown: {why}", "unknown")
            case dict():
                # Replies and requests are the provider's, whatever they say.
                pending.extend(
                    ((*steps, key), member) for key, member in node.items() if key != "body" or len(steps) < 2
                )
            case list():
                pending.extend(((*steps, index), item) for index, item in enumerate(node))
            case _:
                pass
