"""Expressions about how a provider says no."""

from __future__ import annotations

from proviso import ir, reply_matches


def errors(one: ir.Errors | ir.Unknown) -> str:
    """Spell how refusals look."""
    if isinstance(one, ir.Unknown):
        return "protocol.Errors(message=(), code=(), statuses={}, billed=None)"
    statuses = ", ".join(f"{status.status}: {_refusal(status)}" for status in one.statuses)
    codes = ", ".join(f"{code.code!r}: {_refusal(code)}" for code in one.codes)
    facts = [f"message={one.message!r}", f"code={one.code!r}", f"statuses={{{statuses}}}"]
    facts += [f"codes={{{codes}}}"] if one.codes else []
    facts += [f"in_success={reply_matches.python(one.in_success)}"] if one.in_success else []
    facts += [] if one.details is None else [f"details={_details(one.details)}"]
    billed = None if isinstance(one.billed, ir.Unknown) else one.billed
    return f"protocol.Errors({', '.join(facts)}, billed={billed!r})"


def waits(headers: tuple[ir.ReplyHeader, ...]) -> str:
    """Spell the headers that tell when to try again."""
    told = [one for one in headers if one.meaning in ("retry_after", "rate_limit_reset") and one.unit is not None]
    # When to try again counts for more than when a limit ends.
    return f"({''.join(map(_wait, sorted(told, key=_of_limit)))})"


def _of_limit(one: ir.ReplyHeader) -> bool:
    return one.meaning == "rate_limit_reset"


def _wait(one: ir.ReplyHeader) -> str:
    limit = ", limit=True" if _of_limit(one) else ""
    return f"protocol.Wait(header={one.header!r}, unit={one.unit!r}{limit}), "


def _details(one: ir.Details) -> str:
    facts = [f"at={one.at!r}"]
    facts += [] if one.where is None else [f"place={one.where!r}"]
    facts += [f"{name}={paths!r}" for name, paths in (("message", one.message), ("code", one.code)) if paths]
    return f"protocol.Details({', '.join(facts)})"


def _refusal(one: ir.StatusMeaning | ir.CodeMeaning) -> str:
    optional = "".join(
        f", {name}={value!r}" for name, value in (("retry", one.retry), ("billed", one.billed)) if value is not None
    )
    return f"protocol.Refusal(means={one.means!r}{optional})"
