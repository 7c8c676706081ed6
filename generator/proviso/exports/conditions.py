"""Conditions on a reply: what a job's phase is, written as Arazzo writes criteria.

A simple condition follows JSON Pointers. What needs more is a filter of JSONPath (RFC 9535) on the
whole reply: `$[?...]` finds something exactly where its condition holds.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import assert_never

from proviso import ir, reply_paths
from proviso.exports import expressions
from proviso.kind_schemas import Schema

_PLAIN = re.compile(r"\$response\.body(?:#[\w./~-]*)?", re.ASCII)
_SHORT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary."""

    of: Term


@dataclass(frozen=True, slots=True)
class All:
    """Every one of some; true where there is none."""

    of: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of some; false where there is none."""

    of: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Folded:
    """One of some words, in upper or lower case."""

    path: str
    values: tuple[ir.Scalar, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """The HTTP status is one of some."""

    values: tuple[ir.Scalar, ...]


Term = ir.Match | Folded | Status | Not | All | Some


def phase(state: ir.State, phases: tuple[ir.Phase, ...]) -> Schema | None:
    """Write that a reply means one of some phases; None where none does, or where Arazzo cannot say it."""
    term = _phase(state, phases)
    if term is None:
        return None
    texts = {value for value, _ in state.phases if isinstance(value, str)}
    texts |= {value for case in state.cases for one in case.when for value in one.values if isinstance(value, str)}
    # A simple condition takes upper and lower case for the same.
    exact = len({text.casefold() for text in texts}) < len(texts)
    return criterion(term, exact=exact)


def _phase(state: ir.State, phases: tuple[ir.Phase, ...]) -> Term | None:
    other: tuple[Term, ...] = ()
    found: list[Term] = []
    for case in state.cases:
        when = [_folded(one) if state.ignore_case else one for one in case.when]
        if case.means in phases:
            found.append(_both(*when, *other))
        else:
            other = (*other, Not(_both(*when)))
    values = tuple(value for value, means in state.phases if means in phases)
    if values:
        exact = ir.Match(path=state.at, how="is", values=values)
        said = Status(values) if state.at == ir.HTTP_STATUS else _folded(exact) if state.ignore_case else exact
        found.append(_both(said, *other))
    if state.absent in phases:
        found.append(_both(ir.Match(path=state.at, how="absent"), *other))
    return None if not found else found[0] if len(found) == 1 else Some(tuple(found))


def _folded(one: ir.Match) -> Term:
    return Folded(one.path, one.values) if one.how == "is" else one


def criterion(term: Term, *, exact: bool = False) -> Schema | None:
    """Write a condition as a criterion; None where Arazzo has no words for it.

    exact: whether upper and lower case must not be taken for the same.
    """
    if not exact and (plain := simple(term)) is not None:
        return {"condition": plain}
    if (filtered := jsonpath(term)) is not None:
        return {"context": "$response.body", "condition": f"$[?{filtered}]", "type": "jsonpath"}
    return None


def simple(term: Term) -> str | None:
    """Write a condition with runtime expressions; None where one would have to find several values."""
    match term:
        case ir.Match():
            return _simple_match(term)
        case Folded(path=path, values=values):
            return _simple_match(ir.Match(path=path, how="is", values=values))
        case Status(values=values):
            return " || ".join(f"$statusCode == {value}" for value in values)
        case Not(of=inner):
            found = simple(inner)
            return None if found is None else f"!({found})"
        case All(of=parts):
            return _joined([simple(one) for one in parts], " && ")
        case Some(of=parts):
            return _joined([simple(one) for one in parts], " || ")
        case _:
            assert_never(term)


def jsonpath(term: Term) -> str | None:
    """Write a condition as the inside of a filter; None where a path goes on inside a text."""
    match term:
        case ir.Match():
            legs = reply_paths.parse(term.path)
            return None if len(legs) > 1 else _filter_match(term, legs[0])
        case Folded(path=path, values=values):
            legs = reply_paths.parse(path)
            return None if len(legs) > 1 or None in legs[0] else _words("$" + _spelled(legs[0]), values)
        case Status():
            return None
        case Not(of=inner):
            found = jsonpath(inner)
            return None if found is None else f"!({found})"
        case All(of=parts):
            return _joined([jsonpath(one) for one in parts], " && ")
        case Some(of=parts):
            return _joined([jsonpath(one) for one in parts], " || ")
        case _:
            assert_never(term)


def _both(*terms: Term) -> Term:
    return terms[0] if len(terms) == 1 else All(terms)


def _joined(parts: list[str | None], by: str) -> str | None:
    known = [one for one in parts if one is not None]
    if len(known) < len(parts) or not known:
        return None
    return known[0] if len(known) == 1 else by.join(f"({one})" if " " in one else one for one in known)


def _simple_match(one: ir.Match) -> str | None:
    where = expressions.body(one.path)
    # Blanks and operators would end the expression inside a condition.
    if where is None or not _PLAIN.fullmatch(where):
        return None
    match one.how:
        case "is" | "every" | "some":
            return " || ".join(f"{where} == {expressions.literal(value)}" for value in one.values)
        case "given":
            return f"{where} != null"
        case "absent":
            return f"{where} == null"
        case _:
            assert_never(one.how)


def _filter_match(one: ir.Match, steps: tuple[reply_paths.Step, ...]) -> str:
    """Write a match; where a path finds several values, the last `[*]` becomes a filter of its own."""
    plural = None in steps
    last = len(steps) - 1 - steps[::-1].index(None) if plural else 0
    before, item = (
        "$" + _spelled(steps[:last]),
        ("@" + _spelled(steps[last + 1 :]) if plural else "$" + _spelled(steps)),
    )
    values = " || ".join(f"{item} == {_quoted(value)}" for value in one.values)
    given = f"{item} && {item} != null"
    match one.how:
        case "is" | "some":
            return f"{before}[?{values}]" if plural else values
        case "every":
            return f"{before}[?{item}] && !{before}[?{item} && !({values})]" if plural else values
        case "given":
            return f"{before}[?{given}]" if plural else given
        case "absent":
            return f"!{before}[?{given}]" if plural else f"!({given})"
        case _:
            assert_never(one.how)


def _words(item: str, values: tuple[ir.Scalar, ...]) -> str:
    """Write that a text is one of some words; a regular expression (RFC 9485) takes both cases."""
    parts = []
    for value in values:
        if isinstance(value, str) and value.upper() != value.lower():
            parts.append(f"match({item}, {_quoted(''.join(map(_either, value)))})")
        else:
            parts.append(f"{item} == {_quoted(value)}")
    return " || ".join(parts)


def _either(letter: str) -> str:
    low, up = letter.lower(), letter.upper()
    if low != up and len(low) == len(up) == 1:
        return f"[{up}{low}]"
    return f"\\{letter}" if letter in "()*+-.?[\\]^{|}" else letter


def _spelled(steps: tuple[reply_paths.Step, ...]) -> str:
    return "".join(map(_step, steps))


def _step(step: reply_paths.Step) -> str:
    match step:
        case None:
            return "[*]"
        case int():
            return f"[{step}]"
        case _:
            return f".{step}" if _SHORT.fullmatch(step) else f"[{_quoted(step)}]"


def _quoted(value: ir.Scalar) -> str:
    if not isinstance(value, str):
        return expressions.literal(value)
    # JSON and JSONPath escape alike, but for the quotes around a text.
    return "'" + json.dumps(value)[1:-1].replace('\\"', '"').replace("'", "\\'") + "'"
