"""Texts and the patterns that specs ask of them."""

from __future__ import annotations


def fits(text: str, pattern: str) -> bool:
    r"""Tell whether a pattern is found in a text.

    pattern: in the words of `re`, with \Z for the end; the spec language admits only those that no text can slow down.
    """
    # Imported where it is used: it takes longer than all other checks of a request.
    import re

    return re.search(pattern, text) is not None
