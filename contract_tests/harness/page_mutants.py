"""Captured pages with one fact changed: another number, an option more or fewer, another name, a row that is gone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from proviso.document import Steps
from proviso.evidence.checking import Verdict

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_ITEM = re.compile(r"[^\s,;|\"'`\u201c\u201d\u2018\u2019]+")
_TAG = re.compile(r"<[^<>]*>")
_OTHER_TYPES = {"string": "boolean", "str": "boolean", "enum:str": "boolean", "boolean": "string", "bool": "string"}
_OTHER_WORDS = {
    "required": "optional",
    "optional": "required",
    "true": "false",
    "false": "true",
    "yes": "no",
    "no": "yes",
    "1": "0",
    "0": "1",
    "*": " ",
    "": " *",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A page with one change. start, end: what was changed of the page as it was; new: words that a report must show."""

    what: str
    text: str
    start: int
    end: int
    new: str


def mutants(verdict: Verdict) -> Iterator[Mutant]:
    """Yield pages on which one fact is another, at each of the places that state it."""
    captured = verdict.page.captured
    if verdict.kind == "words":
        # Words that stand in several places are gone only when they are gone from all of them.
        text = captured
        words = captured[slice(*verdict.said[0].span)]
        other = "\u20ac" if words == "$" else "Replaced" if words[0].isupper() else "replaced"
        for said in sorted(verdict.said, key=lambda one: -one.span[0]):
            text = text[: said.span[0]] + other + text[said.span[1] :]
        start, end = verdict.said[0].span[0], verdict.said[-1].span[1]
        yield Mutant(what=f"{verdict.name}: other words", text=text, start=start, end=end, new=other)
        return
    for said in verdict.said:
        start, end = said.span
        if captured[start - 1] == captured[end : end + 1] == '"' and verdict.kind == "sample":
            start, end = start - 1, end + 1
        raw = captured[start:end]
        for what, other, new in _others(verdict, raw):
            text = captured[:start] + other + captured[end:]
            yield Mutant(what=f"{verdict.name}: {what}", text=text, start=start, end=end, new=new)


def _others(verdict: Verdict, raw: str) -> Iterator[tuple[str, str, str]]:
    """Yield what is done to a value, the words that then stand in its place, and what a report must show of them."""
    match verdict.kind:
        case "number" | "money" | "size" | "ratio" | "status" | "duration" | "durations" | "range":
            yield "another number", *_renumbered(raw)
        case "boolean" | "presence" | "star":
            yield "the other", _OTHER_WORDS[raw.strip().lower()], ""
        case "type" | "sample":
            yield "another type", *_retyped(verdict.kind, raw)
        case "list" | "quotes":
            yield from _relisted(raw)
        case "json" | "place" | "layout":
            yield from _reworded_json(verdict, raw)
        case "call":
            last = list(re.finditer(r"/[a-zA-Z]+", raw))[-1].end()
            yield "another path", raw[:last] + "zz" + raw[last:], "zz"
        case "address":
            yield "another host", raw.replace("://", "://www2."), "www2."
        case "member":
            yield "another name", *(("418", "418") if re.fullmatch(r"\d{3}", raw) else _renamed(raw))
        case _:
            yield "another word", *_renamed(raw)


def _renumbered(raw: str) -> tuple[str, str]:
    found = list(_NUMBER.finditer(raw))[-1]
    digit = found.start() + (len(found[0]) - 1 if "." in found[0] else 0)
    other = raw[:digit] + str(int(raw[digit]) % 9 + 1) + raw[digit + 1 :]
    return other, _NUMBER.findall(other)[-1]


def _retyped(kind: str, raw: str) -> tuple[str, str]:
    if kind == "type":
        other = _OTHER_TYPES.get(raw.lower(), "string")
        return other, other
    return ("7", "integer") if raw.startswith('"') else ('"seven"', "string")


def _relisted(raw: str) -> Iterator[tuple[str, str, str]]:
    items = [found.span() for found in _ITEM.finditer(_TAG.sub(lambda tag: " " * len(tag[0]), raw))]
    start, end = items[-1]
    named = _renamed(raw[start:end])
    yield "another option", raw[:start] + named[0] + raw[end:], named[1]
    if len(items) > 1:
        before = items[-2]
        yield "an option more", raw[:end] + raw[before[1] : start] + "zz9" + raw[end:], "zz9"
        yield "an option fewer", raw[: before[1]] + raw[end:], raw[slice(*before)]


def _renamed(raw: str) -> tuple[str, str]:
    if _NUMBER.fullmatch(raw) or re.fullmatch(r"\d+[:x*X]\d+", raw):
        return _renumbered(raw)
    return raw + "zz", raw + "zz"


def _reworded_json(verdict: Verdict, raw: str) -> Iterator[tuple[str, str, str]]:
    name = re.findall(r"[A-Za-z_]\w*", str(verdict.old))
    if verdict.kind == "place":
        member = name[-1]
        yield "another member", re.sub(rf'\b{member}(?=\\?"|</span>|&quot;)', f"{member}zz", raw), "zz"
        return
    first = re.search(r'"(\w+)"\s*:', raw)
    assert first is not None
    yield "another member", raw[: first.end(1)] + "zz" + raw[first.end(1) :], "zz"
    number = re.search(r":\s*(\d+)", raw)
    if verdict.kind == "json" and number is not None:
        other = str(int(number[1]) + 1)
        yield "another value", raw[: number.start(1)] + other + raw[number.end(1) :], other


def removed(verdicts: tuple[Verdict, ...]) -> Iterator[tuple[Verdict, Mutant]]:
    """Yield pages on which one member of a list is gone: what stands from its name to that of the next."""
    members = sorted((one for one in verdicts if one.kind == "member"), key=lambda one: one.said[0].span)
    for one, behind in pairwise(members):
        if one.steps[:-1] == behind.steps[:-1]:
            captured, start, end = one.page.captured, one.said[0].span[0], behind.said[0].span[0]
            yield (
                one,
                Mutant(what=f"{one.name}: gone", text=captured[:start] + captured[end:], start=start, end=end, new=""),
            )


def overlapping(verdicts: tuple[Verdict, ...], mutant: Mutant) -> set[tuple[str, Steps]]:
    """Give the facts that what was changed is stated for; no other may be reported."""
    return {
        (one.document.path, one.steps)
        for one in verdicts
        if any(
            (said.span[0] < mutant.end and mutant.start < said.span[1]) or said.span == (mutant.start, mutant.end)
            for said in one.said
        )
    }
