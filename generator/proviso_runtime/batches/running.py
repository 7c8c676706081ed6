"""Run a plan: so many requests at once, each sent, waited for, saved and written down."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from proviso_runtime.batches import keeping
from proviso_runtime.batches.book import Book, Task
from proviso_runtime.batches.doing import Doing
from proviso_runtime.batches.journal import Ending
from proviso_runtime.batches.stopping import Stop
from proviso_runtime.batches.tally import Tally

OnProgress = Callable[[Tally], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of a plan. on_progress: called whenever something has changed."""

    book: Book
    doing: Doing
    tally: Tally
    stop: Stop
    concurrency: int
    on_progress: OnProgress | None = field(default=None, repr=False)

    async def all(self) -> None:
        """Do all that is to be done, or what is under way when the batch is stopped."""
        for task in self.book.tasks("done", "keep"):
            self.tally.states[keeping.state(task)] += 1
            self.tally.before += 1
        await self._tell_of_kept()
        self._news()
        tasks = self.book.tasks("wait", "collect", "send")
        broken: list[Exception] = []
        async with asyncio.TaskGroup() as workers:
            for _ in range(self.concurrency):
                workers.create_task(self._worked(tasks, broken))
        for error in broken:
            raise error
        self.tally.stopped = self.stop.why
        self._news()

    async def _worked(self, tasks: Iterator[Task], broken: list[Exception]) -> None:
        """Work, and let nothing that goes wrong here break off what others are paying for."""
        try:
            await self._work(tasks)
        except Exception as error:
            broken.append(error)
            self.stop.now(f"{type(error).__name__} was raised")
            self.stop.leave()

    async def _tell_of_kept(self) -> None:
        """Write down what nothing is done for, and what of it the ledger does not know yet."""
        unheard: list[Task] = []
        for task in self.book.tasks("keep"):
            ending = keeping.ending(task)
            if task.known is not None and task.known.told != ending.state:
                self.doing.journal.add(ending)
            if task.known is not None and task.known.state == "sending":
                unheard.append(task)
        await self.doing.mark_unknown(unheard)

    async def _work(self, tasks: Iterator[Task]) -> None:
        # One iterator for all workers: none of them is interrupted while it takes the next task.
        while self.stop.why is None and (task := next(tasks, None)) is not None:
            self.tally.running += 1
            self._news()
            try:
                ending = await self.doing.do(task)
            finally:
                self.tally.running -= 1
            self._count(ending)
            self._news()

    def _count(self, ending: Ending | None) -> None:
        if ending is None:
            return
        if ending.state == "accepted":
            self.tally.left += 1
        else:
            self.tally.states[ending.state] += 1

    def _news(self) -> None:
        if self.on_progress is not None:
            self.on_progress(self.tally)
