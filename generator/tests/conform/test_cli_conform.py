"""`proviso conform` as people and pipelines use it."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from proviso.cli import main
from proviso.conform import witnesses
from proviso.conform.running import Asker
from proviso.conform.secrets_kept import Veil
from proviso.conform.witnesses import Recorder

from . import alterations, asked

SPECS = asked.GENERATOR.parent / "specs"


def _call(*arguments: str, env: dict[str, str | None] | None = None) -> Result:
    known: dict[str, str | None] = {"APIXO_API_KEY": None, "SHORTAPI_KEY": None, **(env or {})}
    return CliRunner().invoke(main, ["conform", *arguments, "--specs", str(SPECS)], env=known, catch_exceptions=False)


@pytest.fixture(scope="module")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return recordings of a provider that is as documented, and of one that gives ids elsewhere."""
    provider = asked.PROVIDERS["shortapi"]
    other = next(one.provider for one in alterations.of(provider) if one.kind == "id path")
    found = {"right": tmp_path_factory.mktemp("right"), "wrong": tmp_path_factory.mktemp("wrong")}
    for name, folder in found.items():

        def through(asker: Asker, folder: Path = folder) -> Asker:
            recorder = Recorder(asker=asker, folder=folder, provider=provider, veil=Veil(["mock-key"]))
            recorder.begin()
            return recorder

        asked.run(provider, None if name == "right" else other, through=through)
    return found


def test_a_dry_run_needs_no_key_and_says_what_each_request_costs() -> None:
    result = _call("apixo", "--dry-run")

    assert result.exit_code == 0
    assert "0.032 USD  a request to seedream-5-0" in result.stdout
    assert "not sent: it may cost 0.32 USD" in result.stdout
    assert "for 0.096 USD of 0.10" in result.stderr


def test_a_dry_run_as_json_says_what_each_request_settles() -> None:
    document = json.loads(_call("apixo/seedream-5-0", "--dry-run", "--format", "json", "--facts", "*sizes*").stdout)

    paid = [one for one in document["requests"] if one["asking"] == "request"]
    assert (document["facts"], len(paid), document["cost"]) == (16, 16, "0.096")
    assert paid[0]["settles"] == ["apixo/seedream-5-0 sizes[1:1, 2K]"]


MISUSE = {
    "apixo": "APIXO_API_KEY in the environment must hold the key",
    "apixi --dry-run": 'did you mean "apixo"?',
    "apixo/seedream --dry-run": 'did you mean "seedream-5-0"?',
    "apixo/ --dry-run": "not of the form PROVIDER",
    "apixo --dry-run --facts stat": 'did you mean "state"?',
    "apixo --dry-run --max-spend lots": "one is written like 0.10",
    "apixo --dry-run --max-spend nan": "one is written like 0.10",
    "apixo --dry-run --format sarif": "--format text or --format json",
    "apixo --base-url http://apixo.test": "over https",
    "apixo --base-url https://elsewhere.test": "name the variable with the key for it",
    "apixo --replay x --record y": "goes neither with",
    "apixo --replay /nowhere/at/all": "index.json",
}


@pytest.mark.parametrize("arguments", MISUSE)
def test_misuse_is_said_in_a_line_and_ends_with_status_2(arguments: str) -> None:
    result = _call(*arguments.split(" "))

    assert result.exit_code == 2
    assert MISUSE[arguments] in result.stderr


def test_a_recording_of_a_conforming_provider_ends_with_status_0(recordings: dict[str, Path]) -> None:
    result = _call("shortapi", "--replay", str(recordings["right"]))

    assert result.exit_code == 0
    assert "80 confirmed" in result.stderr
    assert ": denied: " not in result.stdout


def test_a_recording_of_another_provider_ends_with_status_1_and_points_to_the_line(
    recordings: dict[str, Path], tmp_path: Path
) -> None:
    files = {"junit": tmp_path / "j.xml", "sarif": tmp_path / "s.sarif", "markdown": tmp_path / "m.md"}
    reports = [part for form, path in files.items() for part in ("--report", f"{form}={path}")]

    result = _call("shortapi", "--replay", str(recordings["wrong"]), *reports)

    assert result.exit_code == 1
    lines = (SPECS / "shortapi/provider.yaml").read_text("utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if text.strip() == "id: $.data.job_id")
    assert f"provider.yaml:{line}:5: denied: shortapi job.submit.id: the id of a job stands at " in result.stdout
    assert files["junit"].read_text().count("<failure") == result.stdout.count(": denied: ")
    assert json.loads(files["sarif"].read_text())["runs"][0]["results"]
    assert "job.submit.id" in files["markdown"].read_text()


def test_a_recording_of_another_kind_is_refused(recordings: dict[str, Path]) -> None:
    result = _call("apixo", "--replay", str(recordings["right"]))

    assert result.exit_code == 2
    assert "it is a recording of shortapi" in result.stderr
    assert witnesses.opened(recordings["right"], asked.PROVIDERS["shortapi"]).fits


def test_an_address_at_which_nobody_answers_is_named() -> None:
    env: dict[str, str | None] = {"APIXO_API_KEY": "mock-key"}
    result = _call("apixo", "--base-url", "http://127.0.0.1:9/api/v1", env=env)

    assert result.exit_code == 2
    assert "http://127.0.0.1:9/api/v1 cannot be asked: no reply came: there is no connection" in result.stderr


def test_help_teaches_by_example() -> None:
    result = CliRunner().invoke(main, ["conform", "--help"])

    assert result.exit_code == 0
    assert "proviso conform acme --dry-run" in result.stdout


class _Gateway(BaseHTTPRequestHandler):
    """Something else that answers every request with a page of its own."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.do_GET()

    def do_GET(self) -> None:
        page = b"<html><body>Welcome</body></html>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Say nothing."""


def test_somebody_else_who_answers_is_not_taken_for_a_provider_that_denies_nothing() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Gateway) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        env: dict[str, str | None] = {"APIXO_API_KEY": "mock-key"}
        result = _call("apixo", "--base-url", f"http://127.0.0.1:{server.server_port}/api/v1", env=env)
        server.shutdown()

    assert result.exit_code == 2
    assert "answers, and nothing that it says is of apixo" in result.stderr
