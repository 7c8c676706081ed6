"""What a program does when it cannot know whether its paid request was accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from proviso import ir
from proviso.audit import judging
from proviso.audit.evidence import Evidence, times
from proviso.audit.record import Seen
from proviso.oracle.subject import Subject
from proviso.reports.findings import Finding

_GIVEN_UP = (408, 460, 499)  # what gateways say when they do not know either
_EARLY = 0.9  # the share of a pause that counts as kept
_LOST = {
    "lost": "the reply was lost",
    "drop": "the connection broke",
    "half": "the reply broke off",
    "hang": "no reply came",
    "garbage": "the reply was unreadable",
}


def check(run: Evidence, clean: Evidence | None) -> Iterator[Finding]:
    """Yield what is wrong with how a program pays.

    Args:
        run: what was seen.
        clean: the run in which nothing went wrong; None where this is it.
    """
    for number, one in enumerate(run.paid):
        how = _doubt(one)
        if how is None:
            continue
        again = [later for later in run.paid[number + 1 :] if not _is_harmless(one, later)]
        more = _more(run.paid, () if clean is None else clean.paid)
        if again and more:
            yield _again(run, one, again, how)
            break
        if run.ended.status == 0 and not any(other.heard and other.accepted for other in run.paid):
            yield judging.finding(
                "charge-unseen",
                f"{how} to the paid request, and the program ended with status 0 as if all were well",
                run=run,
                about=one.subject,
                cost=judging.cost([one]),
            )
            break
    yield from _too_soon(run)


def _again(run: Evidence, first: Seen, again: Sequence[Seen], how: str) -> Finding:
    times_ = "once" if len(again) == 1 else f"{len(again)} times"
    accepted = [one for one in again if one.accepted]
    return judging.finding(
        "paid-again",
        f"{how} to the paid request, and the program sent it again, {times_}; it may be billed each time",
        run=run,
        about=first.subject,
        cost=judging.cost(accepted or [first]),
    )


def _doubt(one: Seen) -> str | None:
    """Say why nobody knows whether a paid request was accepted; None where it is known."""
    what = (one.entry.fault or "").partition(":")[2]
    if what in _LOST:
        return _LOST[what]
    status = one.entry.status
    if one.heard or status is None or not (status >= 500 or status in _GIVEN_UP) or _is_unbilled(one.subject, status):
        return None
    return f"{status}, which no document calls unbilled, came"


def _is_unbilled(subject: Subject | None, status: int) -> bool:
    """Say whether the documents say that nothing is billed after such a status."""
    errors: ir.Errors | ir.Unknown | None = None if subject is None else subject.model.errors
    if not isinstance(errors, ir.Errors):
        return False
    meaning = next((one for one in errors.statuses if one.status == status), None)
    if meaning is None:
        return False
    return meaning.billed is False or (meaning.billed is None and errors.billed is False)


def _is_harmless(first: Seen, later: Seen) -> bool:
    """Say whether a request starts nothing that an earlier one may have started: the documents know it as the same."""
    if first.subject is None or first.subject.model.resend_for is None:
        return False
    same = first.content == later.content and first.fresh == later.fresh
    return same and later.at - first.at <= float(first.subject.model.resend_for)


def _more(paid: Sequence[Seen], clean: Sequence[Seen]) -> bool:
    """Say whether more was sent than where nothing goes wrong, or one request more often."""
    usual = Counter(one.content for one in clean)
    return len(paid) > len(clean) or any(n > max(usual[c], 1) for c, n in Counter(o.content for o in paid).items())


def _too_soon(run: Evidence) -> Iterator[Finding]:
    for one, later in times(run.paid):
        if one.later is not None and later.at - one.until < one.later * _EARLY:
            waited = f"{later.at - one.until:.1f}"
            yield judging.finding(
                "too-soon",
                f"the reply asked for {one.later:g} seconds of peace, and the next request came after {waited}",
                run=run,
                about=one.subject,
            )
            return
