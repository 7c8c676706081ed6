"""What was worked out for a request is not worked out again for one that is like it in all that was looked at."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Concatenate, Generic, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from proviso.oracle.exact import key
from proviso.oracle.subject import Params, Subject

_MOST = 1000  # results a subject and a function

Of = TypeVar("Of")
Result = TypeVar("Result")
More = ParamSpec("More")
_Known = dict[tuple[str, ...], dict[Hashable, Result]]


@dataclass(frozen=True, slots=True, eq=False)
class Same(Generic[Of]):
    """What is like nothing but itself, so that it can be asked about without being compared."""

    of: Of

    def __hash__(self) -> int:
        return id(self.of)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.of is other.of


class Watched(Mapping[str, object]):
    """Params that note which of them are read. whole: whether they were read one after another, however many."""

    __slots__ = ("_params", "read", "whole")

    def __init__(self, params: Params) -> None:
        self._params = params
        self.read: set[str] = set()
        self.whole = False

    def __getitem__(self, name: str) -> object:
        self.read.add(name)
        return self._params[name]

    def __contains__(self, name: object) -> bool:
        self.read.add(str(name))
        return name in self._params

    def __iter__(self) -> Iterator[str]:
        self.whole = True
        return iter(self._params)

    def __len__(self) -> int:
        self.whole = True
        return len(self._params)


def remembered(
    work: Callable[Concatenate[Subject, Params, More], Result],
) -> Callable[Concatenate[Subject, Params, More], Result]:
    """Remember what a function gives, by the params that it reads. Whatever else it takes can be hashed."""
    known: WeakKeyDictionary[Subject, _Known[Result]] = WeakKeyDictionary()

    def worked(subject: Subject, params: Params, /, *more: More.args, **named: More.kwargs) -> Result:
        by_names = known.get(subject)
        if by_names is None:
            by_names = known[subject] = {}
        others = (*more, *named.items())
        for names, found in by_names.items():
            values = _values(names, params, others)
            if values in found:
                return found[values]
        watched = Watched(params)
        result = work(subject, watched, *more, **named)
        if not watched.whole:
            if sum(map(len, by_names.values())) >= _MOST:
                by_names.clear()
            names = tuple(sorted(watched.read))
            by_names.setdefault(names, {})[_values(names, params, others)] = result
        return result

    return worked


def _values(names: tuple[str, ...], params: Params, others: tuple[object, ...]) -> Hashable:
    return (others, *(_MISSING if name not in params else _key(params[name]) for name in names))


def _key(value: object) -> Hashable:
    # What is equal in Python and not in JSON differs by its type.
    return (type(value), value) if isinstance(value, str | int | float) else (None, key(value))


_MISSING = object()
