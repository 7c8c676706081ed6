"""JSON of a page in words of ours: prompts are written anew, and what the page leaves blank keeps what the spec has."""

from __future__ import annotations

from proviso.evidence.scanning import Around

NEUTRAL = "a small boat on a quiet lake in the morning"
"""What stands for a prompt of a page."""


def merged(found: object, known: object, around: Around, path: str = "$") -> object:
    """Write the JSON of a page with what the spec has in its own words: prompts, and what the page leaves blank.

    Args:
        found: the JSON on the page.
        known: the JSON in the spec.
        around: which texts are written anew, and which are blanked.
        path: where both stand.
    """
    if path in around.blanked and known is not None:
        return known
    match found, known:
        case dict(), _:
            others = known if isinstance(known, dict) else {}
            return {
                key: _own(value, others.get(key))
                if key in around.free_texts and isinstance(value, str)
                else merged(value, others.get(key), around, f"{path}.{key}")
                for key, value in {**{key: found[key] for key in others if key in found}, **found}.items()
            }
        case list(), _:
            others_listed = known if isinstance(known, list) and len(known) == len(found) else [None] * len(found)
            return [
                merged(one, other, around, f"{path}[{index}]")
                for index, (one, other) in enumerate(zip(found, others_listed, strict=True))
            ]
        case _:
            return found


def _own(text: str, known: object) -> object:
    # A short word is a placeholder of the page, which is no prompt of anybody's.
    return known if known is not None else text if " " not in text else NEUTRAL
