"""Two states of specs, compared by meaning: what each change means to the people who send requests.

Breaking: somebody must act. Compatible: whatever worked goes on working. Information: no request, price or result is
another.

    what                          breaking                            compatible              information
    provider, model               gone; another id or name            new                     on its way out
    parameter                     gone; new and required; required    new; may be left out    wording, examples, advice
    limits (options, ranges,      narrower                            wider                   written otherwise
      lengths, formats, null)
    default                       another; gone; new and sent                                 documented
    rule between parameters       new; for more requests; narrower    gone; wider; advice     other advice
    size in pixels                another; gone                       new
    price, free quota             dearer, less is free; another       cheaper; more is free;  wording
                                  formula, currency; unknown; ends    known; one more price
    retention                     shorter; unknown                    longer; known
    schedule                      jobs are given up sooner            polls at other times    how long jobs take
    call, path in a reply, body,  another; gone                       new
      address, what calls carry
    word for a state              means another phase; gone, and      new; gone, and it       queued is running now
                                  it ended jobs                       meant waiting
    code of failed jobs                                               new; gone
    refusal                       means something else; billed        known; free             wording
    callback                      looks otherwise; less time, tries   more time, tries
    rate                          lower; new                          higher; gone
    key, setting                  shown or named otherwise            one more way            wording
    doubt, example, page                                                                      any

`fact_*` are the table in full; `parameters`, `kinds`, `rules`, `amounts`, `prices`, `states` and `bodies` judge what
takes more than a look. Whatever nobody judges is told as the facts around it are, and never silently.
"""

from __future__ import annotations

from proviso import ir
from proviso.comparing import amounts, parameters, providers, states
from proviso.comparing.changes import CLASSES, Change, Class, in_order
from proviso.comparing.gathering import gathered

__all__ = ["CLASSES", "Change", "Class", "compare"]

_COMPARERS = (amounts, parameters, states)
"""Modules that say how single types are compared."""


def compare(old: tuple[ir.Provider, ...], new: tuple[ir.Provider, ...]) -> tuple[Change, ...]:
    """List every change between two states of specs, what hurts most first; nothing where they mean the same."""
    before, after = ({one.name: one for one in side} for side in (old, new))
    names = dict.fromkeys((*before, *after))
    found = [change for name in names for change in providers.provider(before.get(name), after.get(name))]
    both = {name for name in names if name in before and name in after}
    kept = frozenset(
        name for name in both if {one.name for one in before[name].models} & {one.name for one in after[name].models}
    )
    return in_order(gathered(found, providers=kept))
