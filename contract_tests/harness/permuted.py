"""Specs that say the same in another order: members of mappings are shuffled where order means nothing.

The order of parameters, of body members and what travels beside them, of rows, rates, statuses, reports, headers and conditions
is the documents' own and shows in the generated code; the bodies of witnesses are data.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import yaml

_ORDERED = frozenset({"parameters", "properties", "rates", "statuses", "reports", "reply_headers", "sources"})
_AS_IT_IS = frozenset({"body", "request", "rows", "when"})


class _Order:
    """An order of names that a seed decides."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def of(self, name: yaml.Node) -> bytes:
        """Return what to sort a name by."""
        return hashlib.sha256(f"{self._seed} {name.value}".encode()).digest()


def write(specs: Path, target: Path, *, seed: int) -> None:
    """Write a folder of specs anew, with the members of mappings in another order."""
    order = _Order(seed)
    for path in sorted(specs.rglob("*.yaml")):
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        assert root is not None
        _shuffle(root, order)
        copy = target / path.relative_to(specs)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(yaml.serialize(root, Dumper=yaml.BaseDumper, allow_unicode=True), encoding="utf-8")


def _shuffle(node: yaml.Node, order: _Order, *, ordered: bool = False) -> None:
    match node:
        case yaml.MappingNode():
            for key, member in node.value:
                # A parameter may bear any name, so names among ordered members mean nothing.
                if ordered or key.value not in _AS_IT_IS:
                    _shuffle(member, order, ordered=not ordered and key.value in _ORDERED)
            if not ordered:
                node.value.sort(key=lambda member: order.of(member[0]))
        case yaml.SequenceNode():
            for item in node.value:
                _shuffle(item, order)
        case _:
            pass
