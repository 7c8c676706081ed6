"""Reads the text of a pattern, or says what is none in it and what would be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NoReturn

from proviso.patterns import (
    CONTROLS,
    SYNTAX,
    Chain,
    Characters,
    Group,
    Part,
    Pattern,
    PatternError,
    Ranges,
    Repeat,
    may_be_empty,
    others,
)

MOST_CHARACTERS = 300
DEEPEST = 5
MOST_REPEATED = 1000
"""The greatest number in braces."""

_COUNT = re.compile(r"\{([0-9]{1,4})(?:(,)([0-9]{1,4})?)?\}", re.ASCII)
_CODE = re.compile("[0-9A-Fa-f]{4}", re.ASCII)
_BREAKS: Ranges = ((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029))
_SHORT: dict[str, Ranges] = {"d": ((48, 57),), "w": ((48, 57), (65, 90), (95, 95), (97, 122))}


def parse(text: str) -> Pattern:
    """Parse a pattern such as `^[a-z]{2}-[0-9]+$`; raise PatternError where it is none of this language."""
    if len(text) > MOST_CHARACTERS:
        raise PatternError(f"a pattern has at most {MOST_CHARACTERS} characters", 0)
    return _Parser(text).pattern()


class _Parser:
    """A recursive-descent parser over the characters of one pattern."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0

    def pattern(self) -> Pattern:
        from_start = self._takes("^")
        arms = self._arms()
        to_end = self._takes("$")
        if self._at < len(self._text):
            self._fail(_why_not(self._text[self._at]))
        if len(arms) > 1:
            self._fail("alternatives stand in parentheses, as in ^(a|b)$", 0)
        if not arms[0]:
            self._fail("an empty pattern says nothing", 0)
        if to_end and not from_start:
            self._fail("a pattern that ends with $ begins with ^", 0)
        if to_end and any(low <= ord("\n") <= high for one in _characters(arms[0]) for low, high in one.ranges):
            self._fail("a pattern that ends with $ lets no line break pass", 0)
        return Pattern(arms[0], from_start, to_end)

    def _arms(self) -> tuple[Chain, ...]:
        arms = [self._parts()]
        while self._takes("|"):
            arms.append(self._parts())
        return tuple(arms)

    def _parts(self) -> Chain:
        parts: list[Part] = []
        while (found := self._peek()) and found not in "|)$":
            parts.append(self._repeated())
        return tuple(parts)

    def _repeated(self) -> Part:
        offset = self._at
        of = self._atom()
        counts = self._counts()
        if counts is None:
            return of
        if self._counts() is not None or self._peek() in ("?", "+"):
            self._fail("a repetition is followed by what comes next, not by another sign")
        least, most = counts
        if most is not None and most < least:
            self._fail(f"{least} to {most} is no range", offset)
        if isinstance(of, Group) and any(may_be_empty(arm) for arm in of.arms):
            self._fail("what repeats may not be empty", offset)
        return Repeat(of, least, most, offset)

    def _counts(self) -> tuple[int, int | None] | None:
        for sign, counts in (("?", (0, 1)), ("*", (0, None)), ("+", (1, None))):
            if self._takes(sign):
                return counts
        found = _COUNT.match(self._text, self._at)
        if found is None:
            return None
        self._at = found.end()
        least, comma, most = found.groups()
        if max(int(least), int(most or 0)) > MOST_REPEATED:
            self._fail(f"a part is repeated at most {MOST_REPEATED} times", found.start())
        return int(least), int(most) if most else None if comma else int(least)

    def _atom(self) -> Characters | Group:
        offset, found = self._at, self._take()
        match found:
            case "(":
                return self._group(offset)
            case "[":
                return Characters(self._class(offset))
            case "\\":
                return Characters(self._escaped(SYNTAX))
            case ".":
                return Characters(others(_BREAKS))
            case _ if found in SYNTAX and found != "/":
                self._fail(_why_not(found), offset)
            case _:
                pass
        return Characters(((ord(found), ord(found)),))

    def _group(self, offset: int) -> Group:
        self._depth += 1
        if self._depth > DEEPEST:
            self._fail(f"groups nest at most {DEEPEST} levels", offset)
        if self._peek() == "?":
            if self._text[self._at : self._at + 2] != "?:":
                self._fail(
                    "a group begins with ( or (?: here; nothing looks ahead or behind, and none is named", offset
                )
            self._at += 2
        arms = self._arms()
        if not self._takes(")"):
            self._fail("this group has no end" if self._at == len(self._text) else _why_not(self._text[self._at]))
        self._depth -= 1
        return Group(arms)

    def _class(self, offset: int) -> Ranges:
        negated = self._takes("^")
        found: list[tuple[int, int]] = []
        while not self._takes("]"):
            if self._at >= len(self._text):
                self._fail("this class has no end", offset)
            low = self._member()
            dash = self._text[self._at : self._at + 1] == "-" and self._text[self._at + 1 : self._at + 2] != "]"
            if not dash:
                found.extend(low)
                continue
            self._at += 1
            high = self._member()
            single = all(len(end) == 1 and end[0][0] == end[0][1] for end in (low, high))
            if not single or low[0][0] > high[0][0]:
                self._fail("a range goes from one character up to another, as in [a-z]")
            found.append((low[0][0], high[0][1]))
        if not found:
            self._fail("a class names at least one character", offset)
        ranges = _merged(found)
        if negated and not all(any(low <= one <= high for low, high in ranges) for one in (0x0A, 0x0D)):
            self._fail("a class of what must not stand there would let line breaks pass; add \\n\\r to it", offset)
        return others(ranges) if negated else ranges

    def _member(self) -> Ranges:
        found = self._take()
        if found == "\\":
            return self._escaped(SYNTAX | {"-"})
        if found == "[":
            self._fail("inside a class this bracket is written \\[", self._at - 1)
        return ((ord(found), ord(found)),)

    def _escaped(self, special: frozenset[str]) -> Ranges:
        found = self._take()
        if found in _SHORT:
            return _SHORT[found]
        if found in CONTROLS:
            found = CONTROLS[found]
        elif found == "u" and (code := _CODE.match(self._text, self._at)) is not None:
            self._at = code.end()
            found = chr(int(code[0], 16))
            if "\ud800" <= found <= "\udfff":
                self._fail("half a surrogate pair stands in no text", code.start() - 2)
        elif found not in special:
            told = "\\d, \\w, \\n, \\r, \\t, \\u2028 and signs such as \\."
            self._fail(f"\\{found} is not read alike everywhere; there are {told}", self._at - 2)
        return ((ord(found), ord(found)),)

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _takes(self, wanted: str) -> bool:
        taken = self._peek() == wanted
        self._at += taken
        return taken

    def _take(self) -> str:
        found = self._peek()
        if not found:
            self._fail("the pattern ends too early")
        self._at += 1
        return found

    def _fail(self, message: str, offset: int | None = None) -> NoReturn:
        raise PatternError(message, self._at if offset is None else offset)


def _merged(ranges: list[tuple[int, int]]) -> Ranges:
    found: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return tuple(found)


def _characters(parts: Chain) -> Iterator[Characters]:
    for part in parts:
        inner = part.of if isinstance(part, Repeat) else part
        if isinstance(inner, Characters):
            yield inner
        else:
            for arm in inner.arms:
                yield from _characters(arm)


def _why_not(found: str) -> str:
    match found:
        case "^":
            return "^ stands at the beginning only"
        case "$":
            return "$ stands at the end only"
        case ")" | "]" | "}":
            return f"{found} closes nothing here; write \\{found} for the sign itself"
        case "{":
            return "braces hold a number or two, as in {2} and {2,4}; write \\{ for the sign itself"
        case _:
            return f"{found} repeats nothing here; write \\{found} for the sign itself"
