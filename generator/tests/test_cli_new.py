"""`proviso new` drafts from options, questions or a document, says what is left, and never writes over anything."""

from __future__ import annotations

import hashlib
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from proviso import pipeline
from proviso.cli import questions
from proviso.drafting import left, shelf
from proviso.load import load

from . import drafts
from .desk import program, run

PLACE = re.compile(r"specs/[a-z0-9-]+/[a-z0-9-]+\.yaml:\d+:\d+: .+ \[[a-z-]+\]")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def spec(path: str) -> drafts.Data:
    found, wrong = load(Path(path), shown=path)
    assert found is not None, wrong
    assert isinstance(found.data, dict)
    return found.data


def test_in_a_pipe_nothing_is_asked_and_everything_is_left_open(home: Path) -> None:
    done = run("new", "acme")
    assert done.exit_code == 0
    assert "Written: specs/acme/provider.yaml, specs/acme/model-1.yaml" in done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) > 15
    assert all(PLACE.fullmatch(line) for line in lines), done.stdout


def test_each_mark_is_listed_at_its_line(home: Path) -> None:
    left = json.loads(run("new", "acme", "--format", "json").stdout)["left"]
    for path in ("specs/acme/provider.yaml", "specs/acme/model-1.yaml"):
        lines = Path(path).read_text("utf-8").splitlines()
        marked = [number for number, line in enumerate(lines, 1) if "# TODO: " in line]
        assert marked == [one["line"] for one in left if one["path"] == path and one["rule"] == "todo"]


def test_options_are_facts_of_the_draft(home: Path) -> None:
    Path("page.txt").write_text("the page", "utf-8")
    options = [
        "--title", "Acme", "--base-url", "https://api.acme.example/v1/", "--auth", "header:x-key", "--model", "acme/Still_2",
        "--submit", "POST /jobs", "--poll", "GET /jobs/{id}", "--page", "page.txt", "--address", "https://docs.acme.example",
    ]  # fmt: skip
    assert run("new", "acme-2", *options).exit_code == 0
    provider, model = spec("specs/acme-2/provider.yaml"), spec("specs/acme-2/acme-still-2.yaml")
    assert provider["title"] == "Acme"
    assert provider["base_url"] == "https://api.acme.example/v1"
    assert provider["auth"] == {"header": {"x-key": "ACME_2_API_KEY"}}
    assert provider["job"]["submit"]["call"] == "POST /jobs"
    assert provider["job"]["poll"] == {"call": "GET /jobs/{id}"}
    assert provider["sources"]["page"]["sha256"] == hashlib.sha256(b"the page").hexdigest()
    assert provider["sources"]["page"]["address"] == "https://docs.acme.example"
    assert model["model"] == "acme/Still_2"


def test_a_poll_that_posts_sends_a_body(home: Path) -> None:
    assert run("new", "acme", "--submit", "POST /jobs", "--poll", "POST /jobs/query").exit_code == 0
    assert spec("specs/acme/provider.yaml")["job"]["poll"] == {"call": "POST /jobs/query", "body": "TODO"}


def test_an_immediate_answer_needs_no_job(home: Path) -> None:
    assert run("new", "acme", "--immediate", "POST /draw", "--auth", "bearer").exit_code == 0
    provider = spec("specs/acme/provider.yaml")
    assert provider["immediate"]["call"] == "POST /draw"
    assert "job" not in provider
    assert provider["auth"] == {"bearer": "ACME_API_KEY"}


def test_on_a_terminal_what_was_not_said_is_asked(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "is_terminal", lambda: True)
    answers = ["Acme Inc", "", "bearer", "still-9", "job", "POST /jobs", ""]
    done = run("new", "acme", given="\n".join(answers) + "\n")
    assert done.exit_code == 0, done.output
    provider = spec("specs/acme/provider.yaml")
    assert (provider["title"], provider["base_url"]) == ("Acme Inc", "TODO")
    assert provider["auth"] == {"bearer": "ACME_API_KEY"}
    assert provider["job"]["submit"]["call"] == "POST /jobs"
    assert provider["job"]["poll"]["call"] == "TODO"
    assert spec("specs/acme/still-9.yaml")["model"] == "still-9"


def test_what_was_said_is_not_asked(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "is_terminal", lambda: True)
    options = [
        "--title",
        "A",
        "--base-url",
        "https://a.example",
        "--auth",
        "bearer",
        "--model",
        "m",
        "--immediate",
        "POST /x",
    ]
    assert run("new", "acme", *options, given="").exit_code == 0


def test_a_real_terminal_is_asked(home: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "proviso", "new", "acme"]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=home) as running:
        os.close(theirs)
        os.write(ours, b"Acme Inc\n\n\nstill-9\nresult\nPOST /draw\n")
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:  # Linux reports the end of a terminal as an error.
            pass
        finally:
            os.close(ours)
    assert running.returncode == 0, shown
    assert spec("specs/acme/provider.yaml")["immediate"]["call"] == "POST /draw"


def test_nothing_is_written_over_what_is_there(home: Path) -> None:
    assert run("new", "acme").exit_code == 0
    before = {path: path.read_bytes() for path in Path("specs").rglob("*") if path.is_file()}
    again = run("new", "acme", "--title", "Other")
    assert again.exit_code == 1
    assert (
        again.stdout
        == "specs/acme:1:1: this is there already, and nothing is overwritten; choose another name, or move it away [present]\n"
    )
    Path("specs/file").write_text("mine", "utf-8")
    Path("specs/empty").mkdir()
    Path("specs/link").symlink_to("nowhere")
    for name in ("file", "empty", "link"):
        assert run("new", name).exit_code == 1
    assert {path: path.read_bytes() for path in Path("specs/acme").rglob("*") if path.is_file()} == before
    assert sorted(path.name for path in Path("specs").iterdir()) == ["acme", "empty", "file", "link"]


def test_a_folder_that_appears_meanwhile_is_not_replaced(home: Path) -> None:
    Path("specs/acme").mkdir(parents=True)
    assert not shelf.put(Path("specs/acme"), {"provider.yaml": "x"})
    assert list(Path("specs").rglob("*")) == [Path("specs/acme")]


def test_words_in_a_reply_are_not_left_to_fill_in() -> None:
    text = "price: {unknown: why}\nreplies:\n  - {name: a, body: {unknown: theirs}}\n"
    assert [str(one) for one in left.left({"x.yaml": text}, ())] == ["x.yaml:1:1: price is unknown: why [unknown]"]


def test_a_document_that_cannot_be_read_leaves_nothing_behind(home: Path) -> None:
    Path("api.json").write_text('{"openapi": "3.1.0", "paths": 5}', "utf-8")
    done = run("new", "acme", "--from-openapi", "api.json")
    assert done.exit_code == 1
    assert done.stdout.startswith("api.json:1:")
    assert not Path("specs").exists()
    assert run("new", "acme", "--from-openapi", "none.json").exit_code == 1
    found = json.loads(run("new", "acme", "--from-openapi", "api.json", "--format", "json").stdout)
    assert found["complaints"][0]["path"] == "api.json"


@pytest.mark.parametrize(
    "arguments",
    [
        ("Acme",), ("a/b",), ("..",), ("acme", "--auth", "basic"), ("acme", "--auth", "header:"),
        ("acme", "--page", "none.txt"), ("acme", "--operation", "x", "--from-openapi", str(drafts.DOCUMENTS / "lumen.yaml")),
        ("acme", "--operation", "x"), (), ("acme", "--from-openapi", "a.json", "--page", "b.txt"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_misuse_writes_nothing(home: Path, arguments: tuple[str, ...]) -> None:
    done = run("new", *arguments)
    assert done.exit_code == 2, done.output
    assert "Error" in done.stderr
    assert not Path("specs").exists()


def test_complaints_about_other_providers_are_no_news(home: Path) -> None:
    Path("specs/old").mkdir(parents=True)
    assert "specs/old" not in run("new", "acme").stdout


def test_lint_has_nothing_to_say_that_was_not_listed(home: Path) -> None:
    done = run("new", "lumen", "--from-openapi", str(drafts.DOCUMENTS / "lumen.yaml"))
    listed = {":".join(line.split(":")[:2]) for line in done.stdout.splitlines()}
    complaints = pipeline.read(Path("specs")).complaints
    assert complaints
    lines = {f"{one.place.path}:{one.place.line - back}" for one in complaints for back in (0, 1, 2)}
    assert listed & lines


def test_a_program_gets_the_same_answer(home: Path) -> None:
    done = program("new", "acme", cwd=home)
    assert (done.returncode, done.stdout.count(b"[todo]") > 10) == (0, True)
