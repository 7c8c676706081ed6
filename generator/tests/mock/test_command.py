"""`proviso mock` says where it is, serves, stops when it is told to, and never ends in a traceback."""

from __future__ import annotations

import ipaddress
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest
from click.testing import CliRunner

from proviso import pipeline
from proviso.cli import kept_specs, main

from .mock_house import ROOT

WILD = str(ipaddress.IPv4Address(0))


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "proviso", "mock", "--specs", str(ROOT / "specs"), *arguments]


def ended(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*arguments), capture_output=True, text=True, check=False, timeout=60)


@contextmanager
def started(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    program = subprocess.Popen(
        command("--format", "json", *arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    try:
        yield program, json.loads(program.stdout.readline())
    finally:
        program.kill()
        program.communicate()


def test_it_says_where_it_is_and_stops_on_ctrl_c_with_what_came_of_it() -> None:
    with started("--port", "0", "apixo") as (program, told):
        apixo = told["providers"]["apixo"]
        assert apixo["environment"] == {"APIXO_API_KEY": "mock-key"}
        assert httpx2.get(f"{apixo['base_url']}/statusTask/seedream-5-0?taskId=no").status_code == 401
        program.send_signal(signal.SIGINT)
        out, error = program.communicate(timeout=20)
    assert (program.returncode, error) == (0, "")
    assert json.loads(out)["stopped"]["providers"]["apixo"]["requests"] == 1


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGTERM")
def test_it_stops_on_sigterm_although_a_client_hangs_on() -> None:
    with started("--port", "0", "--fault", "poll:hang 60s") as (program, told):
        host, _, port = told["origin"].removeprefix("http://").rpartition(":")
        with (
            socket.create_connection((host, int(port)), timeout=20) as silent,
            socket.create_connection((host, int(port)), timeout=20) as hanging,
        ):
            hanging.sendall(b"GET /apixo/api/v1/statusTask/seedream-5-0?taskId=a HTTP/1.1\r\nHost: x\r\n\r\n")
            program.send_signal(signal.SIGTERM)
            _, error = program.communicate(timeout=20)
            silent.close()
    assert (program.returncode, error) == (0, "")


def test_a_busy_port_is_named_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        done = ended("--port", str(port))
    assert done.returncode == 2
    assert f"port {port} of 127.0.0.1 is taken" in done.stderr
    assert "--port 0" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("apxio",), 'did you mean "apixo"'),
        (("--fault", "sumbit:502", "--fault", "poll:never"), "'never'"),
        (("--speed", "fast"), "poll"),
        (("--balance", "much"), "0.05"),
        (("--host", "no.such.host.invalid"), "no.such.host.invalid"),
        (("--host", "203.0.113.7"), "no address of this machine"),
        (("--key", "two words"), "--key"),
        (("--chaos", "2"), "--chaos"),
        (("--port", "70000"), "--port"),
    ],
    ids=lambda value: str(value[0]) if isinstance(value, tuple) else "",
)
def test_misuse_is_said_in_a_line(arguments: tuple[str, ...], said: str) -> None:
    done = CliRunner().invoke(main, ["mock", "--specs", str(ROOT / "specs"), *arguments])
    assert done.exit_code == 2, done.output
    assert said in done.output


def test_an_address_that_others_reach_is_warned_of() -> None:
    with started("--port", "0", "--host", WILD) as (program, told):
        assert told["origin"].startswith("http://127.0.0.1:")
        program.send_signal(signal.SIGINT)
        _, error = program.communicate(timeout=20)
    assert error == f"warning: {WILD} can be reached from other machines, and so can the mock\n"


def test_nothing_is_said_of_requests_in_a_pipe_unless_it_is_wished_and_then_neither_keys_nor_queries() -> None:
    for more, lines in ((), 1), (("--log",), 2):
        with started("--port", "0", *more) as (program, told):
            httpx2.get(f"{told['origin']}/apixo/api/v1/statusTask/seedream-5-0?taskId=no&key=mine")
            program.send_signal(signal.SIGINT)
            out, error = program.communicate(timeout=20)
        assert len(out.splitlines()) == lines
        assert "mine" not in out + error


def test_ipv6_is_spoken() -> None:
    if not socket.has_ipv6 or not Path("/proc/net/if_inet6").exists():
        pytest.skip("there is no IPv6 here")
    with started("--port", "0", "--host", "::1") as (_, told):
        assert told["origin"].startswith("http://[::1]:")
        assert httpx2.get(f"{told['origin']}/__proviso__/").status_code == 200


def test_specs_are_kept_as_they_were_read_and_never_trusted_when_somebody_changed_what_is_kept() -> None:
    cache = Path(os.environ["PROVISO_CACHE"])
    expected = pipeline.read(ROOT / "specs").providers
    assert kept_specs.read(ROOT / "specs") == (expected, ())
    (kept,) = cache.iterdir()
    assert kept_specs.read(ROOT / "specs") == (expected, ())
    for harm in (b"", kept.read_bytes()[:-1], b"\0" + kept.read_bytes()):
        kept.write_bytes(harm)
        assert kept_specs.read(ROOT / "specs") == (expected, ())
    whole = kept.read_bytes()
    kept.write_bytes(whole)
    kept.chmod(0o666)
    assert kept_specs._load(kept) is None
    kept.chmod(0o600)
    assert kept_specs._load(kept) == expected
    cache.chmod(0o777)
    assert kept_specs._load(kept) is None


def test_specs_that_have_changed_are_read_again(tmp_path_factory: pytest.TempPathFactory) -> None:
    specs = tmp_path_factory.mktemp("changed") / "specs"
    shutil.copytree(ROOT / "specs", specs)
    assert kept_specs.read(specs)[1] == ()
    page = specs / "apixo/provider.yaml"
    page.write_text(page.read_text("utf-8").replace("retries: 3", "retries: 5"), "utf-8")
    again, _ = kept_specs.read(specs)
    assert {model.callback.retries for model in again[0].models if model.callback is not None} == {5}
    page.write_text(page.read_text("utf-8") + "nonsense: 1\n", "utf-8")
    assert kept_specs.read(specs)[1] != ()
