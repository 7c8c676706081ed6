"""Rate limits in words, and as expressions of generated code."""

from __future__ import annotations

from proviso import ir
from proviso.markdown import seconds


def spoken(one: ir.RateLimit) -> str:
    """Say a limit, such as 100 requests in 1 min."""
    many = f"{one.most}" if one.least == one.most else f"{one.least} to {one.most}"
    what = one.of.removesuffix("s") if one.most == 1 else one.of
    return f"{many} {what} at once" if one.per is None else f"{many} {what} in {seconds(one.per)}"


def told(rate: tuple[ir.RateLimit, ...] | ir.Unknown) -> str:
    """Say all limits with what the page says of them; nothing where there are none."""
    if isinstance(rate, ir.Unknown):
        return f"not documented: {rate.why}"
    return "; ".join(map(_told, rate))


def _told(one: ir.RateLimit) -> str:
    plan = [] if one.least == one.most else ["by the plan of the account"]
    more = [*plan, *(text for text in (one.says, one.assumed and f"Assumed: {one.assumed}") if text)]
    said = ". ".join(text.rstrip(".") for text in more)
    return f"at most {spoken(one)} ({said})" if said else f"at most {spoken(one)}"


def python(rate: tuple[ir.RateLimit, ...] | ir.Unknown) -> str | None:
    """Spell the limits; None where there are none. Of a range the end that every account keeps to is the upper one."""
    if isinstance(rate, ir.Unknown) or not rate:
        return None
    return f"({''.join(f'{_rate(one)}, ' for one in rate)})"


def _rate(one: ir.RateLimit) -> str:
    per = "" if one.per is None else f", per={float(one.per)!r}"
    return f"protocol.Rate(of={one.of!r}, most={one.most}{per})"
