"""The small notations of the language: durations, ranges, pixels, calls and reply paths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from proviso import reply_paths
from proviso.diagnostics import did_you_mean
from proviso.lower.node import Node
from proviso.placeholders import PLACEHOLDER

_UNITS = {"ms": Decimal("0.001"), "s": Decimal(1), "m": Decimal(60), "h": Decimal(3600), "d": Decimal(86400)}
_DURATION = re.compile(r"([0-9]+(?:\.[0-9]+)?)(ms|s|m|h|d)")
# Members of these have names of the provider's, and one of them may be named source.
_FREE = frozenset(
    {
        "body",
        "codes",
        "data",
        "header",
        "headers",
        "query",
        "reports",
        "limit",
        "rows",
        "scheme",
        "sets",
        "types",
        "unless",
        "when",
    }
)
_NAMED = (("parameters",), ("rates",), ("measured",), ("settings",), ("sources",))


def seconds(node: Node) -> Decimal:
    """Read a duration such as `20s` or `10m`."""
    return _seconds(node.text())


def seconds_range(node: Node) -> tuple[Decimal, Decimal]:
    """Read a range of durations such as `25s to 35s`."""
    low, _, high = node.text().partition(" to ")
    span = _seconds(low), _seconds(high)
    if span[0] > span[1]:
        node.complain(f"the range {node.text()} runs backwards", "range")
    return span


def pixels(node: Node) -> tuple[int, int]:
    """Read pixels such as `2848x1600`."""
    width, _, height = node.text().partition("x")
    return int(width), int(height)


def call(node: Node, *, job: bool, told: bool = False) -> str:
    """Read a verb and a path template; lint knows the placeholders that it may hold.

    Args:
        node: the text.
        job: whether there is a job, which `{id}` stands for.
        told: whether something else than the path says which job it is.
    """
    text = node.text()
    if job and not told and "{id}" not in text and "{+id}" not in text:
        node.complain("the call does not say which job: it must hold {id}, such as GET /jobs/{id}", "placeholder")
    _braces(node)
    return text


def placeholders(node: Node, known: tuple[str, ...]) -> None:
    """Complain of every placeholder of a text that is not known, and of stray braces."""
    text = node.text()
    for name in PLACEHOLDER.findall(text):
        if name not in known:
            allowed = " and ".join(f"{{{one}}}" for one in known)
            hint = did_you_mean(name, known)
            node.complain(f"{{{name}}} means nothing here; it may be {allowed}{hint}", "placeholder")
    _braces(node)


def _braces(node: Node) -> None:
    text = node.text()
    if "{" in PLACEHOLDER.sub("", text) or "}" in PLACEHOLDER.sub("", text):
        node.complain("a brace opens or closes a placeholder such as {model}", "placeholder")


def paths(node: Node | None) -> tuple[str, ...]:
    """Read a reply path or a list of them; none where the node is absent."""
    return () if node is None else tuple(path(one) for one in node.each())


def path(node: Node) -> str:
    """Read one reply path."""
    text = node.text()
    try:
        reply_paths.parse(text)
    except reply_paths.PathError as error:
        node.complain(str(error), "reply-path")
    return text


def singular(node: Node, *, advice: str = "[*] belongs into `at`") -> str:
    """Read a reply path that finds one value at most; `advice` says what to do about one that may find more."""
    text = path(node)
    if "[*]" in text and reply_paths.is_plural(text):
        node.complain(f"{text} may find many values, and one is meant here; {advice}", "reply-path")
    return text


def pauses(node: Node) -> tuple[Decimal, tuple[tuple[Decimal, Decimal], ...]]:
    """Read `5s`, or `[2s for 30s, 5s]`: the first pause, and (age, pause) for what is older."""
    age = Decimal(0)
    first: Decimal | None = None
    later: list[tuple[Decimal, Decimal]] = []
    items = list(node.each())
    for number, item in enumerate(items):
        pause, _, lasts = item.text().partition(" for ")
        if first is None:
            first = _seconds(pause)
        else:
            later.append((age, _seconds(pause)))
        if number < len(items) - 1 and not lasts:
            item.complain("every pause but the last says for how long, as in 2s for 30s", "schedule")
        if number == len(items) - 1 and lasts:
            item.complain(f"the last pause lasts to the end; write {pause} alone", "schedule")
        age += _seconds(lasts) if lasts else 0
    assert first is not None
    return first, tuple(later)


def member(name: Node, allowed: tuple[str, ...], what: str) -> bool:
    """Tell whether a name refers to something that is there; complain where it does not."""
    word = name.text()
    if word in allowed:
        return True
    listed = f"; there are {', '.join(allowed)}" if 0 < len(allowed) <= 8 else ""
    name.complain(f"{what} {word!r} is not declared{did_you_mean(word, allowed) or listed}", "reference")
    return False


def sources(node: Node, known: tuple[str, ...]) -> None:
    """Complain of every source that is named in a document and not declared."""
    for name in _named_sources(node):
        member(name, known, "source")


def _named_sources(node: Node) -> Iterator[Node]:
    if isinstance(node.value, list):
        for item in node.each():
            yield from _named_sources(item)
    elif isinstance(node.value, dict):
        for key, one in node.items():
            if key == "source" and not isinstance(one.value, dict):
                yield from one.each()
            elif key not in _FREE or node.steps[-1:] in _NAMED:
                yield from _named_sources(one)


def _seconds(text: str) -> Decimal:
    found = _DURATION.fullmatch(text.strip())
    assert found is not None, text
    return Decimal(found[1]) * _UNITS[found[2]]
