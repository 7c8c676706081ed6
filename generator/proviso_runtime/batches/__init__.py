"""Many requests to a model as one piece of work, which a kill interrupts and nothing makes pay twice.

It is one paragraph of code: open an AsyncClient, `with batches.Batch(MODEL, client, out="pictures") as batch:`, then
`plan = batch.plan(requests, batches.Choices(max_cost="5.00"))` and `await batch.run(plan, concurrency=16)`. The same
paragraph goes on where the last run of it was.
"""

from __future__ import annotations

from proviso_runtime import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from proviso_runtime.batches.batch import Batch as Batch
    from proviso_runtime.batches.batch import dry_run as dry_run
    from proviso_runtime.batches.folder import BatchRefused as BatchRefused
    from proviso_runtime.batches.lines import Finding as Finding
    from proviso_runtime.batches.lines import Line as Line
    from proviso_runtime.batches.plans import Choices as Choices
    from proviso_runtime.batches.plans import LinesInvalid as LinesInvalid
    from proviso_runtime.batches.plans import Plan as Plan
    from proviso_runtime.batches.tally import Tally as Tally
else:
    __getattr__, __dir__ = lazy.names(
        __name__,
        {
            "Batch": "proviso_runtime.batches.batch",
            "Choices": "proviso_runtime.batches.plans",
            "Finding": "proviso_runtime.batches.lines",
            "BatchRefused": "proviso_runtime.batches.folder",
            "Line": "proviso_runtime.batches.lines",
            "LinesInvalid": "proviso_runtime.batches.plans",
            "Plan": "proviso_runtime.batches.plans",
            "Tally": "proviso_runtime.batches.tally",
            "dry_run": "proviso_runtime.batches.batch",
        },
    )

__all__ = ["Batch", "BatchRefused", "Choices", "Finding", "Line", "LinesInvalid", "Plan", "Tally", "dry_run"]
