"""A body may be anything: it gets violations or a price, and never a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from . import building
from .desk import program, run, validate

HOSTILE: dict[str, bytes] = {
    "nothing": b"",
    "blanks": b" \n\t",
    "words": b"prompt: a hat",
    "a number": b"7",
    "a list": b"[]",
    "nothing known": b"{}",
    "a comma too much": b'{"prompt": "a",}',
    "two documents": b"{}{}",
    "deep lists": b"[" * 10_000 + b"]" * 10_000,
    "deep objects": b'{"prompt": ' * 10_000 + b"1" + b"}" * 10_000,
    "deep value": b'{"prompt": ' + b"[" * 900 + b"]" * 900 + b"}",
    "NaN": b'{"prompt": "a", "n": NaN}',
    "infinity": b'{"prompt": "a", "n": -Infinity}',
    "a huge exponent": b'{"prompt": "a", "n": 1e999}',
    "5000 digits": b'{"prompt": "a", "n": ' + b"9" * 5000 + b"}",
    "4000 digits": b'{"prompt": "a", "n": ' + b"9" * 4000 + b"}",
    "a lone surrogate": b'{"prompt": "\\ud800", "tier": "\\udfff"}',
    "a lone surrogate as a name": b'{"prompt": "a", "\\ud800": 1}',
    "a lone surrogate twice": b'{"\\ud800": 1, "\\ud800": 1}',
    "an escape as a name": b'{"prompt": "a", "\\u001b[2J\\n\\u202e": 1}',
    "an escape as a value": b'{"prompt": "a", "tier": "\\u001b[2J\\n\\u202e"}',
    "not UTF-8": b'{"prompt": "\xff"}',
    "UTF-16": '{"prompt": "a"}'.encode("utf-16"),
    "a byte order mark": b'\xef\xbb\xbf{"prompt": 1}',
    "members twice": b'{"prompt": "a", "prompt": "b"}',
    "members twice among many": b"{" + b",".join(b'"n%d": 1' % one for one in (*range(100_000), 99_999)) + b"}",
    "a prompt of 10 MB that is none": b'{"prompt": "a", "tier": "' + b"a" * 10_000_000 + b'"}',
    "a number and a prompt of 10 MB": b'{"n": 0, "prompt": "' + b"a" * 10_000_000 + b'"}',
    "a name of 1 MB": b'{"prompt": "a", "' + b"a" * 1_000_000 + b'": 1}',
    "many names": b'{"prompt": "a", ' + b", ".join(b'"a%d": 1' % at for at in range(2000)) + b"}",
}


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_bad_body_has_violations_and_never_a_traceback(workplace: Path, name: str, form: str) -> None:
    result = validate(HOSTILE[name], "--format", form)
    assert result.exit_code == 1
    assert len(result.output) < (10_000 if name not in ("many names", "a name of 1 MB") else 5_000_000)
    if form == "json":
        found = json.loads(result.stdout)
        assert found["valid"] is False
        assert all(set(one) == {"at", "rule", "message", "severity"} for one in found["violations"])
    else:
        assert all(one.isprintable() or one == "\n" for one in result.stdout)
        assert len(result.stdout.splitlines()) == len(
            json.loads(validate(HOSTILE[name], "--format", "json").stdout)["violations"]
        )


def test_what_is_only_advised_is_printed_and_refuses_nothing(workplace: Path) -> None:
    given = b'{"prompt": "a", "steps": 51}'
    result = validate(given)
    assert result.exit_code == 0
    assert (
        result.stdout == "/steps: 51 is more than 50, the most allowed (advice: More take minutes) [maximum, advice]\n"
    )
    assert result.stderr == "valid\n"
    found = json.loads(validate(given, "--format", "json").stdout)
    assert found["valid"] is True
    assert [(one["at"], one["severity"]) for one in found["violations"]] == [("/steps", "advice")]
    lines = validate(given + b"\n" + b'{"prompt": 1, "steps": 51}\n', "--lines")
    assert lines.exit_code == 1
    assert [line.partition(":")[0] for line in lines.stdout.splitlines()] == ["line 1", "line 2", "line 2"]
    assert run("quote", "acme/still-1", "--package", "out/cli_clients", given=given).exit_code == 0


@pytest.mark.parametrize("name", HOSTILE)
def test_a_bad_body_has_no_price_and_never_a_traceback(workplace: Path, name: str) -> None:
    result = run("quote", "acme/still-1", "--package", "out/cli_clients", given=HOSTILE[name])
    assert result.exit_code == 1
    assert result.stdout
    assert "charge" not in result.stdout
    assert "Traceback" not in result.stdout + result.stderr


@pytest.mark.parametrize("name", ["a lone surrogate as a name", "a lone surrogate", "an escape as a name", "not UTF-8"])
def test_a_real_pipe_gets_the_same_answer(workplace: Path, name: str) -> None:
    for verb in ("validate", "quote"):
        done = program(verb, "acme/still-1", "--package", "out/cli_clients", given=HOSTILE[name], cwd=workplace)
        assert (done.returncode, b"Traceback" in done.stderr) == (1, False), done.stderr.decode()[-300:]


def test_a_prompt_of_10_megabytes_is_valid(workplace: Path) -> None:
    assert validate(b'{"prompt": "' + b"a" * 10_000_000 + b'"}').exit_code == 0


def test_bad_lines_are_found_among_good_ones(workplace: Path) -> None:
    lines = [b'{"prompt": "a"}', b"", b'{"prompt": 1, "n": 9}', b"nonsense", b'{"prompt": "b"}', b'{"prompt": "\xff"}']
    result = validate(b"\n".join(lines), "--lines", "--format", "json")
    assert result.exit_code == 1
    found = [json.loads(line) for line in result.stdout.splitlines()]
    rules = {one["line"]: [breach["rule"] for breach in one["violations"]] for one in found}
    assert rules == {1: [], 3: ["type", "maximum"], 4: ["json"], 5: [], 6: ["json"]}
    spoken = validate(b"\n".join(lines), "--lines").stdout.splitlines()
    assert [line.partition(": ")[0] for line in spoken] == ["line 3", "line 3", "line 4", "line 6"]


def test_good_lines_end_with_0(workplace: Path) -> None:
    assert validate(b'{"prompt": "a"}\n' * 5, "--lines").exit_code == 0


def test_lines_take_constant_memory(workplace: Path) -> None:
    assert _most_memory(workplace, 10_000) - _most_memory(workplace, 500) < 500_000


def _most_memory(workplace: Path, lines: int) -> int:
    """Validate some lines of a kilobyte each and give the most bytes that were held at once."""
    path = workplace / "lines.jsonl"
    with path.open("wb") as file:
        for at in range(lines):
            file.write(b'{"n": %d, "prompt": "%s"}\n' % (at % 6, b"a" * 1000))
    arguments = ["validate", "acme/still-1", str(path), "--lines", "--package", "out/cli_clients"]
    # Not the memory of the process: the system counts that of the process that started it, too.
    measured = f"""
import sys, tracemalloc
from proviso.cli import main
tracemalloc.start()
try:
    main({arguments!r})
finally:
    print(tracemalloc.get_traced_memory()[1], file=sys.stderr)
"""
    command = [sys.executable, "-c", measured]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=workplace, check=False)
    assert done.returncode == 1
    return int(done.stderr)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nothing", "is not JSON"),
        ("two documents", "is not JSON"),
        ("NaN", "NaN"),
        ("infinity", "Infinity"),
        ("deep lists", "too deeply"),
        ("5000 digits", "digits"),
        ("not UTF-8", "byte 12"),
        ("members twice", "'prompt' twice"),
    ],
)
def test_what_is_no_json_is_said_to_be_none(workplace: Path, name: str, said: str) -> None:
    (only,) = json.loads(validate(HOSTILE[name], "--format", "json").stdout)["violations"]
    assert (only["at"], only["rule"]) == ("", "json")
    assert said in only["message"]


def test_a_quote_says_what_is_charged_and_what_is_not_known(workplace: Path) -> None:
    given = b'{"prompt": "a hat", "n": 3}'
    result = run("quote", "acme/still-1", "--package", "out/cli_clients", "--format", "json", given=given)
    assert result.exit_code == 0
    quote = json.loads(result.stdout)
    because = quote.pop("because")
    assert quote == {
        "hold": None, "charge": "1.5", "least": "1.5", "most": "1.5", "currency": "USD", "known": True,
    }  # fmt: skip
    assert "The page does not say." in because
    assert "unknown" in run("quote", "acme/still-1", "--package", "out/cli_clients", given=given).stdout


def test_a_reader_that_goes_away_is_no_traceback(workplace: Path) -> None:
    (workplace / "many.jsonl").write_bytes(b'{"n": 9, "prompt": "a"}\n' * 20_000)
    command = [
        sys.executable,
        "-m",
        "proviso",
        "validate",
        "acme/still-1",
        "many.jsonl",
        "--lines",
        "--package",
        "out/cli_clients",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=workplace) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline().startswith(b"line 1: /n: ")
        running.stdout.close()
        assert running.stderr.read() == b""


def test_a_quote_is_of_the_currency_and_the_day_that_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rates = {"image": {"amount": 3, "per": "image"}}
    one = {"currency": "USD", "rates": rates, "hold": building.UNSURE, "charge": "requested * image"}
    price = [{**one, "from": "2026-01-02"}, {**one, "currency": "EUR", "from": "2026-01-02"}]
    specs = building.write(
        tmp_path / "specs", {"still-1": building.model(price=price), "still-2": building.model(model="b")}
    )
    monkeypatch.chdir(tmp_path)
    assert run("generate", str(specs), "--package", "dated_clients").exit_code == 0
    quote = ("quote", "acme/still-1", "--package", "generated/dated_clients")
    given = json.dumps({"prompt": "a hat"})
    asked = run(*quote, "--currency", "EUR", "--on", "2026-01-02", given=given)
    assert "charge   3 EUR" in asked.stdout
    assert "no document gives a price on 2026-01-01" in run(*quote, "--on", "2026-01-01", given=given).stdout
    other = run("quote", "acme/still-2", "--package", "generated/dated_clients", "--on", "2026-01-01", given=given)
    assert other.exit_code == 2
    assert "for every request" in other.stderr
    assert run(*quote, "--where", "region=eu", given=given).exit_code == 2
