"""Changes, and what becomes of saved requests, as findings of a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from proviso.comparing.changes import Change, Class
from proviso.comparing.gathering import shown_subjects
from proviso.comparing.names import RULES
from proviso.comparing.saved import Verdict, Weighed
from proviso.comparing.totals import Totals
from proviso.comparing.versions import proposal
from proviso.reports.findings import Finding, Further, Level, Report

_LEVELS: Mapping[Class, Level] = {"breaking": "error", "compatible": "note", "information": "note"}
_REQUESTS: Mapping[Verdict, Level] = {
    "refused": "error",
    "accepted": "note",
    "dearer": "warning",
    "other price": "warning",
    "cheaper": "note",
}
_MOST_WRONG = 5


def report(
    changes: tuple[Change, ...], *, title: str, requests: Iterable[Finding] = (), totals: Totals | None = None
) -> Report:
    """Make the report of a comparison.

    title: the two states. requests: what becomes of saved requests, as `request` and `bad_line` tell it. totals: what
    they come to, None where there are none.
    """
    findings = (*(change(one) for one in changes), *requests)
    used = {one.rule for one in findings}
    return Report(
        command="proviso diff",
        title=title,
        findings=findings,
        rules={rule: says for rule, says in RULES.items() if rule in used},
        summary=(("version", proposal(changes)), *(() if totals is None else _summary(totals))),
    )


def change(one: Change) -> Finding:
    """Make the finding of a change."""
    whose = shown_subjects(one)
    further = () if one.was is None or one.was == one.place else (Further(place=one.was, text="stood here before"),)
    told = (
        ("old", one.old),
        ("new", one.new),
        ("touches", ", ".join(one.subjects) if one.subjects != (whose,) else None),
    )
    return Finding(
        rule=one.rule,
        title=f"{whose} {one.at}".rstrip(),
        what=one.at,
        verdict=one.means,
        level=_LEVELS[one.means],
        message=one.consequence,
        place=one.place,
        further=further,
        details=tuple((name, text) for name, text in told if text is not None),
    )


def request(line: int, model: str, weighed: Weighed) -> Finding | None:
    """Make the finding of a saved request; None where nothing is another. Nothing of what it says is told."""
    level = _REQUESTS.get(weighed.verdict)
    if level is None:
        return None
    wrong = weighed.new.wrong or weighed.old.wrong
    if weighed.verdict in ("refused", "accepted"):
        more = f", and {len(wrong) - _MOST_WRONG} more" if len(wrong) > _MOST_WRONG else ""
        said = f"{', '.join(wrong[:_MOST_WRONG])}{more}"
        passed = weighed.verdict == "accepted"
        message = f"passes from now on; before: {said}" if passed else f"is refused from now on: {said}"
        return _request(line, model, weighed.verdict, level, message, rule="request")
    message = f"costs {weighed.new.cost} in place of {weighed.old.cost}"
    return _request(line, model, weighed.verdict, level, message, rule="request-price")


def bad_line(line: int, reason: str) -> Finding:
    """Make the finding of a line that holds no request."""
    return _request(line, "", "not read", "warning", reason, rule="request-line")


def _request(line: int, model: str, verdict: str, level: Level, message: str, *, rule: str) -> Finding:
    title = f"request on line {line} {model}".rstrip()
    return Finding(rule=rule, title=title, what=title, verdict=verdict, level=level, message=message)


def _summary(totals: Totals) -> Iterator[tuple[str, str]]:
    counted = ", ".join(f"{number} {verdict}" for verdict, number in sorted(totals.verdicts.items()))
    yield "requests", f"{totals.count}{f': {counted}' if counted else ''}"
    for currency, one in sorted(totals.sums.items()):
        yield f"{currency} at most", str(one)
    if totals.unknown:
        yield "of unknown price", str(totals.unknown)
    if totals.unread:
        yield "lines that hold no request", str(totals.unread)
    if totals.untold:
        yield "counted, and not told one by one", str(totals.untold)
