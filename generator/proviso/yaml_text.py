"""Specs written as YAML, the way a person lays them out: data and remarks in, text out that is read back as the same data.

A writer of our own, since the library's knows no comments, reads `16:9` as a number and cannot keep the cents of 0.0320.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from proviso import scalars

Tree: TypeAlias = "Block | Mapping[str, Tree] | Sequence[Tree] | str | int | Decimal | bool | None"

_WIDEST = 110
# Brackets in brackets in brackets are only read when they are short.
_WIDEST_NESTED = 60
_FLAT = 2
# What means the same to every parser without quotes, inside brackets or not.
_PLAIN = re.compile(r"[A-Za-z0-9_$/(.][^\x00-\x1f\x7f-\uffff\U00010000-\U0010ffff,\[\]{}\"'`#&*!|>%@?\\]*")
# Outside of brackets a reply path keeps its own.
_PLAIN_PATH = re.compile(r"\$(?:[A-Za-z0-9_.\[\]*])*")
_NEVER = re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}


@dataclass(slots=True)
class Block:
    """A mapping whose members may have remarks, lines of comment that stand above them."""

    members: dict[str, Tree] = field(default_factory=dict)
    remarks: dict[str | None, list[str]] = field(default_factory=dict)

    def put(self, key: str, value: Tree, *remarks: str) -> None:
        """Add a member.

        Args:
            key: its name.
            value: what it holds.
            remarks: lines of comment above it.
        """
        self.members[key] = value
        if remarks:
            self.remarks.setdefault(key, []).extend(remarks)

    def remark(self, *lines: str) -> None:
        """Add lines of comment below the last member."""
        self.remarks.setdefault(None, []).extend(lines)


def dumped(page: Block, *, header: str) -> str:
    """Write a file.

    Args:
        page: what it holds.
        header: the comment in its first line.
    """
    lines = [f"# {header}"]
    stands_apart = False
    for key, value in page.members.items():
        written = [*_member(key, value, 0)]
        # A section of several lines stands apart from its neighbours.
        if (len(written) > 1 or stands_apart) and len(lines) > 1:
            lines.append("")
        stands_apart = len(written) > 1
        lines.extend((*_remarks(page, key, 0), *written))
    lines.extend(_remarks(page, None, 0))
    return "\n".join(lines) + "\n"


def plain(tree: Tree) -> object:
    """Give the data of a tree, without its remarks."""
    match tree:
        case Block():
            return {key: plain(value) for key, value in tree.members.items()}
        case Mapping():
            return {key: plain(value) for key, value in tree.items()}
        case str() | int() | Decimal() | None:
            return tree
        case _:
            return [plain(item) for item in tree]


def member(key: str, value: Tree) -> list[str]:
    """Write a member of a mapping as lines.

    Args:
        key: its name.
        value: what it holds.
    """
    return [line.removeprefix("  ") for line in _member(key, value, 1)]


def item(value: Tree) -> list[str]:
    """Write an item of a list as lines."""
    return [line.removeprefix("  ") for line in _item(value, 1)]


def inline(value: Tree, *, inside: bool) -> str:
    """Write a value on one line.

    Args:
        value: what it is, without remarks.
        inside: whether it comes to stand inside of brackets.
    """
    return _flow(value, inside=inside)


def quoted(text: str) -> str:
    """Write a text in double quotes."""
    return _quoted(text)


def _member(key: str, value: Tree, depth: int) -> Iterator[str]:
    prefix = f"{'  ' * depth}{_text(key, inside=False)}:"
    if _fits(value, len(prefix) + 1, top=depth == 0):
        yield f"{prefix} {_flow(value, inside=False)}"
    else:
        yield prefix
        yield from _lines(value, depth + 1)


def _lines(value: Tree, depth: int) -> Iterator[str]:
    match value:
        case Block(members=members) | (Mapping() as members):
            for key, member in members.items():
                yield from _remarks(value, key, depth)
                yield from _member(key, member, depth)
            yield from _remarks(value, None, depth)
        case _:
            for item in _inside(value):
                yield from _item(item, depth)


def _item(item: Tree, depth: int) -> Iterator[str]:
    indent = "  " * depth
    if _fits(item, len(indent) + 2):
        yield f"{indent}- {_flow(item, inside=False)}"
        return
    first, *rest = _lines(item, depth + 1)
    yield f"{indent}- {first.removeprefix(indent + '  ')}"
    yield from rest


def _remarks(value: Tree, key: str | None, depth: int) -> Iterator[str]:
    if isinstance(value, Block):
        for line in value.remarks.get(key, ()):
            yield f"{'  ' * depth}# {_NEVER.sub(_escape, line)}"


def _fits(value: Tree, column: int, *, top: bool = False) -> bool:
    """Tell whether a value stands on the line of its key."""
    height = _height(value)
    if height == 0:
        return True
    if _has_remarks(value) or (top and height > 1) or _is_table(value):
        return False
    widest = _WIDEST if height <= _FLAT else _WIDEST_NESTED
    return column + len(_flow(value, inside=False)) <= widest


def _is_table(value: Tree) -> bool:
    """Tell whether a mapping has rows: two members or more, each of which is a mapping."""
    inside = _inside(value)
    rows = [one for one in inside if isinstance(one, Block | Mapping) and one]
    return isinstance(value, Block | Mapping) and len(rows) == len(inside) > 1


def _inside(value: Tree) -> list[Tree]:
    match value:
        case Block(members=members) | (Mapping() as members):
            return list(members.values())
        case str() | int() | Decimal() | None:
            return []
        case _:
            return list(value)


def _height(value: Tree) -> int:
    inside = _inside(value)
    return 1 + max(map(_height, inside)) if inside else 0


def _has_remarks(value: Tree) -> bool:
    return (isinstance(value, Block) and bool(value.remarks)) or any(map(_has_remarks, _inside(value)))


def _flow(value: Tree, *, inside: bool = True) -> str:
    match value:
        case Block(members=members) | (Mapping() as members):
            return "{" + ", ".join(f"{_text(key)}: {_flow(member)}" for key, member in members.items()) + "}"
        case str():
            return _text(value, inside=inside) if _stays_text(value) else _quoted(value)
        case bool():
            return "true" if value else "false"
        case None:
            return "null"
        case int() | Decimal():
            return str(value)
        case _:
            return "[" + ", ".join(map(_flow, value)) + "]"


def _stays_text(text: str) -> bool:
    try:
        return scalars.plain(text) == text
    except ValueError:
        return False


def _text(text: str, *, inside: bool = True) -> str:
    fits = _PLAIN.fullmatch(text) or (not inside and _PLAIN_PATH.fullmatch(text))
    if fits and ": " not in text and not text.endswith((":", " ")):
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _NEVER.sub(_escape, escaped) + '"'


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    code = ord(character)
    return _SHORT.get(character) or (f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}")
