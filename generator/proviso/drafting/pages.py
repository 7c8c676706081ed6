"""The files of a draft: sections that all models have alike stand in provider.yaml, the others in each model's file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from proviso.drafting import sections
from proviso.yaml_text import Block, dumped


def files(provider: Block, models: Sequence[tuple[str, Block]], *, language: str) -> dict[str, str]:
    """Lay the files of a provider out.

    Args:
        provider: what stands in provider.yaml in any case.
        models: the short name of each model, and all that is known of it.
        language: the way from the files to the package that holds the language.
    """
    shared = Block()
    for key in sections.SHARED_KEYS:
        found = [(model.members.get(key), model.remarks.get(key)) for _, model in models]
        if found and found[0][0] is not None and all(one == found[0] for one in found):
            _move(models[0][1], shared, key)
            for _, model in models:
                model.members.pop(key, None)
                model.remarks.pop(key, None)
    for key in sections.SHARED_KEYS:
        _move(shared, provider, key)
    written = {"provider.yaml": dumped(provider, header=sections.header("provider", language))}
    for stem, model in models:
        ordered = _ordered(model, sections.MODEL_KEYS)
        written[f"{stem}.yaml"] = dumped(ordered, header=sections.header("model", language))
    return written


def _ordered(block: Block, keys: Iterable[str]) -> Block:
    found = Block()
    for key in keys:
        _move(block, found, key)
    found.remarks.update(block.remarks)
    return found


def _move(source: Block, target: Block, key: str) -> None:
    if key in source.members:
        target.put(key, source.members[key], *source.remarks.get(key, ()))
        source.remarks.pop(key, None)
