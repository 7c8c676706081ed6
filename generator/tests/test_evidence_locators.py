"""What is wrong with a locator is told at its place, before any page is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from proviso import load
from proviso.document import Document, Folder
from proviso.evidence import citations, facts, kinds, locators, sense
from proviso.evidence.coverage import covered

PROVIDER = """
provider: acme
source: page
sources: {page: {title: A}, blog: {title: B}}
"""


def document(text: str, path: str = "acme/still.yaml") -> Document:
    found, complaints = load.parse(text, digest="", shown=path)
    assert found is not None, complaints
    return found


def said(text: str) -> list[str]:
    """Give what is said of the citations of a model."""
    folder = Folder(name="acme", provider=document(PROVIDER), models=(document(text),))
    return [str(one).removeprefix("acme/still.yaml:") for one in sense.complaints(folder)]


def model(cite: str, more: str = "") -> str:
    return f"""model: still
source: page
{more}
parameters:
  n:
    type: integer
    maximum: 4
    cite: {cite}
"""


@pytest.mark.parametrize(
    ("text", "message", "at"),
    [
        ("Most: {maximum", '"{" stands alone; a brace of the page is written twice, as {{', 6),
        ("Most: maximum}", '"}" stands alone; a brace of the page is written twice, as }}', 13),
        ("\u2026 {maximum}", "nothing stands before this gap; leave the gap out", 0),
        (
            "Most {maximum} \u2026",
            "nothing stands behind this gap; write a label of the page, and a hole for each value",
            15,
        ),
        ("A \u2026 ... {b}", "nothing stands before this gap; leave the gap out", 4),
        ("", "there is nothing to find; write a label of the page, and a hole for each value", 0),
        ("a {=b}", "before = stands the fact, behind it the page's words for it, as {means=Not Found}", 3),
        ("a {means=}", "before = stands the fact, behind it the page's words for it, as {means=Not Found}", 3),
        ("a {b..}", "two values of a range are written {minimum..maximum}, facts of one JSON {id, code}", 3),
        ("x" * 501, "a locator has 500 characters at most; quote labels alone", 500),
    ],
)
def test_what_is_no_locator_says_where(text: str, message: str, at: int) -> None:
    with pytest.raises(locators.LocatorError) as caught:
        locators.parse(text, kinds=kinds.NAMES)
    assert (str(caught.value), caught.value.at) == (message, at)


def test_a_hole_without_a_name_lists_the_kinds() -> None:
    with pytest.raises(locators.LocatorError, match=r"kinds are address, .*, word"):
        locators.parse("Most: {}", kinds=kinds.NAMES)


@pytest.mark.parametrize(
    ("cite", "expected"),
    [
        ('"Most: {maximum}"', []),
        ('"Most: {maximun}"', ['8:11: "maximun" is no fact of this mapping; did you mean "maximum"? [cite]']),
        (
            '"Most: {maximum:nummber}"',
            ['8:11: "maximum:nummber" is no fact of this mapping; did you mean "number"? [cite]'],
        ),
        ('"Most: {required}"', []),
        (
            '"Most: {maximum"',
            [
                '8:11: "{" stands alone; a brace of the page is written twice, as {{ (character 7 of the locator) [locator]'
            ],
        ),
        ('"Most: 4"', ["8:11: it has no hole for a fact; write one where the page has the value, as {maximum} [cite]"]),
        (
            '"{maximum}"',
            [
                "8:11: it has no label and could match everywhere; quote a label of the page that stands beside the value [cite]"
            ],
        ),
        (
            '"Most \u2026 {maximum}"',
            ["8:11: behind the gap a hole stands alone, which could match everywhere; add a label [cite]"],
        ),
        (
            '"You may ask this service for as many pictures as {maximum}"',
            [
                "8:11: it quotes 10 words in one piece; a locator quotes labels of 6 words or 40 letters at most, "
                "with \u2026 for what lies between [cite]"
            ],
        ),
        ('{source: pag, at: "Most: {maximum}"}', ['8:29: no source is named "pag"; did you mean "page"? [cite]']),
        (
            '"Most {parameters.*}"',
            ['8:11: "parameters.*" names members; such a locator stands under each [cite]'],
        ),
        (
            '{each: "Most {maximum}"}',
            ["8:18: one hole before the first gap names the members, such as {parameters.*} [cite]"],
        ),
    ],
)
def test_a_citation_that_cannot_be_meant_is_refused(cite: str, expected: list[str]) -> None:
    assert said(model(cite)) == expected


def test_one_place_cannot_state_two_values() -> None:
    other = 'output: {count: 5, cite: "Most: {count}"}\nprice: {most: 4, cite: "Most: {most}"}'
    assert [one.partition(": ")[2] for one in said(model('"Number: {maximum}"', other))] == []
    same = 'output: {count: 5, cite: "Most: {maximum}"}'.replace("count", "maximum")
    assert said(model('"Most: {maximum}"', same)) == [
        "8:11: the same locator stands at acme/still.yaml:3:28 for facts with other values; "
        "one place says one value [cite]"
    ]


def test_a_locator_in_the_row_of_a_member_needs_no_label() -> None:
    layout = 'cite: {each: "{parameters.*} ({type})"}'
    assert said(model('"{maximum}"', layout)) == []


def test_facts_are_the_leaves_that_pages_say() -> None:
    found = document("""
model: still
title: Still
source: page
parameters:
  title: {type: string, enum: [a, b], description: Words., source: page}
price: {unknown: It is not printed., assumed: x}
body: {a: "{title}"}
doubts: [{id: x, touches: [title]}]
""")
    assert [one.name for one in facts.facts(found)] == [
        "model",
        "parameters.title.type",
        "parameters.title.enum",
        "body",
    ]
    counted = covered(found)
    assert (counted.facts, len(counted.neither), len(counted.doubted), len(counted.unknown)) == (4, 4, 2, 1)


def test_facts_are_counted_by_how_they_are_known() -> None:
    found = document("""
model: still
source: page
cite: {each: "{parameters.*} ({type})", source: page}
parameters:
  a: {type: string, maxLength: 4, assumed: We think so.}
  b: {type: string, source: blog}
""")
    counted = covered(found)
    assert [one.name for one in counted.cited] == ["parameters.a.type"]
    assert [one.name for one in counted.assumed] == ["parameters.a.maxLength"]
    assert [one.name for one in counted.neither] == ["model", "parameters.b.type"]


def test_a_parameter_may_be_named_cite() -> None:
    found = document('parameters:\n  cite: {type: string, cite: "cite ({type})"}\n')
    (one,) = citations.cited(found).citations
    assert one.base == ("parameters", "cite")


@pytest.mark.parametrize("cite", ["3", "[1, {}]", "{at: 4}", "{each: []}", "[[x]]", "null"])
def test_a_citation_of_the_wrong_shape_does_no_harm(cite: str, tmp_path: Path) -> None:
    del tmp_path
    assert citations.cited(document(f"cite: {cite}\n")).citations == ()
