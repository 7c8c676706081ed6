"""The verb tells misuse from findings, names all that is wrong at once, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from proviso.cli import main

HERE = Path(__file__).parent
SPECS = str(HERE / "specs")
KEY = re.compile(r"audit-[0-9a-f]{24}")


def audit(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["audit", "--specs", SPECS, *arguments])


def customer(*habits: str) -> list[str]:
    return ["--", sys.executable, str(HERE / "customer.py"), *habits]


def test_findings_end_with_status_1_in_every_form_and_no_key_is_told(tmp_path: Path) -> None:
    files = {form: tmp_path / form for form in ("junit", "sarif", "markdown")}
    done = audit(
        *("--runs", "lost", "--format", "json", "--show-output"),
        *(text for form, path in files.items() for text in ("--report", f"{form}={path}")),
        *customer("resend", "boast"),
    )
    assert done.exit_code == 1
    report = json.loads(done.stdout)
    assert [(one["rule"], one["level"]) for one in report["findings"]] == [
        ("scenario", "none"),
        ("paid-again", "error"),
    ]
    assert report["title"] == f"{Path(sys.executable).name} customer.py"
    assert "my key is ***" in done.stderr
    written = [path.read_text("utf-8") for path in files.values()]
    assert all("paid-again" in text for text in written)
    assert not any(KEY.search(text) for text in (*written, done.stdout, done.stderr))


def test_a_clean_program_ends_with_status_0_and_only_the_runs_that_concern_it_are_made() -> None:
    done = audit("--runs", "lost,collect-fails", "--verbose", *customer())
    assert done.exit_code == 0, done.output
    assert done.stdout.count("clean: acme/still-1") == 2
    assert "does not apply: collect-fails" in done.stderr


def test_faults_of_a_users_own_make_one_run(tmp_path: Path) -> None:
    done = audit("--fault", "poll:502 x3 after 1", "--fault", "file:half x1", "--format", "json", *customer())
    assert done.exit_code == 0, done.output
    assert [one["what"] for one in json.loads(done.stdout)["findings"]] == [
        "nothing goes wrong",
        "poll:502 x3 after 1, file:half x1",
    ]


def test_a_run_in_which_nothing_could_go_wrong_says_so() -> None:
    done = audit("--fault", "cancel:502", "--format", "json", *customer())
    told = json.loads(done.stdout)["findings"][-1]
    assert (done.exit_code, told["verdict"], told["open"]) == (0, "not met", True)


def test_a_base_url_and_a_key_in_the_arguments_are_filled_in() -> None:
    code = "import sys; a, k = sys.argv[1:]; sys.exit(not (a.startswith('http://127.0.0.1:') and a.endswith('/v1')))"
    done = audit("--runs", "clean", "--", sys.executable, "-c", code, "{base_url}", "{key}")
    assert done.exit_code == 2
    assert "the program ended with status 0 and sent nothing to acme" in done.stderr


@pytest.mark.parametrize(
    ("program", "told"),
    [
        (["--", sys.executable, "-c", "print('hello')"], ["ACME_BASE_URL", "{base_url}", "printed: hello"]),
        (customer("by-proxy", "distrust"), ["does not trust the proxy's certificate for api.acme.example:443"]),
        (["--", "no-such-program"], ["no-such-program cannot be run: No such file or directory"]),
        (["--runs", "lots,cleen", "--fault", "pol:502", "--", "true"], ['"lost"', '"clean"', "'pol' is no step"]),
        (["--provider", "acne", "--", "true"], ["'acne' is no provider", '"acme"']),
        (["--timeout", "0", "--", "true"], ["0.1"]),
        ([], ["Missing argument"]),
    ],
    ids=["sends nothing", "distrusts", "not there", "no run", "no provider", "no time", "no program"],
)
def test_misuse_ends_with_status_2_and_says_what_would_be_right(program: list[str], told: list[str]) -> None:
    done = audit(*program)
    assert done.exit_code == 2, done.output
    assert all(one in done.stderr for one in told), done.stderr
    assert "Traceback" not in done.stderr


def test_ctrl_c_ends_the_program_with_all_that_it_started_and_leaves_no_file(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    script = f"trap '' TERM; sleep 1000 & echo $$ $! > {pids}.new; mv {pids}.new {pids}; wait"
    command = [sys.executable, "-m", "proviso", "audit", "--specs", SPECS, "--", "/bin/sh", "-c", script]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    # Whoever runs tests in the background of a shell has them ignore Ctrl-C, and so would what they start.
    heeded = signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as running:
        signal.signal(signal.SIGINT, heeded)
        left = time.monotonic() + 30
        while not pids.exists() and time.monotonic() < left:
            time.sleep(0.02)
        running.send_signal(signal.SIGINT)
        try:
            _, said = running.communicate(timeout=30)
        finally:
            running.kill()
    assert running.returncode == 130
    assert said == "interrupted; the program and what it had started were ended\n"
    assert not any(_runs(int(pid)) for pid in pids.read_text("utf-8").split())
    assert list(tmp_path.glob("proviso-audit-*")) == []


def test_a_program_that_does_not_stop_when_asked_is_ended() -> None:
    script = "trap '' TERM; echo begun; while :; do sleep 0.1; done"
    begun = time.monotonic()
    done = audit("--timeout", "0.5", "--", "/bin/sh", "-c", script)
    assert done.exit_code == 2
    assert "the program was stopped and sent nothing to acme" in done.stderr
    assert "the last that it printed: begun" in done.stderr
    assert time.monotonic() - begun < 15
    assert list(Path(tempfile.gettempdir()).glob("proviso-audit-*/ledger.sqlite3")) == []


def _runs(pid: int) -> bool:
    """Say whether a process goes on; one that nobody has waited for does not."""
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
