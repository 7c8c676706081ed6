"""Figures of the mock as a server: submits a second beside Stoplight Prism, its start, and what finished jobs weigh.

Both serve the same provider to the same load (wrk, 16 connections), in turn. Prism answers from our OpenAPI export and
keeps nothing; ours checks every limit, bills, and starts a job. Where wrk or Prism are missing, the figures that need
them are left out, and a line says so.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figures import Figure
from proviso import ir, pipeline
from proviso.exports import openapi, text
from proviso.mock.asking import Asked
from proviso.mock.clock import Held
from proviso.mock.options import KEY, Options
from proviso.mock.provider_mock import Mock
from proviso.oracle.exact import encoded

_SPECS = Path(__file__).resolve().parents[2] / "specs"
_NAME = "apixo"
_BAR = 0.25  # our time to Prism's
_START_BAR = 500.0  # ms
_WRK = re.compile(r"Requests/sec:\s*([\d.]+)")
_KEEP = 2_000
_JOBS = 20_000


def figures(*, rounds: int, prism: Path | None = None) -> list[Figure]:
    """Measure submits in turns, starts, and the memory of finished jobs. prism: its program, where there is one."""
    provider = next(one for one in pipeline.read(_SPECS).providers if one.name == _NAME)
    found = [_start(rounds), _memory(provider)]
    if shutil.which("wrk") is None:
        sys.stdout.write("wrk is not installed: no submits a second\n")
        return found
    return [_submits(provider, rounds, prism), *found]


def _submits(provider: ir.Provider, rounds: int, prism: Path | None) -> Figure:
    ours: list[float] = []
    theirs: list[float] = []
    with tempfile.TemporaryDirectory() as folder, _ours() as here:
        script = Path(folder) / "submit.lua"
        script.write_text(_script(provider))
        if prism is None:
            sys.stdout.write("no Prism was named with --prism: ours alone\n")
            ours = [_loaded(here, script, _path(provider)) for _ in range(rounds)]
        else:
            document = Path(folder) / "openapi.json"
            document.write_text(text.written(openapi.document(provider)))
            with _prism(prism, document) as there:
                for _ in range(rounds):
                    ours.append(_loaded(here, script, _path(provider)))
                    # Prism serves the paths of a document without the path of its server.
                    theirs.append(_loaded(there, script, _path(provider, base="")))
    mine, other = statistics.median(ours), statistics.median(theirs) if theirs else None
    return Figure(
        what="A submit at the mock, over HTTP, one process",
        ours=f"{mine:.0f} a second",
        rival="Stoplight Prism" if other is not None else "",
        theirs="" if other is None else f"{other:.0f} a second",
        value=mine if other is None else other / mine,
        unit="a second" if other is None else "x",
        bar=None if other is None else _BAR,
    )


def _start(rounds: int) -> Figure:
    taken: list[float] = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        with _ours():
            taken.append(time.perf_counter() - start)
    shown = statistics.median(taken[1:]) * 1000  # the first one compiles
    return Figure(
        what="From the start of the mock to its first answer",
        ours=f"{shown:.0f} ms",
        rival="",
        theirs="",
        value=shown,
        unit="ms",
        bar=_START_BAR,
    )


def _memory(provider: ir.Provider) -> Figure:
    """Say how much the process grows while many more jobs finish than are kept."""
    clock = Held()
    mock = Mock((provider,), Options(clock=clock, keep=_KEEP))
    asked = Asked(
        verb="POST",
        target=_path(provider),
        headers={"content-type": "application/json", "authorization": f"Bearer {KEY}"},
        body=encoded(provider.models[0].witnesses[0].body),
        origin="http://127.0.0.1",
    )
    sizes: list[int] = []
    for number in range(2 * _JOBS):
        mock.answer(asked)
        clock.move(60)
        if number % _JOBS == _JOBS - 1:
            sizes.append(_resident())
    grown = (sizes[1] - sizes[0]) / 1024
    return Figure(
        what=f"Memory for {_JOBS:,} finished jobs more, of which {_KEEP:,} are kept",
        ours=f"{grown:.0f} KB",
        rival="",
        theirs="",
        value=grown,
        unit="KB",
        bar=1024.0,
    )


def _resident() -> int:
    """Return the bytes of this process in memory; 0 where the system does not say."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _path(provider: ir.Provider, base: str | None = None) -> str:
    job = provider.models[0].job
    assert job is not None
    path = job.submit.call.split(" ")[1].replace("{model}", provider.models[0].id)
    return (re.sub(r"^https?://[^/]+", "", provider.base_url) if base is None else base) + path


def _script(provider: ir.Provider) -> str:
    body = json.dumps(encoded(provider.models[0].witnesses[0].body).decode())
    return (
        f'wrk.method = "POST"\nwrk.body = {body}\nwrk.headers["Content-Type"] = "application/json"\n'
        f'wrk.headers["Authorization"] = "Bearer {KEY}"\n'
    )


def _loaded(address: str, script: Path, path: str) -> float:
    told = subprocess.run(
        [shutil.which("wrk") or "", "-t1", "-c16", "-d3s", "-s", str(script), address + path],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "Non-2xx" not in told, told
    found = _WRK.search(told)
    assert found is not None, told
    return float(found[1])


@contextmanager
def _ours() -> Iterator[str]:
    port = _free_port()
    program = [sys.executable, "-m", "proviso", "mock", _NAME, "--specs", str(_SPECS), "--port", str(port)]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with _running(program, port, environment):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _prism(prism: Path, document: Path) -> Iterator[str]:
    port = _free_port()
    with _running([str(prism), "mock", "-p", str(port), str(document)], port, dict(os.environ)):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _running(program: list[str], port: int, environment: dict[str, str]) -> Iterator[None]:
    """Run a server, from its first answer on."""
    with subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment) as server:
        try:
            for _ in range(6000):
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/__proviso__/").close()
                except urllib.error.HTTPError as answered:
                    answered.close()
                except OSError:
                    time.sleep(0.005)
                    continue
                break
            yield
        finally:
            server.terminate()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        port: int = one.getsockname()[1]
        return port
