"""`proviso docs update`: what pages say now comes into the specs, and nothing else; what cannot be decided is left in doubt."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from proviso import pipeline

from .paged_pages import Desk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_pages_that_say_what_the_specs_say_change_no_byte(desk: Desk) -> None:
    found = desk.run("update")
    assert found.exit_code == 0, found.output
    assert desk.texts() == desk.before


CHANGES = {
    "an amount keeps its digits, and what follows is reckoned": (
        ("still-2", "$0.0400", "$0.05"),
        [
            ("-    image: {amount: 0.0400, per: image}   # to the hundredth of a cent"),
            ("+    image: {amount: 0.0500, per: image}   # to the hundredth of a cent"),
            *("-    hold: 0.0800", "-    charge: 0.0800", "+    hold: 0.1000", "+    charge: 0.1000"),
        ],
    ),
    "an option more": (
        ("still-2", '"3", "4"', '"3", "4", "8"'),
        ["-    enum: [1, 2, 3, 4]        # as numbers", "+    enum: [1, 2, 3, 4, 8]        # as numbers"],
    ),
    "an option fewer": (
        ("still-2", '"3", "4"', '"3"'),
        ["-    enum: [1, 2, 3, 4]        # as numbers", "+    enum: [1, 2, 3]        # as numbers"],
    ),
    "another default": (("still-2", "`1`\n", "`2`\n"), ["-    default: 1", "+    default: 2"]),
    "what was optional is required": (
        ("still-2", "**`count`** (`int`, _optional_)", "**`count`** (`int`, _required_)"),
        ["+    required: true"],
    ),
    "what was required is optional": (
        ("still-2", "**`ratio`** (`string`, _required_)", "**`ratio`** (`string`, _optional_)"),
        ["-    required: true"],
    ),
    "another bound": (("rules", "and 4096", "and 65535"), ["-    maximum: 4096", "+    maximum: 65535"]),
    "other pixels, and those of the request": (
        ("rules", "1280x720 |", "1344x768 |"),
        [
            *("-    16:9: {1K: 1280x720, 2K: 2560x1440}", "+    16:9: {1K: 1344x768, 2K: 2560x1440}"),
            *("-    pixels: 1280x720", "+    pixels: 1344x768"),
        ],
    ),
    "another retention": (
        ("rules", "24 hours", "90 minutes"),
        [
            '-  retention: {lasts: 24h, from: completion, source: rules, cite: "Pictures are kept for {lasts} after {from}."}',
            '+  retention: {lasts: 90m, from: completion, source: rules, cite: "Pictures are kept for {lasts} after {from}."}',
        ],
    ),
    "another word for a state": (
        ("rules", "waiting, drawing, drawn", "waiting, sketching, drawn"),
        ["-    running: [drawing]", "+    running: [sketching]"],
    ),
    "a place that has moved": (
        ("still-2", '"key": "wk_1", "state": "waiting"', '"ref": { "key": "wk_1" }, "state": "waiting"'),
        [
            *("-    id: $.work.key", "+    id: $.work.ref.key"),
            *(
                "-    body: {work: {key: wk_1, state: waiting}}",
                "+    body: {work: {state: waiting, ref: {key: wk_1}}}",
            ),
        ],
    ),
    "another path": (
        ("still-2", '"https://api.lantern.example/v1/work/$KEY"', '"https://api.lantern.example/v1/works/$KEY"'),
        ["-    call: GET /work/{id}", "+    call: GET /works/{id}"],
    ),
    "another request": (
        ("still-2", '"count": 2, "ratio": "16:9"', '"ratio": "9:16"'),
        [
            *("-        count: 2", "-        ratio: 16:9", "+        ratio: 9:16"),
            *("-    pixels: 1280x720", "-    hold: 0.0800", "-    charge: 0.0800"),
            *("+    pixels: 720x1280", "+    hold: 0.0400", "+    charge: 0.0400"),
        ],
    ),
    "a parameter more": (
        (
            "still-2",
            "- **`seed`**",
            '- **`mood`** (`string`, _optional_): x\n  - Options: "calm", "wild"\n- **`seed`**',
        ),
        ["+  mood: {type: string, enum: [calm, wild], description: Nobody has described it yet; the page names it.}"],
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_changed_fact_changes_its_line_and_what_follows_from_it(what: str, desk: Desk) -> None:
    (page, old, new), lines = CHANGES[what]
    desk.page(page, old, new)
    found = desk.run("update")
    assert found.exit_code == 1, found.output
    assert sorted(desk.changed()) == sorted(lines)
    assert not pipeline.read(desk.specs).complaints
    assert desk.run("check").exit_code == 0
    assert desk.run("update").exit_code == 0


def test_a_new_name_of_a_parameter_reaches_all_its_places(desk: Desk) -> None:
    path = desk.docs / "lantern/still-2.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("`count`", "`how_many`").replace('"count"', '"how_many"'), "utf-8")
    assert desk.run("update").exit_code == 1
    assert [line[1:].strip() for line in desk.changed() if line.startswith("+")] == [
        '- "`how_many` \u2026 {output.count=How many pictures}"',
        "output: {kind: image, count: how_many}",
        "how_many:",
        "hold: how_many * image",
        "how_many: 2",
    ]
    assert desk.run("check").exit_code == 0
    assert not pipeline.read(desk.specs).complaints


LEFT = {
    "lost": (
        ("rules", "Pictures are kept for 24 hours after completion.", "Pictures are kept."),
        "no longer states it",
    ),
    "in other words": (("rules", "after completion", "after the second Tuesday"), "in other words"),
    "refused by lint": (("still-2", "Default: `1K`", "Default: `8K`"), "lint would say"),
}


@pytest.mark.parametrize("what", LEFT)
def test_what_cannot_be_decided_keeps_its_value_and_becomes_a_doubt_that_is_not_asked_again(
    what: str, desk: Desk
) -> None:
    (page, old, new), why = LEFT[what]
    desk.page(page, old, new)
    found = desk.run("update")
    assert found.exit_code == 1, found.output
    assert "left in doubt" in found.output
    assert why in found.output
    assert not [line for line in desk.changed() if line.startswith("-")]
    assert any("id: page-" in line for line in desk.changed())
    assert not pipeline.read(desk.specs).complaints
    assert desk.run("check").exit_code == 0
    again = desk.texts()
    assert desk.run("update").exit_code == 0
    assert desk.texts() == again


def test_pages_that_disagree_leave_a_doubt_with_the_words_of_both(desk: Desk) -> None:
    desk.page("still-2", "/v1/work`", "/v2/work`")
    spec = desk.specs / "lantern/provider.yaml"
    text = spec.read_text("utf-8").replace(
        '- {source: still-2, at: "--data {body:layout}"}',
        '- {source: still-2, at: "--data {body:layout}"}\n  - {source: rules, at: "at {base_url}, say"}',
    )
    spec.write_text(text, "utf-8")
    rules = desk.docs / "lantern/rules.md"
    rules.write_text(rules.read_text("utf-8") + "\nCalls begin at https://api.lantern.example/v1, say.\n")
    assert desk.run("update").exit_code == 1
    doubt = "\n".join(line for line in desk.changed() if line.startswith("+"))
    assert "source: still-2, says: base_url is https://api.lantern.example/v2/work.}" in doubt.replace('"', "")
    assert "source: rules, says: base_url is https://api.lantern.example/v1.}" in doubt.replace('"', "")
    assert "ruling: base_url stays https://api.lantern.example/v1." in doubt
    assert desk.run("check").exit_code == 0


def test_digest_and_day_are_written_for_pages_that_were_read_anew_alone(desk: Desk) -> None:
    desk.page("rules", "Limits and errors", "Errors and limits")
    found = desk.run("update")
    assert found.exit_code == 1
    assert [line[:10] for line in desk.changed(sources=True)] == [
        "-    read:",
        "-    sha25",
        "+    read:",
        "+    sha25",
    ]
    assert desk.run("update").exit_code == 0


def test_a_dry_run_says_the_same_and_writes_nothing(desk: Desk) -> None:
    desk.page("still-2", "$0.0400", "$0.05")
    told = json.loads(desk.run("update", "--dry-run", "--format", "json").stdout)
    assert desk.texts() == desk.before
    done = json.loads(desk.run("update", "--format", "json").stdout)
    assert told["findings"] == done["findings"]
    assert desk.changed()


def test_specs_that_do_not_pass_lint_are_complained_of_and_left(desk: Desk) -> None:
    path = desk.specs / "lantern/still-2.yaml"
    path.write_text(path.read_text("utf-8").replace("default: 1\n", "default: 9\n"))
    desk.page("rules", "24 hours", "90 minutes")
    before = desk.texts()
    found = desk.run("update")
    assert found.exit_code == 1
    assert "9" in found.output
    assert desk.texts() == before


def test_a_page_of_another_model_changes_nothing(desk: Desk) -> None:
    desk.page("still-2", "**Model ID**: `lantern/still-2`", "**Model ID**: `lantern/still-3`")
    desk.page("still-2", "$0.0400", "$0.05")
    found = desk.run("update")
    assert found.exit_code == 1
    assert "about the model" in found.output
    assert desk.texts() == desk.before


def test_a_file_that_cannot_be_written_leaves_all_as_they_were(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.page("still-2", "$0.0400", "$0.05")

    def refused(path: Path, content: bytes) -> int:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", refused)
    assert desk.run("update").exit_code == 2
    assert desk.texts() == desk.before
