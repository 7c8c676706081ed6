"""A captured page is read whatever its markup, every character knows its line, and no page takes long."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proviso import load
from proviso.document import Folder
from proviso.evidence import captures, checking, markup
from proviso.evidence.pages import MOST_CHARACTERS, Page, stream

DOCUMENTS = Path(__file__).parents[2] / "contract_tests" / "documents"


def page(text: str) -> Page:
    return Page(text, name="program", shown="page.md")


@pytest.mark.parametrize(
    "text",
    [
        "- **`n`** (`int`, _optional_): Default: `1`",
        "* __n__ (int, *optional*): Default: 1",
        "<li><b>n</b> (<code>int</code>, <i>optional</i>): Default:&nbsp;1</li>",
        "\u2022 \u201cn\u201d (int, optional):\n\nDefault:   '1'",
        "<LI><SPAN class='a > b'>n</SPAN> (int, optional): <!-- Default: 9 --> Default: <wbr>1",
        "n(int,optional):Default:1",
    ],
)
def test_markup_white_space_and_quotes_make_no_difference(text: str) -> None:
    found = page(text).text
    assert found.removeprefix("b'>").removeprefix("b>") == "n(int,optional):Default:1"


def test_signs_that_are_values_stay() -> None:
    assert stream("2048*2048, max_images, 1-15 and 1 - 15, str *").text == "2048*2048,max_images,1-15and1-15,str*"


def test_what_a_browser_does_not_show_is_not_read() -> None:
    assert page("<script>var price = '$9'</script><style>p{}</style>Price<!-- $8 --> $7").text == "Price$7"
    assert page("a <your key> b < c && d").text == "a<yourkey>b<c&&d"


@given(st.text(st.sampled_from('ab1*_`"|- \n<>&;/p#'), max_size=60))
def test_every_character_of_the_stream_knows_where_it_stood(text: str) -> None:
    found = page(text)
    lines = text.split("\n")
    for at, character in enumerate(found.text):
        if "&" not in text:
            place = found.place(at)
            assert lines[place.line - 1][place.column - 1] == character
        start, end = found.span(at, at + 1)
        assert 0 <= start < end <= len(text)
        assert found.stream_at(found.plain_at(at)) == at


@pytest.fixture(scope="module")
def folder() -> Folder:
    ((found,), _) = load.load_folders(DOCUMENTS / "specs", shown="specs")
    return found


SIZE = 100_000
HOSTILE = {
    "other words": "lorem ipsum dolor sit amet ",
    "another language": "\u3059\u3079\u3066\u306e\u753b\u50cf\u306f\u7f8e\u3057\u3044\u3002 ",
    "deep HTML": "<div>",
    "tags without an end": "<a ",
    "comments without an end": "<!--",
    "scripts": "<script>",
    "entities": "&amp;",
    "quotes": '"a',
    "brackets": '{"a": ',
    "emphasis": "*a ",
    "underscores": "_",
    "digits": "1",
    "ratios": "1:1",
    "prices": "$0.045 ",
    "a label": "Model ID: ",
    "labels and JSON": 'Reply: json {"a": 1} ',
    "rows": "401 ",
    "names": "aA1",
    "paths": "https://a/",
    "lists": "a, ",
    "white space": " \n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_told_to_be_none_in_little_time(name: str, folder: Folder) -> None:
    text = HOSTILE[name]
    text = "takes these fields Refusals Fields " + text * (SIZE // len(text))
    for source in ("program", "tables", "page", "rendered"):
        before = time.process_time()
        (held,) = checking.held(folder, {source: Page(text, name=source, shown="hostile")})
        assert held.is_another_page
        assert time.process_time() - before < 4


def test_work_has_an_end_whatever_a_page_holds(folder: Folder) -> None:
    found = page((DOCUMENTS / "pages/program.md").read_text("utf-8"))
    found.work = 50
    (held,) = checking.held(folder, {"program": found})
    assert held.exhausted
    assert held.is_another_page


def test_the_pages_take_a_small_part_of_the_work_that_is_allowed(folder: Folder) -> None:
    for path in (DOCUMENTS / "pages").iterdir():
        found = Page(path.read_text("utf-8"), name=path.stem, shown=path.name)
        allowed = found.work
        checking.held(folder, {path.stem: found})
        assert found.work > allowed * 0.9


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b"", "it is empty"),
        (b" \n\t", "it is empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "it is no text"),
        (b"caf\xe9", "it is no text in UTF-8"),
        (b"a" * (MOST_CHARACTERS + 1), "it is longer than any page of facts"),
        (b"a" * (4 * MOST_CHARACTERS + 1), "it is longer than any page of facts"),
    ],
    ids=["empty", "blank", "binary", "latin", "long", "longer"],
)
def test_what_is_no_page_says_why(content: bytes, wrong: str, tmp_path: Path) -> None:
    (tmp_path / "page").write_bytes(content)
    found = captures.capture(tmp_path / "page")
    assert (found.text, found.wrong) == (None, wrong)


def test_a_page_may_begin_with_a_mark_or_be_utf_16(tmp_path: Path) -> None:
    for encoding in ("utf-8-sig", "utf-16"):
        (tmp_path / "page").write_bytes("Pr\u00e9cis".encode(encoding))
        assert captures.capture(tmp_path / "page").text == "Pr\u00e9cis"


def test_scripts_are_passed_over_in_time_that_grows_with_the_page_however_they_are_closed() -> None:
    for close in ("</script>", "</SCRIPT>"):
        begun = time.process_time()
        assert markup.plain(f"<script>x{close}" * 60_000 + "end").text == "end"
        assert time.process_time() - begun < 2
