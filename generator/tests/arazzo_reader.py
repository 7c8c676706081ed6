"""What a tool does with a step of a workflow: written from the Arazzo specification, apart from what exports it.

Strings are compared as Arazzo says, upper and lower case alike. A runtime expression that finds
nothing is null.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import jsonpath_rfc9535

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>'(?:[^']|'')*')
      | (?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
      | (?P<word>true|false|null)\b
      | (?P<expression>\$[^\s()!=<>&|]+)
      | (?P<operator>==|!=|<=|>=|<|>|&&|\|\||!|\(|\)))""",
    re.VERBOSE,
)


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A reply as expressions see it, with what came before it."""

    status: int
    body: Any
    inputs: Mapping[str, Any] = field(default_factory=dict[str, Any])
    outputs: Mapping[str, Any] = field(default_factory=dict[str, Any])


def outcome(step: Mapping[str, Any], seen: Seen) -> Mapping[str, Any]:
    """Say which action follows a reply; `{"type": "next"}` where none is named, `{"type": "break"}` after a failure."""
    good = all(_holds(one, seen) for one in step.get("successCriteria", ()))
    for action in step.get("onSuccess" if good else "onFailure", ()):
        if all(_holds(one, seen) for one in action.get("criteria", ())):
            chosen: Mapping[str, Any] = action
            return chosen
    return {"type": "next" if good else "break"}


def evaluate(expression: str, seen: Seen) -> Any:
    """Find the value of a runtime expression; None where there is none."""
    if expression == "$statusCode":
        return seen.status
    head, hash_, pointer = expression.partition("#")
    if head == "$response.body":
        return _pointed(seen.body, pointer) if hash_ else seen.body
    if head.startswith("$inputs."):
        return _named(seen.inputs, head.removeprefix("$inputs.").split("."))
    if head.startswith("$steps."):
        return _named(seen.outputs, head.removeprefix("$steps.").split("."))
    raise ValueError(expression)


def _holds(criterion: Mapping[str, Any], seen: Seen) -> bool:
    if criterion.get("type") == "jsonpath":
        return bool(_query(criterion["condition"]).find(evaluate(criterion["context"], seen)))
    assert "type" not in criterion
    found, rest = _or(_tokens(criterion["condition"]), seen)
    assert not rest, criterion
    return found is True


@cache
def _query(condition: str) -> jsonpath_rfc9535.JSONPathQuery:
    return jsonpath_rfc9535.compile(condition)


def _tokens(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        assert token is not None, text[at:]
        assert token.lastgroup is not None
        found.append((token.lastgroup, token[token.lastgroup]))
        at = token.end()
    return found


Rest = list[tuple[str, str]]


def _or(tokens: Rest, seen: Seen) -> tuple[Any, Rest]:
    value, tokens = _and(tokens, seen)
    while tokens[:1] == [("operator", "||")]:
        other, tokens = _and(tokens[1:], seen)
        value = bool(value) or bool(other)
    return value, tokens


def _and(tokens: Rest, seen: Seen) -> tuple[Any, Rest]:
    value, tokens = _comparison(tokens, seen)
    while tokens[:1] == [("operator", "&&")]:
        other, tokens = _comparison(tokens[1:], seen)
        value = bool(value) and bool(other)
    return value, tokens


def _comparison(tokens: Rest, seen: Seen) -> tuple[Any, Rest]:
    value, tokens = _operand(tokens, seen)
    if tokens and tokens[0][1] in ("==", "!=", "<", "<=", ">", ">="):
        operator = tokens[0][1]
        other, tokens = _operand(tokens[1:], seen)
        return _compared(operator, value, other), tokens
    return value, tokens


def _operand(tokens: Rest, seen: Seen) -> tuple[Any, Rest]:
    (kind, text), *rest = tokens
    match kind:
        case "text":
            return text[1:-1].replace("''", "'"), rest
        case "number":
            return float(text), rest
        case "word":
            return {"true": True, "false": False, "null": None}[text], rest
        case "expression":
            return evaluate(text, seen), rest
        case _ if text == "!":
            value, rest = _operand(rest, seen)
            return not value, rest
        case _:
            assert text == "("
            value, rest = _or(rest, seen)
            assert rest[0] == ("operator", ")")
            return value, rest[1:]


def _compared(operator: str, one: Any, other: Any) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        one, other = one.casefold(), other.casefold()
    alike = isinstance(one, bool) == isinstance(other, bool)
    match operator:
        case "==":
            return alike and bool(one == other)
        case "!=":
            return not (alike and one == other)
        case _ if not _is_number(one) or not _is_number(other):
            return False
        case "<":
            return bool(one < other)
        case "<=":
            return bool(one <= other)
        case ">":
            return bool(one > other)
        case _:
            return bool(one >= other)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _pointed(document: Any, pointer: str) -> Any:
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        match document:
            case list() if name.isdigit() and int(name) < len(document):
                document = document[int(name)]
            case dict() if name in document:
                document = document[name]
            case _:
                return None
    return document


def _named(document: Any, names: list[str]) -> Any:
    for name in names:
        if not isinstance(document, Mapping) or name not in document:
            return None
        document = document[name]
    return document
