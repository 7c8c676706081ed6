"""The classes that type the objects inside parameters: their names, and the order in which they are written."""

from __future__ import annotations

from proviso import ir, kind_words, naming, python_types

_TAKEN = frozenset({
    "AsyncCalls", "Calls", "Params", "SCHEMA", "Literal", "Required", "TypedDict", "None", "True", "False",
})  # fmt: skip
"""Names that the modules of a model have already."""


class Classes:
    """A name for every object inside some parameters, inner ones before those that hold them."""

    def __init__(self, parameters: tuple[ir.Parameter, ...]) -> None:
        """Name every object; two that are alike are one."""
        self.named: dict[ir.Object, str] = {}
        self._taken = {*_TAKEN, *(one.name for one in parameters)}
        for one in parameters:
            self._name(one.kind, (one.name,))

    def spelled(self, kind: ir.Kind) -> str:
        """Spell the type of a kind of value."""
        return python_types.python_type(kind, self.named.__getitem__)

    def _name(self, kind: ir.Kind, steps: tuple[str, ...]) -> None:
        match kind:
            case ir.Nullable(of=inner) | ir.Sequence(items=inner):
                self._name(inner, steps)
            case ir.Union(arms=arms, tag=None):
                for arm in arms:
                    self._name(arm, steps)
            case ir.Union(arms=arms):
                for arm, tag in zip(arms, kind_words.tags(kind), strict=True):
                    self._name(arm, (*steps, tag))
            case ir.Object(members=members) if kind not in self.named:
                for one in members:
                    self._name(one.kind, (*steps, one.name))
                self.named[kind] = self._unique(naming.class_name(*steps))
            case _:
                pass

    def _unique(self, wanted: str) -> str:
        spelled, number = wanted, 2
        while spelled in self._taken:
            spelled, number = f"{wanted}{number}", number + 1
        self._taken.add(spelled)
        return spelled
