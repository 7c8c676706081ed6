"""What a caller chooses for a batch, and the plan that comes of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from proviso_runtime import amounts, errors, quotes
from proviso_runtime.batches import money
from proviso_runtime.batches.book import Action, Book
from proviso_runtime.batches.folder import BatchRefused
from proviso_runtime.batches.journal import Outcome
from proviso_runtime.options import MaxCost


class LinesInvalid(BatchRefused):
    """Lines of a batch break documented rules. Nothing was sent. count: how many."""

    def __init__(self, count: int) -> None:
        what = "1 line is" if count == 1 else f"{count} lines are"
        super().__init__(f"{what} wrong. Nothing was sent")
        self.count = count


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a caller chooses for a batch.

    max_cost: what all of it may cost, earlier runs included, in the currency of the quotes. skip_invalid: lines that
    are wrong are left out. allow_unknown_price: also what nobody knows the price of is sent. retry_failed: what has
    failed is sent again. retry_unknown: what nobody knows the outcome of is sent again, and perhaps paid for twice.
    """

    max_cost: MaxCost | None = None
    skip_invalid: bool = False
    allow_unknown_price: bool = False
    retry_failed: bool = False
    retry_unknown: bool = False

    @property
    def limit(self) -> Decimal | None:
        """What all of it may cost."""
        return None if self.max_cost is None else amounts.amount("max_cost", self.max_cost)

    @property
    def again(self) -> frozenset[Outcome]:
        """How a request may stand that is sent again where the provider knows nothing of its job."""
        chosen: list[tuple[Outcome, bool]] = [("unsaved", self.retry_failed), ("unknown", self.retry_unknown)]
        return frozenset(state for state, retried in chosen if retried)


@dataclass(slots=True, kw_only=True)
class Plan:
    """What a run will do.

    lines: how many are valid. invalid: how many are not. actions: how many there are of each: to send, to wait for
    since their jobs were accepted, to collect again since files are missing, done, and to keep as they are.
    least, most: what sending will cost, where prices are known. unpriced: for how many lines none is, and why.
    charged, held: what earlier runs have cost, and what their open requests may cost yet. spent: what counts against
    a limit of all that. refusal: why it cannot be run.
    """

    book: Book = field(repr=False)
    choices: Choices
    lines: int = 0
    invalid: int = 0
    actions: Counter[Action] = field(default_factory=Counter[Action])
    least: money.Sums = field(default_factory=money.Sums)
    most: money.Sums = field(default_factory=money.Sums)
    unpriced: int = 0
    because: str = ""
    charged: money.Sums = field(default_factory=money.Sums)
    held: money.Sums = field(default_factory=money.Sums)
    spent: money.Sums = field(default_factory=money.Sums)
    refusal: BatchRefused | errors.TooDear | None = None

    @property
    def limit(self) -> Decimal | None:
        """What all of the batch may cost."""
        return self.choices.limit

    @property
    def currency(self) -> str | None:
        """The currency of the quotes, or of what earlier runs have cost."""
        return next(iter((*self.most.amounts, *self.spent.amounts)), None)

    def close(self) -> None:
        """Forget the lines; the figures stay."""
        self.book.close()

    def check(self) -> None:
        """Raise LinesInvalid or TooDear for a plan that cannot be run."""
        if self.refusal is not None:
            raise self.refusal


def refusal(plan: Plan) -> BatchRefused | errors.TooDear | None:
    """Say why a plan cannot be run; None where it can."""
    if plan.invalid and not plan.choices.skip_invalid:
        return LinesInvalid(plan.invalid)
    if plan.unpriced and not plan.choices.allow_unknown_price:
        what = "1 line" if plan.unpriced == 1 else f"{plan.unpriced} lines"
        return _too_dear(f"the price of {what} is not known ({plan.because})")
    limit = plan.limit
    if limit is None or not plan.actions["send"]:
        return None
    if len({*plan.most.amounts, *plan.spent.amounts, *plan.held.amounts}) > 1:
        return _too_dear(f"{plan.most} and what was paid before are in several currencies, which no limit can cover")
    currency = plan.currency
    before = plan.spent.of(currency) + plan.held.of(currency)
    most = plan.most.of(currency)
    if before + most > limit:
        earlier = f", beside {quotes.money(before, currency)} that earlier runs have spent or hold" if before else ""
        refused = _too_dear(
            f"this may cost {quotes.money(most, currency)}{earlier}, and max_cost is {quotes.money(limit, currency)}"
        )
        refused.limit = limit
        return refused
    return None


def _too_dear(why: str) -> errors.TooDear:
    return errors.TooDear(f"{why}. Nothing was sent", billed=False, worth_retry=False)
