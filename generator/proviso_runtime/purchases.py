"""A paid request from its quote to its charge: what it may cost, and what the ledger is told of it."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from proviso_runtime import budgets, errors, protocol, quotes, terms
from proviso_runtime.ledger import entries
from proviso_runtime.options import Options
from proviso_runtime.replies import Cost
from proviso_runtime.results import Delivered
from proviso_runtime.steps import Request
from proviso_runtime.target import Target

_LEAVING = 10.0  # seconds; also what is tried once alone has to connect
_REPLY = 60.0  # seconds that every reply may take
_STREAM = 3600.0  # seconds of a stream, however it is kept alive
_SLACK = 60.0  # seconds; the clocks of two processes may differ


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """One request that is to be paid.

    kind: what the model is for. entry: its id in the ledger. quote: None for a job that another process began.
    """

    provider: str
    model: str
    kind: terms.Kind
    entry: str | None = None
    quote: quotes.Quote | None = None
    hold: budgets.Hold | None = field(default=None, repr=False)
    reference: str | None = None
    prompt: str | None = field(default=None, repr=False)

    def intended(self, request: Request, *, at: float, within: float, job_id: str | None) -> entries.Intended:
        """Say that a request is about to be sent. within: seconds in which it may be sent again."""
        quote = self.quote or quotes.unknown("")
        return entries.Intended(
            entry=self.entry or "",
            provider=self.provider,
            model=self.model,
            at=at,
            until=at + max(within, _LEAVING) + _under_way(request) + _SLACK,
            body_sha256=hashlib.sha256(request.body or b"").hexdigest(),
            reference=self.reference,
            prompt=self.prompt,
            job_id=job_id,
            currency=quote.currency,
            hold=quote.hold,
            least=quote.least,
            most=quote.most,
        )

    def accepted(self, job_id: str, *, addresses: Mapping[str, str], at: float) -> tuple[entries.Accepted, ...]:
        """Say that a job has been accepted. Whoever takes it up by its id finds what is held for it."""
        if self.hold is not None:
            self.hold.name((self.provider, job_id))
        if self.entry is None:
            return ()
        return (entries.Accepted(entry=self.entry, at=at, job_id=job_id, addresses=addresses),)

    def unanswered(self, error: BaseException, *, at: float) -> entries.Ended:
        """Say how a request ended that did not come to a job or a result."""
        known = error.job_id if isinstance(error, errors.ProviderError) else None
        return self._ended(error, unanswered(error), at=at, job_id=known)

    def lost(self, error: errors.ProviderError, *, job_id: str, at: float) -> tuple[entries.Ended, ...]:
        """Say how a job ended without a result; nothing where it goes on."""
        state = lost(error)
        return () if state is None else (self._ended(error, state, at=at, job_id=job_id),)

    def succeeded(
        self, delivered: Delivered, *, charge: quotes.Charge | None, job_id: str | None, at: float
    ) -> entries.Ended:
        """Say that the results are there."""
        # What is charged in credits says nothing of a budget in money.
        known = charge is not None and self.hold is not None and charge.currency == self.hold.currency
        self._settle(charge.amount if charge is not None and known else None)
        return entries.Ended(
            provider=self.provider,
            at=at,
            state="succeeded",
            entry=self.entry,
            job_id=job_id,
            currency=None if charge is None else charge.currency,
            charged=None if charge is None else charge.amount,
            charged_by=None if charge is None else charge.by,
            delivered=self._delivered(delivered),
        )

    def charge(
        self, delivered: Delivered, *, cost: Cost | None, reported: Mapping[str, Decimal]
    ) -> quotes.Charge | None:
        """Return what was charged: what the provider tells, or else what the quote comes to for what was delivered."""
        if cost is not None:
            return quotes.Charge(amount=cost.amount, currency=cost.unit, by="provider")
        if self.quote is None or self.quote.currency is None:
            return None
        counts = {**reported, "delivered": Decimal(self._delivered(delivered))}
        amount = quotes.settled(self.quote, counts)
        return None if amount is None else quotes.Charge(amount=amount, currency=self.quote.currency, by="quote")

    def _delivered(self, delivered: Delivered) -> int:
        """Count the results of what the model is for; a sound that comes with a video is not counted."""
        return sum(item.kind == self.kind for item in delivered.found.items)

    def _ended(self, error: BaseException, state: entries.State, *, at: float, job_id: str | None) -> entries.Ended:
        billed = error.billed if isinstance(error, errors.ProviderError) else None
        free = billed is False or state == "unsent"
        unpaid = free or (state == "refused" and billed is None)  # one that costs something is documented as such
        currency = None if self.quote is None else self.quote.currency
        code = error.code if isinstance(error, errors.ProviderError) else None
        if state != "unknown":  # what nobody knows of stays held
            self._settle(Decimal(0) if unpaid else None)
        return entries.Ended(
            provider=self.provider,
            at=at,
            state=state,
            entry=self.entry,
            job_id=job_id,
            currency=currency if free else None,
            charged=Decimal(0) if free else None,
            charged_by="quote" if free else None,
            # A code is the provider's text, and only what looks like one is kept.
            code=None if code is None or not str(code).replace("-", "").replace("_", "").isalnum() else str(code)[:64],
            why=type(error).__name__,
        )

    def _settle(self, charged: Decimal | None) -> None:
        if self.hold is not None:
            self.hold.settle(charged)


def _under_way(request: Request) -> float:
    """Return the seconds that a request may take once it leaves: to be written, to be answered, and to be read."""
    streamed = request.into is not None and request.rate is None
    return 3 * request.patience + (_STREAM if streamed else max(request.patience, _REPLY))


def unanswered(error: BaseException) -> entries.State:
    """Return how a request ended that did not come to a job or a result."""
    match error:
        case errors.Unreachable() | errors.LedgerFailed():
            return "unsent"
        case errors.Refused():
            return "refused"
        case errors.JobFailed():
            return "moderated" if error.phase == "moderated" else "failed"
        case _:
            return "unknown"  # also a reply that nobody can read: it may have been accepted


def lost(error: BaseException) -> entries.State | None:
    """Return how a job ended without a result; None where it goes on."""
    match error:
        case errors.JobFailed(phase="cancelled" | "moderated" as phase):
            return phase
        case errors.JobFailed():
            return "failed"
        case errors.JobExpired():
            return "expired"
        case _:
            return None


def ordered(target: Target, each: Sequence[Mapping[str, object]]) -> tuple[Purchase, ...]:
    """Quote requests that one paid call carries, and hold what they may cost.

    Raises TooDear where that is more than the options of the target allow, or is not known.
    """
    options = target.options
    quoted = [quote(target.model, params, settings=target.settings) for params in each]
    try:
        _check(options, quotes.total(quoted))
        holds = _holds(options.budget, quoted)
    except errors.TooDear as error:
        error.provider = target.provider.name
        error.args = (f"{target.provider.name}: {target.model.id}: {error}",)
        raise
    return tuple(
        Purchase(
            provider=target.provider.name,
            model=target.model.id,
            kind=target.model.kind,
            entry=secrets.token_hex(16),
            quote=quote,
            hold=hold,
            reference=options.reference,
            prompt=json.dumps(params, ensure_ascii=False, default=str) if options.keep_prompts else None,
        )
        for quote, hold, params in zip(quoted, holds, each, strict=True)
    )


def taken_up(target: Target, job_id: str) -> Purchase:
    """Return the purchase of a job of which no more is known than its id, and what a budget still holds for it."""
    budget, name = target.options.budget, target.provider.name
    hold = None if budget is None else budget.held_for((name, job_id))
    return Purchase(provider=name, model=target.model.id, kind=target.model.kind, hold=hold)


def quote(model: protocol.Model, params: Mapping[str, object], *, settings: Mapping[str, str]) -> quotes.Quote:
    """Quote one request, whose params are valid. settings: those of the client, which a price may go by."""
    if model.quote is None:
        return quotes.unknown("the model has no price")
    return model.quote(params, **{name: settings[name] for name in model.priced_by if name in settings})


def most(quote: quotes.Quote) -> Decimal | None:
    """Return what a request may cost at most; more may be held for it than is charged in the end."""
    return None if quote.most is None else max(quote.most, quote.hold or Decimal(0))


def known(quote: quotes.Quote) -> Decimal | None:
    """Return what a request may cost as far as that is known: no less than what is held for it, or charged at least."""
    told = [one for one in (quote.most, quote.hold, quote.least) if one is not None]
    return max(told, default=None)


def _check(options: Options, quote: quotes.Quote) -> None:
    """Refuse what may cost more than one call may, and what nobody knows the price of where there is a limit."""
    budget, cost = options.budget, most(quote)
    limited = budget is not None or options.max_cost is not None
    if limited and options.unknown_price == "refuse":
        if cost is None:
            raise _too_dear(
                f"the price is not known ({quote.because}); unknown_price='allow' sends it all the same", quote
            )
        if budget is not None and quote.currency != budget.currency:
            raise _too_dear(f"it is priced in {quote.currency}, and the budget is in {budget.currency}", quote)
    limit, cost = options.most, known(quote)
    if limit is not None and cost is not None and cost > limit:
        raise _too_dear(
            f"it may cost {quotes.money(cost, quote.currency)}, and max_cost is {limit}", quote, limit=limit
        )


def _holds(budget: budgets.Budget | None, quoted: Sequence[quotes.Quote]) -> list[budgets.Hold | None]:
    """Hold what each request may cost, or none of them."""
    if budget is None:
        return [None] * len(quoted)
    held: list[budgets.Hold | None] = []
    try:
        for quote in quoted:
            cost = known(quote) if quote.currency == budget.currency else None
            held.append(None if cost is None else budget.hold(cost, quote=quote))
    except errors.TooDear:
        for one in held:
            if one is not None:
                one.release()
        raise
    return held


def _too_dear(why: str, quote: quotes.Quote, *, limit: Decimal | None = None) -> errors.TooDear:
    error = errors.TooDear(f"{why}. Nothing was sent", billed=False, worth_retry=False)
    error.quote, error.limit = quote, limit
    return error
