"""An OpenAPI document on the disk: JSON or YAML, read within bounds; nothing is fetched."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from proviso import load, scalars, spec_files
from proviso.diagnostics import Diagnostic, Place, quoted
from proviso.document import Steps
from proviso.drafting import json_places
from proviso.limits import Limits

LIMITS = Limits(what="an OpenAPI document", bytes=8 << 20, nodes=250_000, levels=64)
_SURROGATE = re.compile("[\ud800-\udfff]")
_VERSIONS = ("3.0", "3.1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Hold a document: its data, its digest, its version (3.0 or 3.1), and where each node stands."""

    shown: str
    data: dict[str, object]
    digest: str
    version: str
    place: Callable[[Steps], Place]


class BrokenError(Exception):
    """A document that cannot be drafted from; `complaints` say why."""

    def __init__(self, *complaints: Diagnostic) -> None:
        super().__init__(*complaints)
        self.complaints = complaints


def read(path: Path, *, shown: str) -> Source:
    """Read a document.

    Args:
        path: the file.
        shown: its path in complaints.

    Raises:
        BrokenError: the file cannot be read, or is no OpenAPI document of version 3.0 or 3.1.
    """
    content = spec_files.read(path, shown=shown, limits=LIMITS)
    if isinstance(content, Diagnostic):
        raise BrokenError(content)
    text = spec_files.decode(content, shown=shown)
    if isinstance(text, Diagnostic):
        raise BrokenError(text)
    digest = hashlib.sha256(content).hexdigest()
    data, place = _data(text, digest=digest, shown=shown, is_json=path.suffix.lower() == ".json")
    if not isinstance(data, dict):
        raise BrokenError(Diagnostic(Place(shown, 1, 1), "an OpenAPI document is a mapping", "openapi"))
    return Source(shown=shown, data=data, digest=digest, version=_version(data, place), place=place)


def _version(data: dict[str, object], place: Callable[[Steps], Place]) -> str:
    # Unquoted, `3.1` is a number in YAML.
    stated = str(data.get("openapi"))
    for version in _VERSIONS:
        if stated == version or stated.startswith(f"{version}."):
            return version
    known = " and ".join(_VERSIONS)
    if "swagger" in data:
        message = f"this is Swagger {quoted(str(data['swagger']))}; OpenAPI {known} are read, so convert it first"
        raise BrokenError(Diagnostic(place(("swagger",)), message, "openapi"))
    message = f"this document does not say openapi: 3.1.0; OpenAPI {known} are read"
    raise BrokenError(Diagnostic(place(("openapi",) if "openapi" in data else ()), message, "openapi"))


def _data(text: str, *, digest: str, shown: str, is_json: bool) -> tuple[object, Callable[[Steps], Place]]:
    if is_json or text.lstrip().startswith("{"):
        try:
            found = _parsed(text, shown)
        except BrokenError as error:
            # Braces may begin YAML as well; the name of the file decides whose complaints are shown.
            if is_json or error.complaints[0].rule != "syntax":
                raise
        else:
            return found, lambda steps: json_places.find(text, steps, shown=shown)
    document, complaints = load.parse(text, digest=digest, shown=shown, limits=LIMITS)
    if document is None:
        raise BrokenError(*complaints)
    return document.data, lambda steps: document.place(*steps)


def _parsed(text: str, shown: str) -> object:
    start = Place(shown, 1, 1)
    try:
        found: object = json.loads(
            text, parse_int=_number, parse_float=_number, parse_constant=_number, object_pairs_hook=_members
        )
    except json.JSONDecodeError as error:
        place = Place(shown, error.lineno, error.colno)
        raise BrokenError(Diagnostic(place, f"this is not JSON: {error.msg.lower()}", "syntax")) from None
    except RecursionError:
        message = f"{LIMITS.what} has at most {LIMITS.levels} levels"
        raise BrokenError(Diagnostic(start, message, "too-large")) from None
    except ValueError as error:
        raise BrokenError(Diagnostic(start, str(error), "syntax")) from None
    _bounded(found, lambda steps: json_places.find(text, steps, shown=shown))
    return found


def _bounded(data: object, place: Callable[[Steps], Place]) -> None:
    nodes = 0
    pending: list[tuple[Steps, object]] = [((), data)]
    while pending:
        steps, node = pending.pop()
        nodes += 1
        if nodes > LIMITS.nodes or len(steps) > LIMITS.levels:
            most = f"{LIMITS.nodes} nodes" if nodes > LIMITS.nodes else f"{LIMITS.levels} levels"
            raise BrokenError(Diagnostic(place(steps), f"{LIMITS.what} has at most {most}", "too-large"))
        if any(_SURROGATE.search(text) for text in (node, *steps[-1:]) if isinstance(text, str)):
            raise BrokenError(Diagnostic(place(steps), "half of a surrogate pair is no character", "character"))
        if isinstance(node, dict):
            pending.extend(((*steps, key), member) for key, member in node.items())
        elif isinstance(node, list):
            pending.extend(((*steps, index), item) for index, item in enumerate(node))


def _number(text: str) -> int | Decimal:
    found = scalars.plain(text)
    if isinstance(found, int | Decimal):
        return found
    raise ValueError(f"{text} is no number that a document can state")


def _members(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        (double, _), *_ = Counter(name for name, _ in pairs).most_common(1)
        raise ValueError(f"an object has the member {quoted(double)} twice")
    return found
