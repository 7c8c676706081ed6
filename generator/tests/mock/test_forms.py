"""Forms are read as what they stand for, and whatever is none is told so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proviso import ir
from proviso.mock import fields, parts

_INTEGER = ir.Integer(minimum=0, maximum=100)
_VALUES: list[tuple[ir.Kind, str, object]] = [
    (_INTEGER, "5", 5),
    (_INTEGER, "1_0", "1_0"),
    (_INTEGER, " 5", 5),
    (_INTEGER, "x", "x"),
    (ir.Number(), "NaN", "NaN"),
    (ir.Number(), "0.5", 0.5),
    (ir.Flag(), "true", True),
    (ir.Flag(), "yes", "yes"),
    (ir.Text(), "5", "5"),
    (ir.Text(), "null", "null"),
    (ir.Nullable(of=_INTEGER), "null", None),
    (ir.Union(arms=(ir.Text(max_length=1), _INTEGER)), "50", 50),
]
_TYPE = "multipart/form-data; boundary=b"


@pytest.mark.parametrize(("kind", "text", "value"), _VALUES)
def test_a_text_is_the_value_that_it_stands_for(kind: ir.Kind, text: str, value: object) -> None:
    found = fields.value(kind, text)
    assert (found, type(found)) == (value, type(value))


@given(content=st.binary(max_size=60).filter(lambda one: b"\r\n--b" not in one))
def test_a_file_is_read_byte_by_byte(content: bytes) -> None:
    head = b'--b\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
    found = parts.read(_TYPE, head + content + b"\r\n--b--\r\n")
    assert found == [("image", parts.File(media_type="image/png", content=content))]


@given(body=st.binary(max_size=80).filter(lambda one: not one.endswith(b"\r\n--b--")))
def test_what_does_not_end_is_no_form(body: bytes) -> None:
    with pytest.raises(ValueError, match="boundary"):
        parts.read(_TYPE, b"--b\r\n" + body.replace(b"--b", b"--c"))


def test_a_part_without_a_name_is_told() -> None:
    with pytest.raises(ValueError, match="a part has no name"):
        parts.read(_TYPE, b"--b\r\n\r\nx\r\n--b--\r\n")


@pytest.mark.parametrize("content_type", ["multipart/form-data", "", "text/plain; boundary="])
def test_a_form_without_a_boundary_is_none(content_type: str) -> None:
    with pytest.raises(ValueError, match="boundary"):
        parts.read(content_type, b"--b--")
