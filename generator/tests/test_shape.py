"""What has the right shape passes; what has not is refused in plain words at its place."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from proviso import shape
from proviso.diagnostics import Diagnostic
from proviso.document import Document
from proviso.load import load

from . import wrong_shapes

PROVIDER = """\
provider: acme
title: Acme
source: page
sources:
  page: {title: A page, address: {unknown: Not shown.}, read: 2026-01-31, sha256: SHA}
base_url: https://api.example.com/v1
auth: {bearer: ACME_API_KEY}
""".replace("SHA", "0123456789abcdef" * 4)
MODEL = """\
model: acme/still
title: Still
summary: Draws.
source: page
output: {kind: image, count: 1}
parameters:
  prompt: {type: string, description: What to draw.}
price: {unknown: Not stated.}
"""
Check = Callable[[Document], tuple[Diagnostic, ...]]


def complaints(tmp_path: Path, text: str, check: Check) -> list[str]:
    path = tmp_path / "spec.yaml"
    path.write_text(text, encoding="utf-8")
    document, wrong = load(path, shown="x")
    assert document is not None, wrong
    return [str(one) for one in check(document)]


def test_the_least_that_a_spec_says_is_enough(tmp_path: Path) -> None:
    assert complaints(tmp_path, PROVIDER, shape.provider) == []
    assert complaints(tmp_path, MODEL, shape.model) == []


GOOD = [
    "price: {currency: USD, rates: {image: {amount: 0.0320, per: image}}, hold: {unknown: why}, charge: image * 2}",
    "parameters: {a: {type: integer, description: d, minimum: -5, multipleOf: 8, enum: [1, 2], default: 1}}",
    "parameters: {a: {type: number, description: d, minimum: 0.5, exclusiveMaximum: 1e2, required: true}}",
    "parameters: {a: {type: array, description: d, items: {type: string, maxLength: 5}, uniqueItems: true}}",
    "parameters: {größe: {type: string, description: d, size: {separators: [x]}, examples: [1x1], deprecated: old}}",
    "parameters: {a: {type: string, description: d, enum: [1, true, '1', 'true', 1.5]}}",
    'body: {a: {b: [1], "*": "{*}"}}'.replace("[1]", "true"),
    "body: constant",
    "sizes: {by: [a, b], rows: {1:1: {2K: 1x1}, 2:1: 2x1}}",
    "job: {submit: {call: POST /jobs, id: $.id}, poll: {call: 'GET /jobs/{id}?a=b', reads: [200, 404]},"
    " state: {at: $.s, queued: [a, 1, true]}, results: [$.a, $.b], retention: {lasts: 1.5h, from: completion},"
    " failure: {unknown: why}}",
    "schedule: [{when: {a: [b, 1]}, first: 20ms, typical: 1s to 1.5m}, {every: 1d}]",
    "rate: {requests: 20 to 100, per: 1m}",
    "rate: [{jobs: 5, says: why, assumed: why, source: a}, {submissions: 1000000, per: 1.5h}]",
    "rate: {unknown: why}",
    "callback: {parameter: a, body: {unknown: why}, acknowledge: {status: 200}, signature: {unknown: why}}",
    "errors: {message: [$.a, $.b], statuses: {429: {means: rate-limited, retry: true}}, billed: {unknown: why}}",
    "immediate: {call: POST /now, returns: [image/svg+xml]}",
    "replies: [{name: two words, of: poll, status: 200, body: null}, {name: b, of: submit, status: 500, type: a/b}]",
    "doubts: [{id: a, touches: [b], claims: [{source: [a, b], says: c}], ruling: d, because: e, settled_by: f}]",
    "witnesses: [{name: a, body: {b: {c: [1, null]}}, pixels: 1x1, hold: 0, charge: 0.1, source: page}]",
    "rules: [{when: {a: b}, require: [c], source: [page, other], assumed: why}]",
    "rules: [{when: {a: {given: true}}, unless: {b: {minimum: 1, exclusiveMaximum: 2.5}}, require: [c]}]",
]


@pytest.mark.parametrize("line", GOOD)
def test_what_the_language_has_is_accepted(tmp_path: Path, line: str) -> None:
    key = line.split(":", maxsplit=1)[0]
    rest = re.sub(rf"(?m)^{key}:.*\n(  .*\n)*", "", MODEL)
    assert complaints(tmp_path, f"{rest}{line}\n", shape.model) == []


@pytest.mark.parametrize(
    ("base", "check", "line", "expected"),
    [(MODEL, shape.model, *row) for row in wrong_shapes.BAD]
    + [(PROVIDER, shape.provider, *row) for row in wrong_shapes.BAD_PROVIDER],
)
def test_what_is_wrong_is_said(tmp_path: Path, base: str, check: Check, line: str, expected: list[str]) -> None:
    key = line.split(":", maxsplit=1)[0]
    rest = re.sub(rf"(?m)^{key}:.*\n(  .*\n)*", "", base)
    assert complaints(tmp_path, f"{line}\n{rest}", check) == [f"x:1:{one}" for one in expected]


def test_a_file_that_is_no_mapping(tmp_path: Path) -> None:
    assert complaints(tmp_path, "- a", shape.provider) == ["x:1:1: the file must be a mapping, not a list [wrong-type]"]
    assert complaints(tmp_path, "a", shape.model) == ['x:1:1: the file must be a mapping, not "a" [wrong-type]']


def test_there_is_an_end_to_complaints(tmp_path: Path) -> None:
    text = MODEL + "".join(f"  k{number}: 1\n" for number in range(10_000)).replace("  ", "")
    started = time.monotonic()
    found = complaints(tmp_path, text, shape.model)
    assert len(found) == 100
    assert found[-1].startswith("x:108:1: unknown key")
    assert time.monotonic() - started < 5


def test_the_deepest_file_is_judged(tmp_path: Path) -> None:
    text = MODEL + "body: " + "{a: " * 62 + "~" + "}" * 62
    assert complaints(tmp_path, text, shape.model) == [
        'x:9:255: "a" has no value; it must be a text, a number, true, false, a mapping or a list [wrong-type]'
    ]


def test_no_complaint_quotes_much(tmp_path: Path) -> None:
    long = "x" * 1000
    for line in (f"{long}: 1", f"model: {long}", f"body: {{a: [~, {long}]}}", f"title: {'9' * 100}", f"rules: {long}"):
        rest = re.sub(rf"(?m)^{line.split(':')[0]}:.*\n", "", MODEL)
        (complaint,) = complaints(tmp_path, f"{line}\n{rest}", shape.model)
        assert "x" * 61 not in complaint
        assert "9" * 61 not in complaint
