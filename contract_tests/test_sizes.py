"""Every size of the documented table is given in pixels, and nothing that is not in the table is."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import strategies as st

from harness.effort import usual
from harness.subjects import Subject
from proviso import ir


def _table(subject: Subject) -> ir.Sizes:
    assert subject.model.sizes is not None
    return subject.model.sizes


def test_every_row_of_the_table_is_given(sized_subject: Subject) -> None:
    table = _table(sized_subject)
    for row in table.rows:
        assert sized_subject.module.size(**dict(zip(table.by, row.values, strict=True))) == row.pixels


def test_only_what_is_in_the_table_has_a_size(sized_subject: Subject) -> None:
    table = _table(sized_subject)
    rows = {row.values for row in table.rows}
    axes = [sorted({values[at] for values in rows}) for at in range(len(table.by))]
    near = [[*axis, *(value.swapcase() + " " for value in axis), ""] for axis in axes]
    for values in itertools.product(*near):
        if values not in rows:
            with pytest.raises(ValueError, match="no documented size"):
                sized_subject.module.size(**dict(zip(table.by, values, strict=True)))


@usual(data=st.data())
def test_other_values_have_no_size(sized_subject: Subject, data: st.DataObject) -> None:
    table = _table(sized_subject)
    strange = {name: "?" + data.draw(st.text(max_size=20)) for name in table.by}
    with pytest.raises(ValueError, match="no documented size"):
        sized_subject.module.size(**strange)


def test_a_size_can_be_asked_of_every_request_that_names_one(sized_subject: Subject) -> None:
    table = _table(sized_subject)
    for name in table.by:
        parameter = sized_subject.model.parameter(name)
        assert parameter is not None
        kind = ir.bare(parameter.kind)
        assert isinstance(kind, ir.Choice)
        found = {row.values[table.by.index(name)] for row in table.rows}
        assert found <= set(kind.values)
        assert table.partial is not None or found == set(kind.values)


def test_a_model_without_a_table_offers_no_sizes(subject: Subject) -> None:
    assert hasattr(subject.module, "size") is (subject.model.sizes is not None)
