"""Each kind of values reads off a page what was written there, in every spelling that pages use."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from proviso.evidence.kinds import KINDS
from proviso.evidence.pages import Page
from proviso.evidence.scanning import Around, Ask

NUMBERS = st.integers(0, 10**9) | st.decimals(0, 10**6, places=4)
SIDES = st.integers(1, 99_999)
WORDS = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True).filter(lambda word: word not in ("or", "and"))


def read(kind: str, text: str, expected: object = None, around: Around | None = None) -> list[object]:
    """Give all values of a kind that a text may begin with, the likeliest first."""
    page = Page(text, name="page", shown="page.md")
    ask = Ask(expected=(expected,), followed=False, around=around or Around())
    return [value for value, _ in KINDS[kind].scan(page, 0, len(page.text), ask)]


def agrees(kind: str, text: str, expected: object) -> bool:
    found = read(kind, text, expected)
    return bool(found) and KINDS[kind].judge(found[0], expected, Around())


@given(NUMBERS)
def test_a_number_is_read_with_its_digits_grouped_or_not(value: int | Decimal) -> None:
    assert agrees("number", f"{value:f} images" if isinstance(value, Decimal) else f"{value} images", value)
    assert agrees("number", f"{value:,}.", value)


@given(NUMBERS, st.sampled_from(["$", "USD ", "\u20ac", ""]))
def test_money_is_read_behind_its_sign(value: int | Decimal, sign: str) -> None:
    assert agrees("money", f"{sign}{value:f}" if isinstance(value, Decimal) else f"{sign}{value}", value)


@given(SIDES, SIDES, st.sampled_from(["x", "X", "*", "\u00d7", " \u00d7 ", " x "]))
def test_a_size_is_read_with_every_sign(width: int, height: int, sign: str) -> None:
    assert read("size", f"{width}{sign}{height}") == [f"{width}x{height}"]


@given(st.integers(1, 99), st.integers(1, 99))
def test_a_ratio_is_read(width: int, height: int) -> None:
    assert read("ratio", f"{width}:{height}") == [f"{width}:{height}"]


@given(st.integers(0, 999), st.integers(0, 999), st.sampled_from(["-", " - ", "\u2013", " to "]))
def test_a_range_holds_two_values(low: int, high: int, sign: str) -> None:
    (found,) = read("range", f"{low}{sign}{high} characters")
    assert isinstance(found, tuple)
    assert (found[0], found[1]) == (low, high)


@pytest.mark.parametrize(
    ("text", "spec"),
    [
        ("20s after", "20s"),
        ("20 seconds", "20s"),
        ("1 hour", "60m"),
        ("1.5 h", "90m"),
        ("500 ms", "500ms"),
        ("600s deadline", "10m"),
        ("2 days", "48h"),
    ],
)
def test_a_duration_is_the_same_in_every_unit(text: str, spec: str) -> None:
    assert agrees("duration", text, spec)
    assert not agrees("duration", text, "7s")


@pytest.mark.parametrize("text", ["25s-35s", "25 s to 35 s", "25\u201335 seconds", "25-35s"])
def test_two_durations_may_share_their_unit(text: str) -> None:
    assert agrees("durations", text, "25s to 35s")
    assert not agrees("durations", text, "25s to 36s")


@given(st.lists(WORDS, min_size=2, max_size=6, unique=True), st.data())
def test_a_list_is_read_in_every_style(items: list[str], data: st.DataObject) -> None:
    styles = [
        ", ".join(items),
        ", ".join(f'"{one}"' for one in items),
        ", ".join(f"`{one}`" for one in items),
        "".join(f'"{one}"' for one in items),
        ", ".join(f"\u201c{one}\u201d" for one in items),
        f"{', '.join(items[:-1])} or {items[-1]}",
        " | ".join(f"'{one}'" for one in items),
    ]
    text = data.draw(st.sampled_from(styles))
    assert read("list", f"{text}\nMore text", items)[0] == items


@pytest.mark.parametrize("text", ['"lite"', "`lite`", "lite", "lite)", "lite, and more", "\u201clite\u201d", "lite."])
def test_an_option_ends_at_its_quote_or_sign(text: str) -> None:
    assert read("option", text, "lite")[0] == "lite"


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("presence", "required", True),
        ("presence", "Optional", False),
        ("star", "*( default: 1 )", True),
        ("star", "( default: 1 )", False),
        ("boolean", "true", True),
        ("boolean", "No", False),
        ("boolean", "1", True),
        ("type", "enum:str", "string"),
        ("type", "int", "integer"),
        ("type", "List<string>", "array"),
        ("type", "float", "number"),
        ("status", "404 - Not Found", 404),
        ("sample", '"abc"', "string"),
        ("sample", "[1]", "array"),
        ("sample", "7", "integer"),
    ],
)
def test_words_of_a_page_mean_values(kind: str, text: str, value: object) -> None:
    assert read(kind, text)[0] == value


@pytest.mark.parametrize(
    ("text", "agreed"),
    [
        ("POST /jobs/acme-1", True),
        ("/jobs/acme-1", True),
        ("POST https://api.example.com/v1/jobs/acme-1", True),
        ("POST /jobs/acme-2", False),
        ("GET /jobs/acme-1", False),
        ("POST /jobs/acme-1/more", False),
    ],
)
def test_a_call_is_compared_with_the_model_in_its_place(text: str, agreed: bool) -> None:  # noqa: FBT001
    around = Around(base_url="https://api.example.com/v1", models=("acme-1",))
    spec = "POST /jobs/{model}"
    found = read("call", text, spec, around)
    assert KINDS["call"].judge(found[0], spec, around) is agreed


JSON = st.recursive(
    st.booleans()
    | st.integers(-1000, 1000)
    | st.text(st.characters(codec="ascii", exclude_characters="\0"), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(WORDS, JSON, min_size=1, max_size=3), st.sampled_from([None, 2]))
def test_a_body_is_read_as_json(body: dict[str, object], indent: int | None) -> None:
    assert read("json", f"{json.dumps(body, indent=indent)} and so on") == [body]


def test_a_body_in_a_program_is_read_too() -> None:
    assert read("json", '{"a": True, "b": [None, 1,],}') == [{"a": True, "b": [None, 1]}]


@given(st.sampled_from(sorted(KINDS)), st.text(max_size=40))
@example("list", "0__")
def test_any_text_is_read_without_harm_and_no_value_ends_beyond_it(kind: str, text: str) -> None:
    page = Page(text, name="page", shown="page.md")
    for followed in (True, False):
        for expected in (None, "x", 3, ["a"], "POST /a", "1s"):
            ask = Ask(expected=(expected,), followed=followed)
            for at in range(len(page.text) + 1):
                for _, end in KINDS[kind].scan(page, at, len(page.text), ask):
                    assert at <= end <= len(page.text)
