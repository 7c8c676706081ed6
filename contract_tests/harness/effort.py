"""How many requests a test is tried with, as shares of the profile that conftest chooses."""

from __future__ import annotations

from hypothesis import Phase, settings

FEW = settings(max_examples=max(settings().max_examples // 4, 10))
"""For tests that send something, and for those that run once a rule."""

ONCE = settings(max_examples=1, phases=[Phase.generate], database=None)
"""For facts that hardly depend on the request: the simplest one, and nothing to shrink."""

RARE = settings(max_examples=max(settings().max_examples // 12, 3))
"""For what follows from a spec alone, and hardly from the request."""
