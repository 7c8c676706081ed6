"""Requests that one paid call carries together: what is wrong with them, each at its number.

Like `violation` this module is on the path of checks, and imports next to nothing.
"""

from __future__ import annotations

from proviso_runtime import shapes, violation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Check = Callable[[object], tuple[violation.Violation, ...]]


def checker(check: Check, *, most: int) -> Check:
    """Make the `violations_many` of a model from its `violations`. most: how many requests one call carries."""

    def violations_many(requests: object, /) -> tuple[violation.Violation, ...]:
        """Find every violation in several params, those of the nth under /n; () when there is none.

        Never raises, whatever it is given.
        """
        try:
            given = listed(requests)
            if given is None:
                return (violation.wrong_type("", requests, "array"),)
            # Of a million requests that are too many, the first that might be sent say enough.
            each = [under(number, one) for number, params in enumerate(given[:most]) for one in check(params)]
            return (*counted(given, most=most), *each)
        except Exception:
            # A list of a class of its own whose items cannot be asked for.
            return (violation.wrong_type("", requests, "array"),)

    return violations_many


def listed(requests: object) -> list[object] | None:
    """Give the requests of a list or another sequence, or None where it is none."""
    return list(requests) if shapes.is_sequence(requests) else None


def counted(given: list[object], *, most: int) -> tuple[violation.Violation, ...]:
    """Find whether there are too few requests, or too many."""
    if not given:
        return (violation.Violation("", "minItems", 0, 1),)
    return (violation.Violation("", "maxItems", len(given), most),) if len(given) > most else ()


def under(number: int, one: violation.Violation) -> violation.Violation:
    """Move a violation of one request to its number."""
    return one.moved(f"/{number}{one.at}")
