"""Whether advice says anything beside the limits that are enforced."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from proviso import ir
from proviso.lint import limits

_LOWER = {"minimum": False, "exclusive_minimum": True, "min_length": False, "min_items": False}
_UPPER = {"maximum": False, "exclusive_maximum": True, "max_length": False, "max_items": False}
"""Bounds, and whether they exclude themselves."""


def pointless(kind: ir.Kind, advice: ir.SolidKind) -> str | None:
    """Say why advice is never shown or always, or None when some allowed value breaks it and some keeps it."""
    hard = ir.bare(kind)
    if (why := limits.impossible(advice)) is not None:
        return f"can never be followed: {why}"
    if isinstance(hard, ir.Choice) and isinstance(advice, ir.Choice):
        kept = [one for one in hard.values if any(ir.same(one, other) for other in advice.values)]
        if len(kept) in (0, len(hard.values)):
            return (
                "names none of the allowed values" if not kept else "names all the allowed values, so it says nothing"
            )
    if isinstance(advice, ir.Choice):
        strange = next((one for one in advice.values if limits.breach(hard, one) is not None), None)
        return None if strange is None else f"names {strange}, which is not allowed"
    return _bounds(hard, advice)


def _bounds(hard: ir.SolidKind, advice: ir.SolidKind) -> str | None:
    for names, others, sign in ((_LOWER, _UPPER, 1), (_UPPER, _LOWER, -1)):
        enforced, opposite = list(_stated(hard, names, sign)), list(_stated(hard, others, -sign))
        for bound, excluded in _stated(advice, names, sign):
            if any((bound, excluded) <= one for one in enforced):
                return f"adds nothing: {bound * sign} is no stricter than what is enforced"
            if any(bound + one > 0 for one, _ in opposite):
                return f"can never be followed: {bound * sign} lies outside of what is allowed"
    return None


def _stated(kind: ir.SolidKind, names: dict[str, bool], sign: int) -> Iterator[tuple[Decimal, bool]]:
    """Yield bounds in the order of strictness: turned round where they are upper ones."""
    for name, excluded in names.items():
        found: object = getattr(kind, name, None)
        if isinstance(found, int | Decimal):
            yield Decimal(found) * sign, excluded
