"""Plan a batch: check and quote every line, and decide what is to be done for it. Nothing is sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from proviso_runtime import amounts, errors, purchases, quotes, shapes
from proviso_runtime.batches import known, lines, money
from proviso_runtime.batches.book import Action, Book
from proviso_runtime.batches.face import Face
from proviso_runtime.batches.folder import RESULTS, BatchRefused, Folder, Identity
from proviso_runtime.batches.journal import read
from proviso_runtime.batches.known import Known
from proviso_runtime.batches.lines import Finding, Line
from proviso_runtime.ledger.entries import Ledger
from proviso_runtime.options import MaxCost

OnFinding = Callable[[Finding], object]


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
    limit: Decimal | None = None
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
    def currency(self) -> str | None:
        """The currency of the quotes, or of what earlier runs have cost."""
        return next(iter((*self.most.amounts, *self.spent.amounts)), None)

    def check(self) -> None:
        """Raise LinesInvalid or TooDear for a plan that cannot be run."""
        if self.refusal is not None:
            raise self.refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Planner:
    """Plans batches of a model. settings: those of the client, which prices may go by. identity: None for a new one."""

    face: Face
    folder: Folder
    identity: Identity | None
    ledger: Ledger
    settings: Mapping[str, str]

    def plan(
        self, requests: Iterable[Line | Mapping[str, object]], choices: Choices, on_finding: OnFinding | None
    ) -> Plan:
        """Check every line, quote what is to be sent, and add up.

        Raises BatchRefused where the ledger is not the one that earlier runs wrote, LedgerFailed, and what `requests` raises.
        """
        plan = Plan(book=Book(), limit=choices.limit)
        try:
            self._remember(plan)
            for line in lines.numbered(requests):
                self._take(plan, line, choices, on_finding)
        except BaseException:
            plan.book.close()
            raise
        plan.refusal = _refusal(plan, choices)
        return plan

    def _remember(self, plan: Plan) -> None:
        """Write into the book what is known of this batch."""
        if self.identity is None:
            return
        entries = 0
        for told in read(self.folder.path / RESULTS):
            plan.book.learn(known.of_journal(told))
        for entry in self.ledger.find(
            provider=self.face.provider.name, model=self.face.model.id, reference=lines.prefix(self.identity.batch)
        ):
            entries += 1
            plan.book.learn(known.of_entry(entry))
            if money.is_open(entry):
                plan.held.add(money.at_most(entry), entry.currency)
            else:
                plan.spent.add(money.spent(entry), entry.currency)
                plan.charged.add(entry.charged, entry.charged_in)
        if self.identity.sent and not entries:
            raise BatchRefused(
                f"requests of the batch in {self.folder.path} were sent before, and this ledger knows of none. "
                "Name the ledger that was used then, or take another folder and pay again"
            )

    def _take(self, plan: Plan, line: Line, choices: Choices, on_finding: OnFinding | None) -> None:
        params = line.params
        if not self._valid(line, on_finding) or not shapes.is_object(params):
            plan.invalid += 1
            return
        plan.lines += 1
        spelled = lines.spelled(params)
        told = lines.digest(spelled)
        batch = "" if self.identity is None else self.identity.batch
        reference = lines.reference(batch, told, plan.book.nth(told))
        action = self._action(plan.book.recall(reference), choices)
        plan.actions[action] += 1
        plan.book.plan(line.number, reference, spelled, action)
        if action == "send":
            _price(plan, purchases.quote(self.face.model, params, settings=self.settings))

    def _valid(self, line: Line, on_finding: OnFinding | None) -> bool:
        """Check a line, and tell what is wrong with it or advised against."""
        if line.problem is not None:
            found = [Finding(line=line.number, at="", rule="json", message=line.problem, severity="error")]
        else:
            found = [
                Finding(line=line.number, at=one.at, rule=one.rule, message=one.message, severity=one.severity)
                for one in self.face.violations(line.params)
            ]
        if on_finding is not None:
            for one in found:
                on_finding(one)
        return all(one.severity != "error" for one in found)

    def _action(self, fact: Known | None, choices: Choices) -> Action:
        """Decide what is to be done for a request of which something may be known."""
        if fact is None or fact.state in ("refused", "unsent"):
            return "send"
        match fact.state:
            case "succeeded" if fact.told == "succeeded" and fact.files and self.folder.has(fact.files):
                return "done"
            case "succeeded" if fact.job_id is not None:
                return "collect"
            case "accepted":
                return "wait"
            # An id that the client chose can be asked about, whatever has become of the request.
            case "sending" | "unknown" if fact.job_id is not None:
                return "wait"
            case "sending" | "unknown":
                return "send" if choices.retry_unknown else "keep"
            case _:
                return "send" if choices.retry_failed else "keep"


def _price(plan: Plan, quote: quotes.Quote) -> None:
    most = purchases.most(quote)
    if most is None:
        plan.unpriced += 1
        plan.because = plan.because or quote.because
        return
    plan.least.add(quote.least or Decimal(0), quote.currency)
    plan.most.add(most, quote.currency)


def _refusal(plan: Plan, choices: Choices) -> BatchRefused | errors.TooDear | None:
    if plan.invalid and not choices.skip_invalid:
        return LinesInvalid(plan.invalid)
    if plan.unpriced and not choices.allow_unknown_price:
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
        refusal = _too_dear(
            f"this may cost {quotes.money(most, currency)}{earlier}, and max_cost is {quotes.money(limit, currency)}"
        )
        refusal.limit = limit
        return refusal
    return None


def _too_dear(why: str) -> errors.TooDear:
    return errors.TooDear(f"{why}. Nothing was sent", billed=False, worth_retry=False)
