"""What is left on an account, as far as replies tell it: whether a refusal took something."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from proviso import ir
from proviso.conform.exchanges import Reply
from proviso.conform.judging import Judged
from proviso.conform.spending import amount
from proviso.conform.verdicts import Verdict, confirmed, denied


def is_billed(found: Judged) -> bool:
    """Tell whether documents say that such a refusal costs something."""
    errors = found.probe.subject.model.errors
    if found.told is None or isinstance(errors, ir.Unknown):
        return False
    known: tuple[ir.StatusMeaning | ir.CodeMeaning, ...] = (*errors.statuses, *errors.codes)
    named = (one.billed for one in known if one.means == found.told.means)
    return next((one for one in named if one is not None), errors.billed) is True


class Balances:
    """Watches the header that tells what is left. billed: whether a refusal ever took something."""

    def __init__(self, provider: ir.Provider) -> None:
        named = (one.header for one in provider.reply_headers if one.meaning == "credits_left")
        self._header = next(named, None)
        self._left: Decimal | None = None
        self._taken = Decimal(0)
        self.billed = False

    def taken(self, found: Judged) -> Decimal:
        """Return what a refused request took off the account, where replies tell it."""
        left = self._read(found.course.first.reply)
        return Decimal(0) if left is None or self._left is None else max(self._left - left, Decimal(0))

    def tells(self, found: Judged) -> bool:
        """Tell whether replies say what a request took."""
        return self._left is not None and self._read(found.course.first.reply) is not None

    def noted(self, found: Judged) -> Iterator[Verdict]:
        """Take note of the replies to a probe, and yield what they say of refusals."""
        taken = self.taken(found)
        left = self._read(found.course.first.reply)
        known = self._left is not None and left is not None
        refused = found.told is not None and found.told.sort == "refused"
        if found.probe.asking in ("mutant", "request") and refused and known:
            errors = found.probe.subject.model.errors
            stated = None if isinstance(errors, ir.Unknown) or isinstance(errors.billed, ir.Unknown) else errors.billed
            self.billed = self.billed or (taken > 0 and stated is not True)
            if stated is not None and (taken > 0) == stated:
                said = f"a refusal took {taken:f}" if taken else f"{self._header} stays as it was"
                yield confirmed("errors.billed", said, side="outside")
            elif stated is not None:
                yield denied("errors.billed", f"a refusal took {taken:f} of what {self._header} tells")
        accepted = found.told is None or found.told.sort in ("accepted", "odd", "busy")
        # What a job costs may be taken later, so that nothing is known until the next reply.
        self._left = (
            None
            if accepted and found.probe.asking in ("mutant", "request")
            else left
            if left is not None
            else self._left
        )

    def _read(self, reply: Reply | None) -> Decimal | None:
        told = None if reply is None or self._header is None else reply.headers.get(self._header.lower())
        return amount(told)
