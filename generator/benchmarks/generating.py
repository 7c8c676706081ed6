"""Figures of generating: a hundred models beside a peer, a thousand beside a hundred, and nothing to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks import measure, openapi, synthetic
from benchmarks.figures import Figure, span
from benchmarks.measure import Process, Samples

_FEW = 100
_MANY = 1000
_BIN = Path(sys.executable).parent
_OURS = "ours"
_AGAIN = "nothing to do"
_PEER = "openapi-python-client"
_ALL = "a thousand"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Workplace:
    """Folders for one run: specs of few and of many models, the peer's document, and what comes out."""

    root: Path

    def specs(self, models: int) -> Path:
        return self.root / f"specs-{models}"

    def out(self, name: str) -> Path:
        return self.root / f"out-{name.replace(' ', '-')}"

    def ours(self, name: str, models: int) -> Process:
        command = (_BIN / "proviso", "generate", self.specs(models), "--out", self.out(name))
        return Process(command=command, prepare=partial(shutil.rmtree, self.out(name), ignore_errors=True))

    def peer(self) -> Process:
        path = self.root / "openapi.json"
        command = (_BIN / _PEER, "generate", "--path", path, "--output-path", self.out(_PEER), "--meta", "none")
        return Process(
            command=(*command, "--fail-on-warning"),
            prepare=partial(shutil.rmtree, self.out(_PEER), ignore_errors=True),
        )


def figures(*, rounds: int) -> list[Figure]:
    """Measure whole processes, without any cache and with what comes out formatted, in one run."""
    with _workplace() as place:
        cold = place.ours(_OURS, _FEW)
        contenders = {
            _OURS: cold,
            _AGAIN: Process(command=cold.command),
            _PEER: place.peer(),
            _ALL: place.ours(_ALL, _MANY),
        }
        taken = measure.processes(contenders, rounds=rounds)
        _hold_to_its_word(place, cold)
    return [_beside_peer(taken), _a_model(taken), _nothing_to_do(taken)]


def _beside_peer(taken: dict[str, Samples]) -> Figure:
    return Figure(
        what=f"Generate {_FEW} models, formatted",
        ours=span(taken[_OURS].median),
        rival=_PEER,
        theirs=span(taken[_PEER].median),
        value=measure.ratio(taken[_OURS], taken[_PEER]),
        unit="x",
        bar=1.0,
        aim=0.5,
    )


def _a_model(taken: dict[str, Samples]) -> Figure:
    factor = _MANY / _FEW
    return Figure(
        what=f"Generate {_MANY} models, time a model",
        ours=span(taken[_ALL].median / _MANY),
        rival=f"of {_FEW} models",
        theirs=span(taken[_OURS].median / _FEW),
        value=measure.ratio(taken[_ALL], taken[_OURS]) / factor,
        unit="x",
        bar=1.2,
    )


def _nothing_to_do(taken: dict[str, Samples]) -> Figure:
    return Figure(
        what=f"Generate {_FEW} models when nothing changed",
        ours=span(taken[_AGAIN].median),
        rival="the first time",
        theirs=span(taken[_OURS].median),
        value=measure.ratio(taken[_AGAIN], taken[_OURS]),
        unit="x",
        bar=0.5,
    )


def _hold_to_its_word(place: _Workplace, cold: Process) -> None:
    """Refuse figures of runs that left out work: a model without code, unformatted code, a needless write."""
    for name, width in ((_OURS, 100), (_PEER, 88)):
        check = ("format", "--check", "--quiet", "--isolated", "--no-cache", "--line-length", str(width))
        subprocess.run((_BIN / "ruff", *check, place.out(name)), check=True)
    models = len(list(place.out(_OURS).glob("*/*/*/checks.py")))
    bodies = len(list(place.out(_PEER).glob("api/*/submit_*.py")))
    if (models, bodies) != (_FEW, _FEW):
        message = f"{_FEW} models are expected of both, not {models} and {bodies}"
        raise ValueError(message)
    again = Process(command=cold.command)
    # Once before the comparison, for whoever edits the tool while it is measured.
    measure.run(again)
    before = _state(place.out(_OURS))
    measure.run(again)
    if _state(place.out(_OURS)) != before:
        message = "a run with nothing to do wrote something"
        raise ValueError(message)


def _state(folder: Path) -> dict[Path, tuple[int, int]]:
    found = ((path, path.stat()) for path in folder.rglob("*"))
    return {path: (status.st_ino, status.st_mtime_ns) for path, status in found}


@contextmanager
def _workplace() -> Iterator[_Workplace]:
    # The peer calls ruff by its bare name.
    os.environ["PATH"] = f"{_BIN}{os.pathsep}{os.environ['PATH']}"
    with tempfile.TemporaryDirectory(prefix="proviso-benchmarks-") as folder:
        place = _Workplace(root=Path(folder))
        for models in (_FEW, _MANY):
            synthetic.write(place.specs(models), models)
        openapi.write(place.specs(_FEW), place.root / "openapi.json")
        # Once without the clock, so that every file of both tools has been read from the disk before.
        for process in (place.ours(_OURS, _FEW), place.peer()):
            measure.run(process)
        yield place
