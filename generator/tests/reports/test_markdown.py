"""A report as Markdown shows every text as it is and none as markup, what matters first, within what CI takes."""

from __future__ import annotations

import itertools
from dataclasses import replace

from hypothesis import example, given
from markdown_it import MarkdownIt
from markdown_it.token import Token

from proviso.diagnostics import printable
from proviso.reports.findings import Report, by_weight
from proviso.reports.summary import MOST, as_markdown

from . import samples

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def tokens(page: str) -> list[Token]:
    return READER.parse(page)


def shown(inline: Token) -> list[str]:
    """Return the lines of what a reader sees, and hold it to be nothing but text and our own line breaks."""
    lines = [""]
    for child in inline.children or []:
        if child.type == "html_inline" and child.content == "<br>":
            lines.append("")
        else:
            assert child.type in {"text", "text_special"}, child
            lines[-1] += child.content
    return lines


def seen(text: str) -> str:
    cut = text if len(text) <= 500 else text[:497] + "..."
    return printable(" ".join(cut.split())).strip()


def test_what_matters_comes_first_and_the_rest_is_folded_away() -> None:
    page = as_markdown(samples.REPORT)
    top, rest = page.split("<details><summary>3 more</summary>")
    assert page.startswith("## proviso conform acme\n\n**1 denied, 1 doubted, 1 open, 1 told, 1 confirmed**\n")
    assert "| facts | 5 |\n| spent | 0.01 USD |\n" in top
    assert (
        "| denied | acme/still-1 steps<br>limit | 51 is accepted<br>documented: 50<br>found: 51 | "
        "specs/acme/still-1.yaml:12:5<br>pages/still-1.md:40:1 what the page says |\n"
    ) in top
    assert top.index("| denied |") < top.index("| doubted |")
    assert rest.index("| open |") < rest.index("| told |") < rest.index("| confirmed |")
    assert rest.endswith("\n</details>\n")


@samples.TRIED
@example(replace(samples.REPORT, title="a #", summary=(("1. a", "- b"),)))
@given(samples.REPORTS)
def test_every_text_is_shown_as_it_is(report: Report) -> None:
    parsed = tokens(as_markdown(report))
    blocks = [token.content for token in parsed if token.type == "html_block"]
    (heading,) = [token for before, token in itertools.pairwise(parsed) if before.type == "heading_open"]
    assert shown(heading) == [f"{seen(report.command)} {seen(report.title)}".strip()]
    weighed = by_weight(report.findings)
    rest = sum(one.level in ("note", "none") for one in weighed)
    assert blocks == ([f"<details><summary>{rest} more</summary>\n", "</details>\n"] if rest else [])
    texts = [
        shown(token)
        for before, token in itertools.pairwise(parsed)
        if token.type == "inline" and before.type == "td_open"
    ]
    told = [*report.summary, *(("spent", str(one)) for one in report.spent)]
    summary, texts = texts[: 2 * len(told)], texts[2 * len(told) :]
    assert [[line.strip() for line in cell] for cell in summary] == [[seen(text)] for pair in told for text in pair]
    rows = [texts[at : at + 4] for at in range(0, len(texts), 4)]
    expected = [
        [
            [seen(one.verdict)],
            [seen(one.title), seen(one.rule)],
            [seen(one.message), *(f"{seen(name)}: {seen(value)}" for name, value in one.details)],
            [
                *([seen(str(one.place))] if one.place else [] if one.further else [""]),
                *(f"{seen(str(each.place))} {seen(each.text)}" for each in one.further),
            ],
        ]
        for one in weighed
    ]
    stripped = [[[line.strip() for line in cell] for cell in row] for row in rows]
    assert stripped == [[[line.strip() for line in cell] for cell in row] for row in expected]


def test_what_does_not_fit_is_left_out_and_counted() -> None:
    findings = tuple(
        replace(one, what=str(number), message="é" * 600)
        for number in range(2000)
        for one in (samples.DENIED, samples.CONFIRMED)
    )
    page = as_markdown(replace(samples.REPORT, findings=findings))
    assert MOST * 0.99 < len(page.encode()) < MOST + 500
    left = 4000 - page.count("\n| denied |") - page.count("\n| confirmed |")
    assert f"\n{left} findings did not fit in here; the JSON report has all of them.\n" in page
    assert page.count("<details>") == page.count("</details>") == 1
