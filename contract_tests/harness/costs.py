"""What documented replies say that requests cost."""

from __future__ import annotations

from decimal import Decimal

from proviso import ir, reply_paths
from proviso_runtime import replies


def cost(call: ir.Operation | ir.Fetch, body: object) -> replies.Cost | None:
    """Return what a documented reply says that the request costs."""
    if call.cost is None:
        return None
    found = reply_paths.find(call.cost.at, body)
    amounts = [Decimal(str(one)) for one in found]
    return replies.Cost(amount=sum(amounts, Decimal(0)), unit=call.cost.unit) if amounts else None
