"""Strategies of small things: texts that are hard to carry, constants, amounts."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from .building import Spec

HOSTILE = (
    '"""', "\\", "a\nb", "{{ 7 }}", "{% raw %}", "#", "'", '\\"', "Required[", "shared.", "dataclasses.", "\u202e", "\u2028", "\0",
    "a long text " * 12, "x" * 120, "é", "😀", "16:9", "no", "0x1F", "~", " a", "a ", "1_000", "-->", "|",
)  # fmt: skip

some_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
texts = st.sampled_from(HOSTILE) | some_text
# What the language calls a text holds something to see; a constant of a body holds no placeholder.
prose = st.sampled_from([one for one in HOSTILE if one.strip()]) | some_text.map(lambda text: f"a{text}")
constants: st.SearchStrategy[Any] = (
    st.sampled_from([one for one in HOSTILE if "{" not in one]) | st.booleans() | st.integers()
)
constants |= st.decimals(min_value=-9, max_value=9, places=2)
states = (st.sampled_from(HOSTILE) | some_text).map(lambda word: f"{word}~") | st.integers(3)
small = st.integers(0, 4)
maybe = st.booleans()
some_amounts = st.decimals(min_value=0, max_value=9, places=3)
unsure = st.just({"unknown": "The page does not say."})
decimals = st.decimals(min_value=-100, max_value=100, places=2, allow_nan=False)


def some(draw: st.DrawFn, **members: Any) -> Spec:
    """Keep some of these members."""
    return {key: value for key, value in members.items() if draw(maybe)}
