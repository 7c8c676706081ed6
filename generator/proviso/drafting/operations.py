"""The operations of a document: which may be the paid ones, and what links say about the rest of a job."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from proviso.document import Steps
from proviso.drafting import marks
from proviso.drafting.bodies import media
from proviso.drafting.parts import Part
from proviso.drafting.references import References
from proviso.placeholders import PLACEHOLDER

VERBS = ("get", "post", "put", "patch", "delete")
_IN_BODY = "$response.body#"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """Name an operation, and say where in the document it stands."""

    verb: str
    path: str
    id: str
    steps: Steps

    @property
    def call(self) -> str:
        """The operation as specs write it, such as POST /jobs."""
        return f"{self.verb.upper()} {self.path}"

    @property
    def placeholders(self) -> list[str]:
        """The names in braces in its path."""
        return PLACEHOLDER.findall(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Say that the reply to an operation leads to another: by which parameter, read from where in the reply."""

    to: Operation
    parameter: str
    at: str


def every(references: References) -> list[Operation]:
    """List the operations in the order of the document."""
    return [
        Operation(
            verb=verb,
            path=path,
            id=references.part("paths", path, verb, "operationId").text,
            steps=("paths", path, verb),
        )
        for path, item in references.part("paths").members()
        for verb in references.part("paths", path).names()
        if verb in VERBS and item
    ]


def candidates(references: References, listed: list[Operation]) -> list[Operation]:
    """List the operations that may be paid ones: those that post something and are not deprecated."""
    return [
        one
        for one in listed
        if one.verb == "post"
        and not references.part(*one.steps, "deprecated").flag
        and media(references.part(*one.steps, "requestBody", "content"))[1]
    ]


def links(replies: Part, listed: list[Operation]) -> Iterator[Link]:
    """Find the operations that the replies to one lead to by a value in their body.

    Args:
        replies: the responses of the operation, by status.
        listed: all operations of the document.
    """
    for status, reply in replies.members():
        for _, link in reply["links"].members() if status.startswith("2") else ():
            target = _target(link, listed)
            for name, value in link["parameters"].members():
                if target is not None and value.text.startswith(_IN_BODY):
                    parameter = name.removeprefix("path.").removeprefix("query.")
                    yield Link(to=target, parameter=parameter, at=reply_path(value.text.removeprefix(_IN_BODY)))


def reply_path(pointer: str) -> str:
    """Write a JSON Pointer as a reply path."""
    path = "$"
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        path += f"[{name}]" if name.isdecimal() else marks.step(name)
    return path


def _target(link: Part, listed: list[Operation]) -> Operation | None:
    address = link["operationRef"].text.removeprefix("#/paths/")
    for one in listed:
        named = address == f"{one.path.replace('~', '~0').replace('/', '~1')}/{one.verb}"
        if named or (one.id and one.id == link["operationId"].text):
            return one
    return None
