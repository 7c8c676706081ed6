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
_LOST = ("lost", "drop", "half", "hang", "garbage")


def check(run: Evidence, clean: Evidence | None) -> Iterator[Finding]:
    """Yield what is wrong with how a program pays.

    Args:
        run: what was seen.
        clean: the run in which nothing went wrong; None where this is it.
    """
    for number, one in enumerate(run.paid):
        if not _is_doubtful(one):
            continue
        again = [later for later in run.paid[number + 1 :] if not _is_harmless(one, later)]
        more = _more(run.paid, () if clean is None else clean.paid)
        if again and more:
            yield _again(run, one, again)
            break
        if run.ended.status == 0 and not any(other.heard and other.accepted for other in run.paid):
            yield judging.finding(
                "charge-unseen",
                "nobody knows whether the paid request was accepted, and the program ended with status 0",
                run=run,
                about=one.subject,
                cost=judging.cost([one]),
            )
            break
    yield from _too_soon(run)


def _again(run: Evidence, first: Seen, again: Sequence[Seen]) -> Finding:
    often = "once" if len(again) == 1 else f"{len(again)} times"
    accepted = [one for one in again if one.accepted]
    return judging.finding(
        "paid-again",
        f"the program sent the paid request again, {often}, and may be billed each time",
        run=run,
        about=first.subject,
        cost=judging.cost(accepted or [first]),
    )


def _is_doubtful(one: Seen) -> bool:
    """Say whether nobody can know that a paid request was not accepted."""
    if (one.entry.fault or "").partition(":")[2] in _LOST:
        return True
    status = one.entry.status
    failed = not one.heard and status is not None and (status >= 500 or status in _GIVEN_UP)
    return failed and not _is_unbilled(one.subject, status or 0)


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
