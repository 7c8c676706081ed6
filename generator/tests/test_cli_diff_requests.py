"""`proviso diff --requests`: what becomes of saved requests, and what they come to."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator
from datetime import date
from io import BytesIO, RawIOBase
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from proviso.cli import saved_requests

from . import building, desk, spec_pairs

NARROWER = (("still.yaml", "maximum: 4, default: 1", "maximum: 3, default: 1"),)
WIDER = (("still.yaml", "maximum: 4, default: 1", "maximum: 9, default: 1"),)
DEARER = (("still.yaml", "amount: 0.033,", "amount: 0.035,"),)


def body(**params: object) -> dict[str, object]:
    return {"model": "acme/still-1", "input": {"prompt": "a boat", **params}}


def diff(
    folder: Path, edits: spec_pairs.Edits, *lines: object, form: str = "text", model: str = "acme/still"
) -> Result:
    specs = spec_pairs.edited(folder, edits)
    given = b"\n".join(one if isinstance(one, bytes) else json.dumps(one).encode() for one in lines)
    options = ("--requests", "-", "--model", model, "--format", form)
    return desk.run("diff", str(spec_pairs.BASE), str(specs), *options, given=given)


def findings(done: Result) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(done.stdout)["findings"]
    return [one for one in listed if one["rule"].startswith("request")]


def test_a_request_that_is_refused_from_now_on_is_told_with_its_line_and_what_is_wrong(tmp_path: Path) -> None:
    done = diff(tmp_path, NARROWER, body(n=1), body(n=4))
    assert "refused: request on line 2 acme/still: is refused from now on: /input/n [maximum]" in done.stdout
    assert "requests: 2: 1 refused, 1 unchanged" in done.stderr


def test_a_request_that_passes_from_now_on_is_told(tmp_path: Path) -> None:
    done = diff(tmp_path, WIDER, body(n=5))
    assert "accepted: request on line 1 acme/still: passes from now on; before: /input/n [maximum]" in done.stdout
    assert done.exit_code == 0


def test_a_dearer_request_is_told_with_both_costs_and_totals_with_their_difference(tmp_path: Path) -> None:
    done = diff(tmp_path, DEARER, body(n=2), body(tier="4K"), body(n=1, tier="2K"))
    assert "line 1 acme/still: costs 0.035 to 0.07 USD in place of 0.033 to 0.066 USD" in done.stdout
    # 2 x 0.033 + 2 x 0.033 + 1.5 x 0.033, and the same of 0.035.
    assert "USD at most: 0.1815 before, 0.1925 now: +0.011 (+6.1 %)" in done.stderr


def test_requests_that_are_refused_on_one_side_are_in_no_total(tmp_path: Path) -> None:
    done = diff(tmp_path, (*NARROWER, *DEARER), body(n=4), body(n=1))
    assert "USD at most: 0.033 before, 0.035 now" in done.stderr
    assert "of unknown price" not in done.stderr


def test_unknown_prices_are_counted_apart(tmp_path: Path) -> None:
    row = (("still.yaml", "rows: {1K: 1, 2K: 1.5, 4K: 2}", "rows: {1K: 1, 2K: 1.5, 4K: {unknown: It is blank.}}"),)
    done = diff(tmp_path, row, body(tier="4K"), body(tier="1K"))
    assert "other price: request on line 1 acme/still: costs unknown in place of 0.066 USD" in done.stdout
    assert "of unknown price: 1" in done.stderr
    assert "USD at most: 0.033 before, 0.033 now: +0" in done.stderr


def test_currencies_are_added_up_apart(tmp_path: Path) -> None:
    euros = (
        ("still.yaml", "currency: USD", "currency: EUR"),
        ("still.yaml", "{amount: 0.033,", "{amount: 0.033, in: EUR,"),
    )
    done = diff(tmp_path, euros, body())
    assert "EUR at most: 0 before, 0.033 now" in done.stderr
    assert "USD at most: 0.033 before, 0 now" in done.stderr


def test_prices_are_those_of_the_day(tmp_path: Path) -> None:
    text = (spec_pairs.BASE / "acme" / "still.yaml").read_text("utf-8")
    price = text[text.index("price:\n") + len("price:\n") : text.index("schedule:")]
    later = price.replace("0.033", "0.040").replace("  ", "    ").rstrip()
    first = price.replace("  ", "    ").rstrip()
    dated = f"  -{first[3:]}\n    until: 2027-01-31\n  -{later[3:]}\n    from: 2027-02-01\n\n"
    specs = spec_pairs.edited(tmp_path, (("still.yaml", price, dated),))
    for day, said in (("2027-01-31", "0.033 now"), ("2027-02-01", "0.04 now")):
        options = ("--requests", "-", "--model", "acme/still", "--on", day)
        done = desk.run("diff", str(spec_pairs.BASE), str(specs), *options, given=json.dumps(body()))
        assert said in done.stderr, done.output


def test_a_line_may_name_its_model_by_id_or_by_name(tmp_path: Path) -> None:
    lines = [{"model": name, "body": body(n=4)} for name in ("acme/still", "acme/acme/still-1", "Acme/Still")]
    found = findings(diff(tmp_path, NARROWER, *lines, form="json"))
    assert [(one["verdict"], one["level"]) for one in found] == [("refused", "error")] * 3


def test_lines_that_hold_no_request_are_told_by_number_and_stop_nothing(tmp_path: Path) -> None:
    lines = [
        b"{",
        b"\xff",
        b'{"a": 1, "a": 2}',
        b"[" * 100_000,
        {"model": "acme/stil", "body": {}},
        {"model": 7, "body": {}},
        {"model": "acme/still", "body": body(), "with": 3},
        body(n=4),
    ]
    done = diff(tmp_path, NARROWER, *lines, form="json")
    found = findings(done)
    assert [one["verdict"] for one in found] == [*["not read"] * 7, "refused"]
    assert found[-1]["what"] == "request on line 8 acme/still"
    told = " ".join(one["message"] for one in found)
    for said in (
        "is not JSON",
        "is not UTF-8",
        "twice",
        "nests too deeply",
        'did you mean "acme/still"?',
        "PROVIDER/MODEL",
        '"with"',
    ):
        assert said in told


@pytest.mark.parametrize(
    "line", [None, 1, "text", [], {}, {"model": "acme/still-1", "input": []}, {"input": {"prompt": {}}}]
)
def test_whatever_is_json_is_judged(line: object, tmp_path: Path) -> None:
    done = diff(tmp_path, NARROWER, line)
    assert "requests: 1: 1 refused before and now" in done.stderr


def test_nothing_of_a_request_is_told(tmp_path: Path) -> None:
    done = diff(tmp_path, NARROWER, body(prompt="a secret", n=4), body(prompt=7, n=4))
    assert "secret" not in done.output


def test_a_model_that_neither_state_has_is_misuse(tmp_path: Path) -> None:
    done = diff(tmp_path, NARROWER, body(), model="acme/stil")
    assert done.exit_code == 2
    assert 'did you mean "acme/still"?' in done.stderr


def test_a_model_without_requests_is_misuse() -> None:
    done = desk.run("diff", str(spec_pairs.BASE), str(spec_pairs.BASE), "--model", "acme/still")
    assert done.exit_code == 2
    assert "give --requests as well" in done.stderr


def test_requests_to_a_model_that_is_gone_are_refused(tmp_path: Path) -> None:
    specs = spec_pairs.edited(tmp_path, ())
    building.write(specs, {"view": building.model(model="v")}, name="other")
    done = desk.run(
        *("diff", str(specs), str(spec_pairs.BASE), "--requests", "-", "--model", "other/view"),
        given='{"prompt": "a boat"}',
    )
    assert "is refused from now on: there is no such model" in done.stdout


class Endless(RawIOBase):
    """Lines without an end in memory: the same one so many times."""

    def __init__(self, line: bytes, count: int) -> None:
        self._lines: Iterator[bytes] = (line for _ in range(count))

    def readline(self, size: int | None = -1, /) -> bytes:
        return next(self._lines, b"")


def test_lines_without_an_end_are_counted_in_constant_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_requests, "MOST_TOLD", 10)
    old = building.accepted(spec_pairs.BASE)
    new = building.accepted(spec_pairs.edited(tmp_path, NARROWER))
    line = json.dumps(body(n=4, prompt="x" * 4000)).encode() + b"\n"

    def peak(count: int) -> int:
        tracemalloc.start()
        stream: Any = Endless(line, count)
        told, totals = saved_requests.weighed(stream, old, new, model="acme/still", on=date(2026, 1, 2))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert (len(told), totals.count, totals.untold) == (10, count, count - 10)
        return most

    # Kept, the lines would be 0.8 MB.
    assert peak(200) < 400_000


def test_a_line_that_is_too_long_is_told_without_being_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("proviso.cli.target.LONGEST_BODY", 1000)
    specs = building.accepted(spec_pairs.BASE)
    stream = BytesIO(b'"' + b"x" * 5000 + b'"\n' + json.dumps(body()).encode())
    told, totals = saved_requests.weighed(stream, specs, specs, model="acme/still", on=date(2026, 1, 2))
    assert [one.title for one in told] == ["request on line 1"]
    assert totals.count == 1
