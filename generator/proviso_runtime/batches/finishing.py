"""Finish a request that has succeeded: save its results, and say what it has cost."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

from proviso_runtime import clients, done, errors, media, quotes
from proviso_runtime.batches import saving
from proviso_runtime.batches.book import Book, Task
from proviso_runtime.batches.journal import Ending
from proviso_runtime.batches.stopping import Stop
from proviso_runtime.batches.tally import Tally
from proviso_runtime.ledger.entries import Ended, Ledger

Made: TypeAlias = "done.AsyncDone[Any] | done.AsyncMade[Any] | done.Instant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finishing:
    """What it takes to finish requests. folder: where results are saved. makes: what results count for the price."""

    client: clients.AsyncClient
    ledger: Ledger
    folder: Path
    book: Book
    tally: Tally
    stop: Stop
    makes: type[media.AsyncMedia]

    async def kept(self, task: Task, quote: quotes.Quote, made: Made, *, job_id: str | None = None) -> Ending:
        """Save results, and say what they have cost."""
        charge = await self._charged(task, quote, made)
        if task.action != "collect" and charge is not None:
            self.tally.charged.add(charge.amount, charge.currency)
        name = saving.stem(self.book, task)
        files: tuple[str, ...] = ()
        why = None
        try:
            if isinstance(made, done.Instant):
                files = saving.save_instant(self.folder, name, made)
            else:
                files = await saving.save(self.folder, name, made.results)
                if made.failures:
                    why = f"{len(made.failures)} of what was asked for failed"
        except errors.ProviderError as error:
            why = str(error)
        except OSError as error:
            why = f"the results cannot be saved: {error.strerror or type(error).__name__}"
            self.stop.now(why)
        return Ending(
            line=task.number,
            reference=task.reference,
            state="succeeded" if files else "unsaved",
            job_id=job_id,
            files=files,
            charge=charge,
            quote=quote,
            why=why,
        )

    async def _charged(self, task: Task, quote: quotes.Quote, made: Made) -> quotes.Charge | None:
        """Return what was charged. For a job of an earlier run the quote tells it, and the ledger learns of it here."""
        known = task.known
        if made.charge is not None or task.action == "send" or known is None or quote.currency is None:
            return made.charge
        many = 1 if isinstance(made, done.Instant) else sum(isinstance(one, self.makes) for one in made.results)
        amount = quotes.settled(quote, {**made.reported, "delivered": Decimal(many)})
        if amount is None:
            return None
        change = Ended(
            provider=self.client.provider.name,
            at=self.client.door.clock.now(),
            state="succeeded",
            entry=known.entry,
            job_id=known.job_id,
            currency=quote.currency,
            charged=amount,
            charged_by="quote",
        )
        with contextlib.suppress(errors.LedgerFailed):
            await asyncio.to_thread(self.ledger.write, [change])
        return quotes.Charge(amount=amount, currency=quote.currency, by="quote")
