"""Strategies of what Python lets a caller pass: junk of every type, and objects that raise whatever is asked of them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NoReturn

from hypothesis import strategies as st

from harness.subjects import Subject

if TYPE_CHECKING:
    from hypothesis.vendor.pretty import RepresentationPrinter

_ASKED = (
    "__eq__", "__ne__", "__lt__", "__gt__", "__le__", "__ge__", "__str__", "__repr__", "__format__", "__bool__",
    "__len__", "__iter__", "__contains__", "__getitem__", "__int__", "__float__", "__index__", "__sub__", "__mod__",
    "__hash__", "items", "keys", "values", "get", "isascii", "lower", "is_integer", "bit_length",
)  # fmt: skip


class RaisesError(Exception):
    """What a hostile object raises."""


def _raise(*_: object) -> NoReturn:
    raise RaisesError


def _hostile(base: type[object]) -> type[object]:
    """Make a class whose objects raise when they are compared, hashed, shown, counted or asked for their truth."""
    return type(f"Hostile{base.__name__.title()}", (base,), {**dict.fromkeys(_ASKED, _raise), "_repr_pretty_": _pretty})


def _hostile_name(hashes: Iterator[int]) -> object:
    """Make a key that hashes to these numbers, one after the other, and raises when it is compared."""

    def hashed(_: object) -> int:
        number = next(hashes, None)
        return _raise() if number is None else number

    return type("HostileName", (_hostile(object),), {"__hash__": hashed})()


def _pretty(value: object, printer: RepresentationPrinter, _cycle: object) -> None:
    printer.text(type(value).__name__)


_CLASSES = tuple(_hostile(base) for base in (object, str, int, float, list, dict))
_HOSTILE: st.SearchStrategy[object] = st.sampled_from(_CLASSES).map(lambda kind: kind())
_LEAVES: st.SearchStrategy[object] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.sampled_from([math.nan, math.inf, -math.inf, 10**400, -(10**400), 1j, Decimal("NaN"), Decimal("1e999999")]),
    st.sampled_from(["", "\ud800", "a\udfffb", "\x00", "http://\ud83d", "2048x\ud800"]),
    st.text(max_size=5),
    st.binary(max_size=5),
    st.sampled_from([object, print, ..., NotImplemented, range(9), {1, 2}, frozenset("ab"), bytearray(b"a"), (1, 2)]),
    _HOSTILE,
)
ANYTHING: st.SearchStrategy[object] = st.recursive(
    _LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)),
    max_leaves=6,
)


@cache
def params(subject: Subject) -> st.SearchStrategy[dict[object, object]]:
    """Return a strategy of params whose every value may be anything, alone or in a list."""
    one = st.one_of(ANYTHING, ANYTHING.map(lambda value: [value, value]))
    names = [parameter.name for parameter in subject.model.parameters]
    known = st.fixed_dictionaries({}, optional=dict.fromkeys(names, one))
    return st.builds(
        lambda given, more: {**given, **more}, known, st.dictionaries(st.text(max_size=3), one, max_size=2)
    )


@cache
def odd_keys(subject: Subject) -> st.SearchStrategy[dict[object, object]]:
    """Return a strategy of params whose keys are no texts, some of which raise when they are looked at."""
    like = st.sampled_from([parameter.name for parameter in subject.model.parameters])
    plain_ones: st.SearchStrategy[object] = st.sampled_from([None, 7, 1.5, b"prompt", (1, 2), True])
    same = like.map(lambda name: _hostile_name(itertools.repeat(hash(name))))
    once = st.builds(lambda: _hostile_name(iter([7])))  # to get into a dict, and no more
    return st.one_of(plain_ones, same, once).map(lambda key: {key: 1})
