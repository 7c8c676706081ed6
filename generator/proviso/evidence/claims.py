"""What a doubt says of a fact that a page no longer states as the spec does: one sentence, known again by everybody."""

from __future__ import annotations

from proviso.document import Document, Steps
from proviso.evidence.citations import sources_of
from proviso.evidence.facts import named, value_at


def claim(steps: Steps, said: str | None) -> str:
    """Write the sentence.

    Args:
        steps: the way to the fact.
        said: what the page says, None where it says nothing of it.
    """
    return f"{named(steps)} is not stated." if said is None else f"{named(steps)} is {said}."


def is_ruled(document: Document, source: str, steps: Steps, said: str | None) -> bool:
    """Tell whether a doubt of the document knows that a page says this, and rules.

    Args:
        document: the spec file of the fact.
        source: the page.
        steps: the way to the fact.
        said: what the page says, None where it says nothing of it.
    """
    wanted = claim(steps, said)
    doubts = value_at(document.data, ("doubts",))
    for doubt in doubts if isinstance(doubts, list) else ():
        claims = doubt.get("claims") if isinstance(doubt, dict) else None
        for one in claims if isinstance(claims, list) else ():
            if isinstance(one, dict) and one.get("says") == wanted and source in sources_of(one.get("source")):
                return True
    return False
