"""What a reply tells of a job: the provider's word, and the phase that it means."""

from __future__ import annotations

from proviso import ir, reply_matches, reply_paths


def told(state: ir.State, document: object) -> bool:
    """Tell whether a document tells a state at all, documented or not."""
    return bool(reply_paths.find(state.at, document)) or phase(state, document) is not None


def phase(state: ir.State, document: object) -> ir.Phase | None:
    """Return what a document means for the job; None where nobody documented it."""
    for case in state.cases:
        if reply_matches.hold(case.when, document):
            return case.means
    found = reply_paths.find(state.at, document)
    if not found or found[0] is None:
        return state.absent
    return by_word(state, found[0])


def by_word(state: ir.State, word: object) -> ir.Phase | None:
    """Return what a word means by itself, without cases."""
    folded = _folded(state, word)
    return next((means for one, means in state.phases if ir.same(_folded(state, one), folded)), None)


def _folded(state: ir.State, word: object) -> object:
    return word.casefold() if state.ignore_case and isinstance(word, str) else word
