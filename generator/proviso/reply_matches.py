"""What a reply is held to: whether it fits, and how that is said."""

from __future__ import annotations

from proviso import ir, reply_paths, words


def hold(matches: ir.Matches, document: object, *, ignore_case: bool = False) -> bool:
    """Tell whether all matches hold for a document.

    Args:
        matches: what is expected.
        document: the body of a reply.
        ignore_case: whether texts that differ in case alone are the same.
    """
    return all(_holds(one, document, ignore_case=ignore_case) for one in matches)


def _holds(one: ir.Match, document: object, *, ignore_case: bool) -> bool:
    found = reply_paths.find(one.path, document)
    agreed = [any(same(value, word, ignore_case=ignore_case) for word in one.values) for value in found]
    match one.how:
        case "is" | "some":
            return any(agreed)
        case "every":
            return bool(found) and all(agreed)
        case "given":
            return any(value is not None for value in found)
        case "absent":
            return all(value is None for value in found)


def same(one: object, other: object, *, ignore_case: bool) -> bool:
    """Tell whether two values are one, texts perhaps but for their case."""
    if ignore_case and isinstance(one, str) and isinstance(other, str):
        return one.casefold() == other.casefold()
    return ir.same(one, other)


def implied(weaker: ir.Matches, stronger: ir.Matches) -> bool:
    """Tell whether one list of matches holds wherever another does, as far as their paths are the same."""
    return all(any(_implies(one, other) for one in stronger) for other in weaker)


def _implies(one: ir.Match, other: ir.Match) -> bool:
    if one.path != other.path:
        return False
    if other.how == "given":
        return one.how != "absent"
    if one.how == "absent" or other.how == "absent":
        return one.how == other.how
    narrower = all(any(ir.same(value, wider) for wider in other.values) for value in one.values)
    return narrower and (one.how == other.how or (one.how, other.how) == ("every", "some"))


def python(matches: ir.Matches) -> str:
    """Spell matches as the runtime's."""
    return f"({''.join(f'{_python(one)}, ' for one in matches)})"


def _python(one: ir.Match) -> str:
    values = tuple(words.plain(value) for value in one.values)
    expected = f", values={values!r}" if values else ""
    return f"protocol.Match(path={one.path!r}, how={one.how!r}{expected})"


def spoken(matches: ir.Matches) -> str:
    """Say matches in words, such as `$.done is true and $.error is given`."""
    return " and ".join(map(_spoken, matches))


def _spoken(one: ir.Match) -> str:
    listed = " or ".join(map(words.spoken, one.values))
    match one.how:
        case "is":
            return f"{one.path} is {listed}"
        case "every":
            return f"every {one.path} is {listed}"
        case "some":
            return f"some {one.path} is {listed}"
        case "given":
            return f"{one.path} is given"
        case "absent":
            return f"{one.path} is not given"
