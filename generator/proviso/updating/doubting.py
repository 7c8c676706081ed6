"""What cannot be decided, left in the spec: both claims, a ruling that keeps what was there, and what would settle it."""

from __future__ import annotations

from proviso.document import Document, Steps
from proviso.evidence.claims import claim
from proviso.evidence.facts import value_at
from proviso.rewriting.differing import Change, Insert, Put
from proviso.updating.deciding import Decision

_LONGEST_ID = 70
_OF_JOBS = {"state": "state", "failure": "state", "results": "results", "retention": "retention"}


def doubted(document: Document, decision: Decision, *, read: str, touchable: frozenset[str]) -> tuple[Change, ...]:
    """Give the change that leaves a fact in doubt.

    Args:
        document: its spec file as it is now.
        decision: one that leaves the fact as it is.
        read: the day on which the old claim was read.
        touchable: the parameters that a doubt may touch.
    """
    listed = value_at(document.data, ("doubts",))
    doubts = listed if isinstance(listed, list) else []
    entry = _entry(decision, read, touchable)
    at = next((index for index, one in enumerate(doubts) if one.get("id") == entry["id"]), None)
    if at is not None:
        return (Put(steps=("doubts", at), value=entry),)
    if doubts:
        return (Insert(steps=("doubts", len(doubts)), value=entry),)
    data = document.data if isinstance(document.data, dict) else {}
    return (Put(steps=("doubts",), value=[entry], before="witnesses" if "witnesses" in data else None),)


def _entry(decision: Decision, read: str, touchable: frozenset[str]) -> dict[str, object]:
    name = decision.name
    olds = [one.old for one in decision.verdicts if one.old is not None]
    claims = [
        {
            "source": one.page.name,
            "says": claim(decision.steps, one.old if one.outcome == "confirmed" else one.new),
        }
        for one in decision.verdicts
    ]
    if olds and not any(one.outcome == "confirmed" for one in decision.verdicts):
        source = decision.first.page.name
        claims.insert(0, {"source": source, "says": f"On {read}, {name} was {olds[0]}."})
    ruling = f"{name} stays {olds[0]}." if olds else f"{name} is not taken over."
    return {
        "id": f"page-{_slug(name)}"[:_LONGEST_ID].rstrip("-"),
        "touches": [_touched(decision.steps, touchable, decision.document)],
        "claims": claims,
        "ruling": ruling,
        "because": f"It could not be taken over: {decision.why}.",
        "settled_by": "Reading the page.",
    }


def _slug(name: str) -> str:
    words = "".join(one if one.isascii() and one.isalnum() else "-" for one in name.lower())
    return "-".join(filter(None, words.split("-")))


def _touched(steps: Steps, touchable: frozenset[str], document: Document) -> str:
    match steps:
        case ("parameters", str(name), *_):
            return name if name in touchable else "parameters"
        case ("job", "submit" | "poll" | "collect" as step, *_):
            return str(step)
        case ("job", *rest):
            return next((_OF_JOBS[str(one)] for one in rest if one in _OF_JOBS), "poll")
        case ("replies", int(index), *_):
            of = value_at(document.data, ("replies", index, "of"))
            return str(of) if of in ("submit", "poll", "collect", "immediate") else "results"
        case ("witnesses" | "model" | "provider", *_):
            return "parameters"
        case (str(first), *_):
            return first
        case _:
            return "parameters"
