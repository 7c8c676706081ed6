"""Figures of the contract tests: the time of all of them, and how it grows with the number of models."""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from benchmarks import measure, synthetic
from benchmarks.figures import Figure, span
from benchmarks.measure import Process

_ROOT = Path(__file__).resolve().parents[2]
_SIZES = (4, 8, 16)
_MODELS_A_PROVIDER = 2
_PACKAGE = "grown"
_CORES = 2
_MOST = 90.0  # seconds on so many cores


def figures(*, rounds: int) -> list[Figure]:
    """Measure the processor's time, which other processes disturb less, of whole runs in one process."""
    with tempfile.TemporaryDirectory(prefix="proviso-benchmarks-") as folder:
        taken: dict[int, list[float]] = {models: [] for models in _SIZES}
        places = {models: _specs(Path(folder), models) for models in _SIZES}
        for _ in range(rounds):
            for models, place in places.items():
                taken[models].append(_run(place))
        everything = [_run({}) for _ in range(rounds)]
    few, some, many = (median(taken[models]) for models in _SIZES)
    return [_all(median(everything)), _a_model(few, many), _a_further_model(few, some, many)]


def _all(seconds: float) -> Figure:
    return Figure(
        what=f"Run the contract tests over every spec, processor's time on {_CORES} cores",
        ours=span(seconds / _CORES),
        rival="what it may take",
        theirs=span(_MOST),
        value=seconds / _CORES / _MOST,
        unit="x",
        bar=1.0,
        aim=0.75,
    )


def _a_model(few: float, many: float) -> Figure:
    return Figure(
        what=f"Run the contract tests over {_SIZES[-1]} models alike, time a model",
        ours=span(many / _SIZES[-1]),
        rival=f"over {_SIZES[0]}",
        theirs=span(few / _SIZES[0]),
        value=many / _SIZES[-1] / (few / _SIZES[0]),
        unit="x",
        bar=1.0,
    )


def _a_further_model(few: float, some: float, many: float) -> Figure:
    """Compare what models add, since what every run takes hides how the rest grows."""
    first, second, third = _SIZES
    late, early = (many - some) / (third - second), (some - few) / (second - first)
    return Figure(
        what=f"Run the contract tests over {third} models alike and not {second}, time a model more",
        ours=span(late),
        rival=f"over {second} and not {first}",
        theirs=span(early),
        value=late / early,
        unit="x",
        bar=1.2,
    )


def _specs(folder: Path, models: int) -> dict[str, str]:
    """Write specs of so many models and generate their clients; return what points the tests at them."""
    specs, out = folder / f"specs-{models}", folder / f"out-{models}"
    synthetic.write(specs, models, each=_MODELS_A_PROVIDER)
    tool = Path(sys.executable).parent / "proviso"
    measure.run(Process(command=(tool, "generate", specs, "--out", out, "--package", _PACKAGE)))
    path = [str(out), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {"PROVISO_SPECS": str(specs), "PROVISO_PACKAGE": _PACKAGE, "PYTHONPATH": os.pathsep.join(path)}


def _run(place: Mapping[str, str]) -> float:
    """Run the tests and return the seconds that processors spent on them."""
    tests = ("-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider", _ROOT / "contract_tests")
    before = _spent()
    with _surroundings(place):
        measure.run(Process(command=(sys.executable, *tests, "--rootdir", _ROOT)))
    return _spent() - before


def _spent() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime


@contextmanager
def _surroundings(place: Mapping[str, str]) -> Iterator[None]:
    kept = dict(os.environ)
    os.environ.update(place)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(kept)
