"""Whether advice says anything beside the limits that are enforced."""

from __future__ import annotations

from decimal import Decimal

from proviso import ir
from proviso.lint import limits

_LOWER = ("minimum", "exclusive_minimum", "min_length", "min_items")
_UPPER = ("maximum", "exclusive_maximum", "max_length", "max_items")


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
    for names, sign in ((_LOWER, 1), (_UPPER, -1)):
        enforced = [bound for name in names if (bound := _bound(hard, name)) is not None]
        other = [bound for name in (_UPPER if sign > 0 else _LOWER) if (bound := _bound(hard, name)) is not None]
        for name in names:
            bound = _bound(advice, name)
            if bound is None:
                continue
            if any((bound - one) * sign <= 0 for one in enforced):
                return f"adds nothing: {bound} is no stricter than what is enforced"
            if any((bound - one) * sign > 0 for one in other):
                return f"can never be followed: {bound} lies outside of what is allowed"
    return None


def _bound(kind: ir.SolidKind, name: str) -> Decimal | None:
    found: object = getattr(kind, name, None)
    return Decimal(found) if isinstance(found, int | Decimal) else None
