"""What careful people would say of some seventy edits of a spec is what is said."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from proviso import comparing, ir

from . import building
from .spec_pairs import BASE, Pair, edited, pairs


@cache
def base() -> tuple[ir.Provider, ...]:
    return building.accepted(BASE)


@pytest.mark.parametrize("pair", pairs(), ids=repr)
def test_an_edit_gives_these_changes_and_no_others(pair: Pair, tmp_path: Path) -> None:
    old, new = base(), building.accepted(edited(tmp_path, pair.edits))
    found = {f"{one.means} {one.rule} {one.at}": one.consequence for one in comparing.compare(old, new)}
    assert sorted(found) == sorted(head for head, _ in pair.gives)
    for head, said in pair.gives:
        assert said in found[head]
