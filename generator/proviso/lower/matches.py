"""What is expected of a reply."""

from __future__ import annotations

from proviso import ir, reply_paths
from proviso.lower.node import Node


def matches(node: Node | None) -> ir.Matches:
    """Read a mapping of reply paths to what is expected there; none where it is absent."""
    if node is None:
        return ()
    found = (_match(path, expected) for path, expected in node.unordered())
    return tuple(one for one in found if one is not None)


def _match(path: str, expected: Node) -> ir.Match | None:
    try:
        plural = reply_paths.is_plural(path)
    except reply_paths.PathError as error:
        expected.complain(str(error), "reply-path", at_key=True)
        return None
    if not isinstance(expected.value, dict):
        if plural:
            message = f"{path} may find many values; say which are meant: {{every: ...}} or {{some: ...}}"
            expected.complain(message, "match")
        return ir.Match(path=path, how="is", values=_values(expected), place=expected.key_place)
    ((word, member),) = expected.items()
    if word == "given":
        return ir.Match(path=path, how="given" if member.flag() else "absent", place=expected.key_place)
    if not plural:
        expected.complain(f"{path} finds one value at most; write the value without {word!r}", "match")
    return ir.Match(
        path=path,
        how="every" if word == "every" else "some",
        values=_values(member),
        place=expected.key_place,
    )


def _values(node: Node) -> tuple[ir.Scalar, ...]:
    return tuple(one.scalar() for one in node.each())
