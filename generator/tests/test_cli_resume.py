"""`proviso jobs resume` takes jobs up through the generated client, and says what cannot be taken up."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import Result

from .job_desk import fill, jobs, states

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@dataclass
class Provider:
    """A provider on this machine. It tells states, one for each question, and then the same state of every job."""

    state: str = "done"
    states: list[str] = field(default_factory=list[str])
    asked: list[str] = field(default_factory=list[str])
    address: str = ""

    def reply(self, path: str) -> bytes:
        self.asked.append(path)
        if path.endswith("/picture"):
            return PNG
        state = self.states.pop(0) if self.states else self.state
        return json.dumps({"id": "job-2", "state": state, "urls": [f"{self.address}/picture"]}).encode()


@pytest.fixture
def provider() -> Iterator[Provider]:
    """Start a provider that keeps a list of what it is asked for."""
    running = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = running.reply(self.path)
            self.send_response(200)
            self.send_header("Content-Type", "image/png" if content == PNG else "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        running.address = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield running
        server.shutdown()
        thread.join()


@pytest.fixture
def place(tmp_path: Path) -> str:
    """Make a ledger with entries of every kind."""
    return fill(str(tmp_path / "ledger.db"))


def resume(place: str, provider: Provider, name: str, out: Path, *more: str) -> Result:
    where = ("--base-url", provider.address, "--out", str(out), "--package", "out/cli_clients")
    return jobs(place, "resume", name, *where, *more)


def as_program(place: str, provider: Provider, out: Path) -> list[str]:
    where = ["--base-url", provider.address, "--out", str(out), "--package", "out/cli_clients", "--ledger", place]
    return [sys.executable, "-m", "proviso", "jobs", "resume", "abd2", *where]


@pytest.fixture
def client(workplace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a key, and a generated package."""
    monkeypatch.setenv("ACME_KEY", "secret-of-acme")


@pytest.mark.usefixtures("client")
def test_a_job_is_taken_up_and_its_results_are_saved(place: str, provider: Provider, tmp_path: Path) -> None:
    result = resume(place, provider, "abd2", tmp_path / "pictures")
    saved = tmp_path / "pictures/job-2-1.png"
    assert (result.exit_code, result.stdout) == (0, f"{saved}\n")
    assert "The job succeeded: 1 result" in result.stderr
    assert saved.read_bytes() == PNG
    assert [path.name for path in saved.parent.iterdir()] == ["job-2-1.png"]
    assert provider.asked == ["/jobs/job-2", "/picture"]
    assert states(place)["abd2"] == "succeeded"


@pytest.mark.usefixtures("client")
def test_a_job_that_goes_on_can_be_taken_up_again(place: str, provider: Provider, tmp_path: Path) -> None:
    provider.state = "busy"
    result = resume(place, provider, "job-2", tmp_path, "--timeout", "0", "--format", "json")
    told = json.loads(result.stdout)
    assert (result.exit_code, told["known"], told["files"]) == (1, "accepted", [])
    assert "proviso jobs resume abd2abd2 takes it up again" in told["told"]
    provider.state = "done"
    assert resume(place, provider, "job-2", tmp_path).exit_code == 0


@pytest.mark.usefixtures("client")
def test_a_terminal_is_shown_how_a_job_goes_on(place: str, provider: Provider, tmp_path: Path, workplace: Path) -> None:
    provider.states = ["busy\x1b[31m"]
    ours, theirs = pty.openpty()
    command = as_program(place, provider, tmp_path)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, cwd=workplace) as running:
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # Linux reports the end of a terminal as an error.
            while piece := os.read(ours, 4096):
                shown += piece
        os.close(ours)
        assert running.stdout is not None
        assert running.stdout.read() == f"{tmp_path}/job-2-1.png\n".encode()
    assert running.returncode == 0
    assert b"busy\\x1b[31m after" in shown
    assert b"asked 1 times" in shown


@pytest.mark.usefixtures("client")
def test_whoever_stops_waiting_is_told_how_to_go_on(
    place: str, provider: Provider, tmp_path: Path, workplace: Path
) -> None:
    provider.state = "busy"
    command = as_program(place, provider, tmp_path)
    # Whoever runs tests in the background of a shell has them ignore Ctrl-C, and so would what they start.
    heeded = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=workplace) as running:
        signal.signal(signal.SIGINT, heeded)
        while not provider.asked:
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (1, b"")
    assert err == b"The job goes on: proviso jobs resume abd2abd2 takes it up again.\n"
    assert states(place)["abd2"] == "accepted"


@pytest.mark.usefixtures("client")
def test_a_request_of_unknown_outcome_is_explained_and_nothing_is_asked(
    place: str, provider: Provider, tmp_path: Path
) -> None:
    for name in ("abc1", "dad4", "0ld0"):
        result = resume(place, provider, name, tmp_path)
        assert (result.exit_code, result.stdout) == (1, "")
        assert result.stderr
    assert "Do not send it again yet" in resume(place, provider, "abc1", tmp_path).stderr
    assert provider.asked == []


@pytest.mark.usefixtures("client")
def test_a_job_that_was_found_at_the_provider_is_taken_up_and_written_down(
    place: str, provider: Provider, tmp_path: Path
) -> None:
    provider.state = "busy"
    assert resume(place, provider, "abc1", tmp_path, "--job", "job-1", "--timeout", "0").exit_code == 1
    assert states(place)["abc1"] == "accepted"
    provider.state = "done"
    assert resume(place, provider, "job-1", tmp_path).exit_code == 0
    assert states(place)["abc1"] == "succeeded"
    assert resume(place, provider, "job-2", tmp_path, "--job", "other").exit_code == 2


@pytest.mark.usefixtures("workplace")
def test_a_client_that_cannot_be_made_is_misuse(
    place: str, provider: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ACME_KEY", raising=False)
    result = resume(place, provider, "abd2", tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "ACME_KEY" in result.stderr
