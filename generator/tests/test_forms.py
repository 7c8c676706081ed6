"""Forms of texts and exact numbers are read alike by the runtime, by lint and by the exported JSON Schema."""

from __future__ import annotations

import base64
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from proviso import ir, kind_schemas
from proviso.lint import forms, limits
from proviso_runtime import formats, numbers

FORMATS: tuple[ir.TextFormat, ...] = get_args(ir.TextFormat)
CHECKS = {
    "binary": formats.is_data_uri,
    "data-uri": formats.is_data_uri,
    "base64": formats.is_base64,
    "uuid": formats.is_uuid,
    "date-time": formats.is_date_time,
}
PIECES = {
    "base64": ["A", "z", "9", "+", "/", "=", "==", "AAAA", "-", "_", " ", "\n", "é", ""],
    "data-uri": ["data:", "DATA:", "image", "/", "png", ";", "a=b", "base64", ",", "AAAA", "AA==", " ", "\n", ":", "é"],
    "binary": ["data:", "image", "/", "png", "x-", ";", "base64", ";base64,", "AAAA", "AA==", ",", "é"],
    "uuid": ["123e4567", "-", "e89b", "12D3", "a456", "426614174000", "0", "g", "{", "\n", "\uff11"],
    "date-time": [
        "2024-02-29", "2023-02-29", "2000-02-29", "1900-02-29", "0000-02-29", "2026-04-31", "2026-13-01", "2026-00-10", "T", "t",
        " ", "00:00:00", "23:59:59", "24:00:00", "12:60:00", "12:00:60", ".5", ".", "Z", "z", "+23:59", "-24:00", "+0000", "\n",
        "\u0661",
    ],
}  # fmt: skip


def schema(kind: ir.Kind) -> Draft202012Validator:
    return Draft202012Validator(kind_schemas.kind_schema(kind))


@pytest.mark.parametrize("name", FORMATS)
@given(data=st.data())
def test_a_format_is_one_thing_to_every_reader(name: ir.TextFormat, data: st.DataObject) -> None:
    pieces = st.lists(st.sampled_from(PIECES[name]), max_size=9).map("".join)
    usual = {
        "base64": st.binary(min_size=1, max_size=9).map(lambda some: base64.b64encode(some).decode()),
        "binary": st.just("data:image/svg+xml;charset=utf-8;base64,AAA="),
        "data-uri": st.just("data:image/png;base64,AA=="),
        "uuid": st.uuids().map(str),
        "date-time": st.datetimes().map(lambda one: f"{one:%Y-%m-%dT%H:%M:%S}".rjust(19, "0") + "Z"),
    }[name]
    text = data.draw(
        pieces | usual | usual.flatmap(lambda right: st.sampled_from([right[1:], f"{right}\n", right.upper()]))
    )
    kind = ir.Formatted(format=name)
    told = CHECKS[name](text)
    assert told == forms.is_of(name, text) == (limits.breach(kind, text) is None) == schema(kind).is_valid(text), text


TYPES = ("image/png", "image/svg+xml", "application/vnd.x-a.b")


@given(
    st.sampled_from([(), *((one,) for one in TYPES), TYPES]),
    st.sampled_from(
        [*TYPES, *map(str.upper, TYPES), "image/pn", "image/pngx", "image/svg-xml", "xapplication/vnd.x-a.b"]
    ),
    st.sampled_from(["", ";a=b", ";base64=base64"]),
)
def test_a_media_type_is_allowed_by_every_reader_or_by_none(allowed: tuple[str, ...], told: str, more: str) -> None:
    text = f"data:{told}{more};base64,AAAA"
    kind = ir.Formatted(format="binary", media_types=allowed)
    assert formats.is_data_uri(text)
    assert formats.media_type(text) == told.lower()
    fits = not allowed or told.lower() in allowed
    assert (limits.breach(kind, text) is None) == schema(kind).is_valid(text) == fits


@given(st.binary(min_size=1, max_size=50), st.sampled_from(["", "data:a/b;base64,"]), st.integers(1, 50))
def test_bytes_are_counted_without_decoding(content: bytes, head: str, most: int) -> None:
    text = head + base64.b64encode(content).decode()
    kind = ir.Formatted(format="data-uri" if head else "base64", max_bytes=most)
    assert formats.bytes_held(text) == len(content)
    assert (limits.breach(kind, text) is None) == (len(content) <= most)


MIXABLE: dict[str, ir.Url | ir.Formatted] = {
    "http": ir.Url(schemes=("http", "https")),
    **{name: ir.Formatted(format=name) for name in FORMATS if name != "binary"},
}
LIKE = [
    "http://a", "HTTPS://a/b", "http:/a", "https://", "AAAA", "http", "data", "123e4567-e89b-12d3-a456-426614174000",
    "123e4567e89b12d3a456426614174000", "2026-01-31T12:00:00Z", "20260131T120000Z", "data:a/b;base64,AAAA", "DATA:A/b;base64,AA==",
    "data:a/b;base64,AAAA\n", "data:,a", "data:image/png;base64,AAAAAAAA", "AAAAAAAA", "",
]  # fmt: skip


@given(st.lists(st.sampled_from(sorted(MIXABLE)), min_size=2, unique=True), st.sampled_from(LIKE))
def test_a_text_of_several_formats_is_of_one_of_them_to_every_reader(names: list[str], text: str) -> None:
    arms = tuple(MIXABLE[name] for name in names)
    of = [limits.breach(arm, text) is None for arm in arms]
    mixed = ir.Mixed(arms=arms)
    assert sum(of) <= 1, "no text is of two formats"
    assert any(of) == (limits.breach(mixed, text) is None) == schema(mixed).is_valid(text)


@given(st.lists(st.sampled_from(sorted(MIXABLE)), min_size=2, unique=True), st.sampled_from(LIKE))
def test_what_a_text_of_several_formats_holds_is_limited_wherever_it_holds_something(
    names: list[str], text: str
) -> None:
    small: dict[str, Any] = {"data-uri": {"media_types": ("image/png",), "max_bytes": 3}, "base64": {"max_bytes": 3}}
    arms = tuple(replace(MIXABLE[name], **small.get(name, {})) for name in names)
    if limits.breach(ir.Mixed(arms=tuple(MIXABLE[name] for name in names)), text) is None:
        held = formats.bytes_held(text) if formats.holds_bytes(text) else 0
        told = formats.media_type(text) if formats.names_type(text) else "image/png"
        assert (limits.breach(ir.Mixed(arms=arms), text) is None) == (held <= 3 and told == "image/png")


@pytest.mark.parametrize("broken", ["=", "A=AA", "AA==AAAA", "é", " ", "-"])
def test_base64_is_looked_at_wherever_it_is_broken(broken: str) -> None:
    for before in (0, 2**18 - 4, 2**18, 2**18 + 4, 2**19 - 4):
        text = "A" * before + broken + "A" * (-(before + len(broken)) % 4)
        for wrong in (text, text + "A" * 2**18):
            assert not formats.is_base64(wrong)
            assert not formats.is_data_uri(f"data:a/b;base64,{wrong}")


@pytest.mark.parametrize("name", FORMATS)
def test_a_text_of_ten_megabytes_is_looked_at_once(name: ir.TextFormat) -> None:
    for text in (
        "A" * 10_000_000,
        "data:a/b;base64," + "A" * 10_000_000,
        "2026-01-01T00:00:00." + "1" * 10_000_000 + "Z",
        "-" * 10**7,
    ):
        assert CHECKS[name](text) in (True, False)


@given(
    st.floats(allow_nan=False, allow_infinity=False)
    | st.decimals(min_value=-99, max_value=99, places=3).map(float)
    | st.integers(),
    st.decimals(min_value="0.001", max_value=50, places=3) | st.just(Decimal(1)),
)
def test_a_multiple_is_told_by_decimal_digits(number: float, step: Decimal) -> None:
    wanted = Fraction(str(number)) % Fraction(step) == 0
    assert numbers.is_multiple(number, f"{step:f}") == wanted
    exact = int(number) if float(number).is_integer() else Decimal(str(number))
    assert (limits.breach(ir.Number(multiple_of=step), exact) is None) == (Fraction(exact) % Fraction(step) == 0)


def test_an_integer_of_any_length_is_a_multiple_or_none() -> None:
    assert numbers.is_multiple(10**9999, "0.1")
    assert not numbers.is_multiple(10**9999 + 1, "2")


quantities = st.builds(
    lambda unit, least, room, step: ir.UnitText(unit=unit, minimum=least, maximum=least + room, multiple_of=step),
    st.sampled_from(["s", "P", "$", "\\", ".", "(px)"]), st.integers(0, 3000), st.integers(0, 3000), st.sampled_from([None, 1]),
) | st.builds(lambda least: ir.UnitText(unit="s", minimum=least), st.integers(0, 3000))  # fmt: skip


@given(
    quantities,
    st.integers(0, 10**19) | st.integers(0, 7000),
    st.sampled_from(["{}{}", "0{}{}", "{}{}\n", "+{}{}", "{} {}", "{}", "{}{}{}"]),
)
def test_a_quantity_is_one_thing_to_every_reader(kind: ir.UnitText, number: int, form: str) -> None:
    text = form.format(number, kind.unit, kind.unit)
    read = numbers.quantity(text, kind.unit)
    assert read == forms.quantity(text, kind.unit)
    inside = read is not None and kind.minimum <= read <= (read if kind.maximum is None else kind.maximum)
    assert inside == (limits.breach(kind, text) is None) == schema(kind).is_valid(text)


def test_every_kind_that_may_be_null_lets_null_and_nothing_more_pass() -> None:
    kinds: list[Any] = [
        ir.Text(pattern="^a$"), ir.Choice(values=("a",)), ir.Only(value=3), ir.Url(schemes=("https",)), ir.Flag(),
        ir.Formatted(format="uuid"), ir.Mixed(arms=tuple(MIXABLE.values())), ir.PixelSize(tiers=("2K",), separators=("x",)), ir.PixelSize(tiers=(), separators=("x",)),
        ir.UnitText(unit="s"), ir.UnitText(unit="s", maximum=3), ir.Integer(minimum=1), ir.Number(multiple_of=Decimal("0.1")),
        ir.Sequence(items=ir.Flag()), ir.Object(members=()), ir.Union(arms=(ir.Flag(), ir.Text())),
    ]  # fmt: skip
    for kind in kinds:
        assert not schema(kind).is_valid(None), kind
        assert schema(ir.Nullable(of=kind)).is_valid(None), kind
        for value in (True, -1, "\n", [1], {"a": 1}):
            assert schema(kind).is_valid(value) == schema(ir.Nullable(of=kind)).is_valid(value), (kind, value)
