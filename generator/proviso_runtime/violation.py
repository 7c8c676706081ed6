"""Violations, and the small questions that generated checks ask about a value.

This module is on the path of every pre-flight check, so it imports nothing: the
sentences of the messages are fetched from `wording` when one is read.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, Literal

    Severity = Literal["error", "advice"]
    Sentence = Callable[[str, object, object], str]
    Find = Callable[[dict[str, object]], list["Violation"]]

# Type checkers narrow by `dict` and `list` to members of unknown types, and not by these names.
_OBJECT: type[Any] = dict
_ARRAY: type[Any] = list
# The function that words a violation, once somebody has read a message.
_FETCHED: list[Sentence] = []


class Violation:
    """One breach of a documented limit.

    at: JSON Pointer to the member, in the flat params or in a wire body.
    rule: the JSON Schema keyword that is broken, or the rule's name in the spec language.
    severity: "error" refuses the request, "advice" does not.
    value, limit: what was found and what is allowed; the message is made of them.
    """

    __slots__ = ("_limit", "_value", "at", "rule", "severity")

    def __init__(self, at: str, rule: str, value: object, limit: object, severity: Severity = "error") -> None:
        """Keep the facts; no sentence is made before somebody reads it."""
        self.at = at
        self.rule = rule
        self.severity: Severity = severity
        self._value = value
        self._limit = limit

    @property
    def message(self) -> str:
        """Say what is wrong and what is allowed, with the nearest allowed value where there is one."""
        sentence = _FETCHED[0] if _FETCHED else _fetch()
        return sentence(self.rule, self._value, self._limit)

    def moved(self, at: str) -> Violation:
        """Give the same violation at another place."""
        return Violation(at, self.rule, self._value, self._limit, self.severity)

    def __eq__(self, other: object) -> bool:
        """Compare place, rule, severity and message."""
        if not isinstance(other, Violation):
            return NotImplemented
        return self._key() == other._key()

    def __hash__(self) -> int:
        """Hash what `==` compares."""
        return hash(self._key())

    def __str__(self) -> str:
        """Show the place and the message on one line."""
        advice = ", advice" if self.severity == "advice" else ""
        return f"{self.at or '(the request)'}: {self.message} [{self.rule}{advice}]"

    def __repr__(self) -> str:
        """Show place, rule and message; never the text of a prompt."""
        advice = ", severity='advice'" if self.severity == "advice" else ""
        return f"Violation(at={self.at!r}, rule={self.rule!r}, message={self.message!r}{advice})"

    def _key(self) -> tuple[str, str, str, str]:
        return self.at, self.rule, self.severity, self.message


class Terms:
    """What a rule between parameters allows, when it holds, and why, where it is only advice.

    allowed: what the rule's sentence is made of; when: conditions in words.
    """

    __slots__ = ("allowed", "when", "why")

    def __init__(self, allowed: object = None, *, when: str = "", why: str = "") -> None:
        """Keep the facts for the message."""
        self.allowed = allowed
        self.when = when
        self.why = why


def _fetch() -> Sentence:
    from proviso_runtime import wording

    _FETCHED.append(wording.sentence)
    return wording.sentence


def checker(find: Find) -> Callable[[object], tuple[Violation, ...]]:
    """Make the `violations` of a model from the function that looks at the members of its params."""

    def violations(params: Any, /) -> tuple[Violation, ...]:
        """Find every violation in params; () when there is none. Never raises, whatever it is given."""
        try:
            given: dict[str, object] | None = params if type(params) is _OBJECT else members(params)
            if given is None:
                return (wrong_type("", params, "object"),)
            return tuple(found) if (found := find(given)) else ()
        except Exception:
            # Of all that is asked, only a name that is no plain string has an answer of its own.
            return (Violation("", "propertyNames", None, None),)

    return violations


def members(value: Any) -> dict[str, object] | None:
    """Give the members of an object, or None when it is none.

    A subclass of dict is copied with dict's own methods, since its own may raise.
    """
    if type(value) is _OBJECT:
        given: dict[str, object] = value
        return given
    return dict(dict[str, object].items(value)) if isinstance(value, _OBJECT) else None


def items(value: Any) -> list[object] | None:
    """Give the items of an array, or None when it is none."""
    if type(value) is _ARRAY:
        given: list[object] = value
        return given
    return None


def is_broken(text: str) -> bool:
    """Tell whether a text holds a lone surrogate, which UTF-8 cannot carry."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def whole(value: object) -> int | None:
    """Give a JSON integer as int (2.0 is one, True is none), or None."""
    if type(value) is int:
        return value
    return int(value) if type(value) is float and value.is_integer() else None


def number(value: object) -> float | None:
    """Give a JSON number (neither a boolean, nor NaN or an infinity), or None."""
    if type(value) is int:
        return value
    return value if type(value) is float and value - value == 0 else None


def repeated(values: list[object]) -> int | None:
    """Find the index of the first item that equals an earlier one, or None."""
    seen: set[tuple[bool, object]] = set()
    for index, value in enumerate(values):
        if value is not None and not isinstance(value, str | int | float):
            continue
        key = (isinstance(value, bool), value)
        if key in seen:
            return index
        seen.add(key)
    return None


def advice(at: str, rule: str, value: object, limit: object, because: str) -> Violation:
    """Report what breaks a limit that the documents recommend and do not enforce; the request passes."""
    return Violation(at, rule, value, Terms(limit, why=because), "advice")


def missing(at: str) -> Violation:
    """Report a required member that is not there."""
    return Violation(at, "required", None, None)


def wrong_type(at: str, value: object, expected: str) -> Violation:
    """Report a value of another JSON type than the one expected."""
    return Violation(at, "type", value, expected)


def unknown(
    given: dict[str, object], known: frozenset[str], prefix: str = "", places: dict[str, str] | None = None
) -> list[Violation]:
    """Report every member that is not documented here.

    places: parameter name -> pointer to where it stands, to tell what is merely at the wrong place.
    """
    elsewhere: dict[str, object] = {**places} if places else {}
    return [
        Violation(
            f"{prefix}/{escaped(name)}",
            "additionalProperties",
            name,
            elsewhere.get(name, known) if type(name) is str else known,
        )
        for name in given
        if type(name) is not str or name not in known
    ]


def relocated(found: Iterable[Violation], places: dict[str, str]) -> tuple[Violation, ...]:
    """Move violations of flat params to where each parameter stands in the wire body.

    places: parameter name -> pointer into the body. A member of no such name stays at its place.
    """
    return tuple(one.moved(_relocate(one.at, places)) for one in found)


def _relocate(at: str, places: dict[str, str]) -> str:
    _, _, path = at.partition("/")
    name, slash, rest = path.partition("/")
    return f"{places.get(name, '/' + name)}{slash}{rest}" if at else at


def escaped(name: object) -> str:
    """Spell a member's name as a step of a JSON Pointer."""
    if type(name) is not str:
        return f"({type(name).__name__})"
    return name.replace("~", "~0").replace("/", "~1")
