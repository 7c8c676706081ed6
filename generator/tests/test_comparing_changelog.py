"""Changes enter a changelog under Unreleased, once, and nothing else in it is touched."""

from __future__ import annotations

import pytest

from proviso.comparing import Change, Class
from proviso.comparing.changelog import entered
from proviso.comparing.versions import proposal
from proviso.diagnostics import Place

PLACE = Place("specs/acme/still.yaml", 1, 1)


def change(
    says: str, means: Class = "breaking", *, rule: str = "price", old: str | None = "1", new: str | None = "2"
) -> Change:
    return Change(
        subjects=("acme/still",), at="price", consequence=says, place=PLACE, means=means, rule=rule, old=old, new=new
    )


DEARER = change("it costs more")
NEWER = change("one may send steps", "compatible", old=None)
GONE = change("one may not send seed", new=None)
WORDS = change("reads otherwise", "information", rule="words")
AGEING = change("is on its way out", "information", rule="deprecated")

WHOLE = """# Changelog

## [Unreleased]

### Added

- acme/still: one may send steps

### Changed

- **Breaking:** acme/still: it costs more

### Deprecated

- acme/still: is on its way out

### Removed

- **Breaking:** acme/still: one may not send seed
"""


def test_a_new_file_gets_a_title_and_a_section_for_each_sort() -> None:
    assert entered("", (GONE, DEARER, NEWER, WORDS, AGEING)) == WHOLE


def test_what_nobody_notices_is_no_entry() -> None:
    assert entered("# Log\n", (WORDS,)) == "# Log\n"
    assert entered("", ()) == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Changelog\n",
        "# Changelog\n\n## [Unreleased]\n",
        "# Changelog\n\n## Unreleased\n\n### Changed\n\n- by hand\n\n## [1.0.0] - 2026-01-02\n\n- old\n\n[1.0.0]: https://acme.example\n",
        "# Changelog\n\n## 0.1.0 (unreleased)\n\n- old\n",
        "# Changelog\r\n\r\n## [1.0.0]\r\n\r\n- old\r\n",
        "No title at all",
        "# Changelog\n\n```\n## Unreleased\n```\n\n## 1.0\n",
        "# Changelog\n\n## [Unreleased]\n### Changed\n- by hand\n### Fixed\n- a bug\n\n\n[Unreleased]: https://acme.example\n",
    ],
)
def test_entering_twice_is_entering_once_and_every_line_of_before_stays(text: str) -> None:
    changes = (DEARER, NEWER, GONE)
    once = entered(text, changes)
    assert entered(once, changes) == once
    assert entered(once, changes[:1]) == once
    for one in changes:
        assert once.count(one.consequence) == 1
    left = iter(once.splitlines())
    assert all(line in left for line in text.splitlines()), once


def test_entries_join_the_section_that_is_there() -> None:
    text = "# Log\n\n## [Unreleased]\n\n### Changed\n\n- by hand\n\n## [1.0.0]\n\n### Changed\n\n- old\n"
    assert entered(text, (DEARER,)) == text.replace(
        "- by hand\n", "- by hand\n- **Breaking:** acme/still: it costs more\n"
    )


def test_an_unreleased_part_stands_above_the_last_release() -> None:
    text = "# Log\n\nWords.\n\n## 1.0.0\n\n- old\n"
    assert entered(text, (NEWER,)) == (
        "# Log\n\nWords.\n\n## [Unreleased]\n\n### Added\n\n- acme/still: one may send steps\n\n## 1.0.0\n\n- old\n"
    )


def test_texts_of_specs_are_no_markup_there() -> None:
    assert r"a \[link\](x) \<b\>" in entered("", (change("a [link](x) <b>\n## 2.0"),))
    assert "\n## 2.0" not in entered("", (change("a\n## 2.0"),))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ((DEARER, NEWER, WORDS), "major (minor while the version is 0.x)"),
        ((NEWER, WORDS), "minor (patch while the version is 0.x)"),
        ((WORDS,), "patch"),
        ((), "none"),
    ],
)
def test_the_version_follows_what_hurts_most(changes: tuple[Change, ...], said: str) -> None:
    assert proposal(changes) == said


def test_a_heading_in_a_block_of_code_begins_nothing() -> None:
    text = "# Log\n\n```\n## Unreleased\n```\n\n## 1.0\n\n- old\n"
    entry = "## [Unreleased]\n\n### Added\n\n- acme/still: one may send steps\n\n## 1.0"
    assert entered(text, (NEWER,)) == text.replace("## 1.0", entry)
