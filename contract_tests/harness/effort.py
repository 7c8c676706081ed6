"""How many requests a test is tried with, as shares of the profile that conftest chooses.

A real provider is tried harder than an invented one. What an invented one has and no real one has
is a rule, a place or a step of the protocol, and that is as right or as wrong in the sixth request
as in the sixtieth; its faults are made one by one anyway, so that none waits for a lucky draw. What
more requests can find is a fact that somebody misread, and nobody reads documents that do not exist.
The profile `thorough` tries all of them hard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from harness.subjects import Subject
from proviso.drawing.mutants import Fault

Test = Callable[..., None]
Trying = Callable[..., Callable[[Test], Test]]

_MOST = settings().max_examples
_ALL_HARD = settings.get_current_profile_name() == "thorough"


def _share(part: int, least: int) -> settings:
    return settings(max_examples=max(_MOST // part, least))


def _trying(hard: settings, light: settings) -> Trying:
    """Return what `hypothesis.given` is, for a test that is tried with so many requests."""

    def trying(**drawn: st.SearchStrategy[Any]) -> Callable[[Test], Test]:
        def made(test: Test) -> Test:
            of_real, of_invented = hard(given(**drawn)(test)), light(given(**drawn)(test))

            @wraps(of_real)
            def tried(**asked: object) -> None:
                (of_invented if _is_light(asked.values()) else of_real)(**asked)

            return tried

        return made

    return trying


def _is_light(asked: Iterable[object]) -> bool:
    subjects = (one.subject if isinstance(one, Fault) else one for one in asked)
    return not _ALL_HARD and any(isinstance(one, Subject) and one.house.is_invented for one in subjects)


usual = _trying(settings(), _share(3, 20))
"""For tests of a request alone."""

few = _trying(_share(4, 10), _share(10, 6))
"""For tests that send something, and for those that run once a rule."""

rare = _trying(_share(12, 3), _share(20, 3))
"""For what follows from a spec alone, and hardly from the request."""


def stateful(subject: Subject) -> settings:
    """Return how hard a machine is tried that goes through many steps."""
    hard = _ALL_HARD or not subject.house.is_invented
    return _share(10 if hard else 15, 2)


_SIMPLEST = settings(max_examples=1, phases=[Phase.generate], database=None)

once = _trying(_SIMPLEST, _SIMPLEST)
"""For facts that hardly depend on the request: the simplest one, and nothing to shrink."""
