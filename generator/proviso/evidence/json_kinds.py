"""Kinds of values that stand on a page as JSON: whole bodies, the members that paths lead to, the layout of a body."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from decimal import Decimal

from proviso import reply_paths
from proviso.evidence.pages import Page
from proviso.evidence.scanning import Around, Ask, Found, Kind
from proviso.evidence.values import same, shown

_LONGEST = 50_000
_COST = 500
"""How many steps of matching a text that is no JSON counts for."""
_DECODER = json.JSONDecoder(parse_float=Decimal, strict=False)
_OF_PYTHON = re.compile(r"\b(True|False|None)\b(?=\s*[,\]}])")
_IN_JSON = {"True": "true", "False": "false", "None": "null"}
_TRAILING = re.compile(r",(?=\s*[\]}])")
_CAPTION = re.compile(r"[A-Za-z]{1,24}(?=[{\[])")
"""What a button or the name of a language leaves before a block of code."""
_QUOTES = re.compile(r"[\u201c-\u201e]")
_BLANKS = re.compile(r"[\u00a0\u2000-\u200a\u202f]")
_PATH = re.compile(r"\{[^{}]*\}")


def _json(page: Page, at: int, _: int, __: Ask) -> Iterator[Found]:
    if (caption := _CAPTION.match(page.text, at)) is not None:
        at = caption.end()
    begin = page.plain_at(at)
    if page.text[at : at + 1] not in ("{", "["):
        return
    if (found := _read(page, page.plain.text[begin : begin + _LONGEST])) is not None:
        yield found[0], page.stream_at(begin + found[1])


def _read(page: Page, text: str) -> tuple[object, int] | None:
    found = _decoded(text)
    if found is None:
        page.work -= _COST
        found = _decoded(_of_programs(text))
    return found


def _decoded(text: str) -> tuple[object, int] | None:
    try:
        return _DECODER.raw_decode(text)
    except (ValueError, RecursionError):
        return None


def _of_programs(text: str) -> str:
    """Write what stands in a program in Python or JavaScript, or as a book is set, as JSON of the same length."""
    text = _BLANKS.sub(" ", _QUOTES.sub('"', text))
    text = _OF_PYTHON.sub(lambda found: _IN_JSON[found[1]].ljust(len(found[1])), text)
    return _TRAILING.sub(" ", text)


def differences(
    found: object, expected: object, around: Around, path: str = "$"
) -> Iterator[tuple[str, object, object]]:
    """Yield where two bodies differ: the path, what the spec has, and what the page has.

    Args:
        found: the body on the page.
        expected: the body in the spec.
        around: which texts are written anew, and which are blanked.
        path: where both stand.
    """
    if path in around.blanked:
        return
    match found, expected:
        case dict(), dict():
            for key in {**expected, **found}:
                if key in around.free_texts and key in found and key in expected:
                    continue
                yield from differences(found.get(key), expected.get(key), around, f"{path}.{key}")
        case list(), list() if len(found) == len(expected):
            for index, (one, other) in enumerate(zip(found, expected, strict=True)):
                yield from differences(one, other, around, f"{path}[{index}]")
        case str(), str() if shown(found) == shown(expected):
            pass
        case _ if type(found) is type(expected) and found == expected:
            pass
        case _ if same(found, expected) and not isinstance(found, str | bool) and not isinstance(expected, str | bool):
            pass
        case _:
            yield path, expected, found


def _is_body(found: object, expected: object, around: Around) -> bool:
    return next(differences(found, expected, around), None) is None


def _told_body(found: object, expected: object, around: Around) -> str:
    return "; ".join(f"{path}: {shown(new)}" for path, _, new in differences(found, expected, around))


def _has_places(found: object, expected: object, _: Around) -> bool:
    paths = expected if isinstance(expected, list) else [expected]
    return all(reply_paths.find(str(path), found) for path in paths)


def _told_places(found: object, *_: object) -> str:
    return ", ".join(_leaves(found, "$")) or "nothing"


def _leaves(value: object, path: str) -> Iterator[str]:
    match value:
        case dict() if value:
            for key, member in value.items():
                yield from _leaves(member, f"{path}.{key}")
        case list() if value:
            yield from _leaves(value[0], f"{path}[*]")
        case str() if value[:1] in ("{", "["):
            try:
                yield from (f"{path} | json | {leaf}" for leaf in _leaves(json.loads(value), "$"))
            except (ValueError, RecursionError):
                yield path
        case _:
            yield path


def _strangers(found: object, layout: object, around: Around, path: str = "$") -> Iterator[str]:
    """Yield the members of a documented body that a layout has no place for."""
    match layout, found:
        case "{*}", dict():
            yield from (f"{path}.{name}" for name in found if name not in around.names)
        case dict(), dict():
            for key, member in found.items():
                if key in layout:
                    yield from _strangers(member, layout[key], around, f"{path}.{key}")
                elif "*" not in layout or key not in around.names:
                    yield f"{path}.{key}"
        case str(), _ if not _PATH.search(layout) and layout != found:
            yield path
        case _:
            pass


def _sample(page: Page, at: int, _: int, __: Ask) -> Iterator[Found]:
    begin = page.plain_at(at)
    begin -= page.is_break(at) and page.plain.text[begin - 1 : begin] in ('"', "\u201c")
    if (found := _read(page, page.plain.text[begin : begin + _LONGEST])) is not None:
        yield _TYPES[type(found[0])], page.stream_at(begin + found[1])


_TYPES: dict[type, str] = {
    str: "string",
    bool: "boolean",
    int: "integer",
    Decimal: "number",
    list: "array",
    dict: "object",
    type(None): "null",
}


def _fits_type(found: object, expected: object, _: Around) -> bool:
    return found == expected or (found, expected) == ("integer", "number")


KINDS = {
    "sample": Kind(scan=_sample, judge=_fits_type),
    "json": Kind(scan=_json, judge=_is_body, told=_told_body),
    "place": Kind(scan=_json, judge=_has_places, told=_told_places),
    "layout": Kind(
        scan=_json,
        judge=lambda found, layout, around: next(_strangers(found, layout, around), None) is None,
        told=lambda found, layout, around: ", ".join(_strangers(found, layout, around)),
    ),
}
