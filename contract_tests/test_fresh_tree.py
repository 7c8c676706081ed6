"""The generated tree is what the specs give today, byte for byte, whatever runs the generator and wherever."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from harness import permuted
from harness.houses import House
from proviso import pipeline, store

_PROGRAM = """
import hashlib, sys
from pathlib import Path
from proviso import pipeline
found = pipeline.read(Path(sys.argv[1]))
assert not found.complaints, found.complaints
for file in pipeline.build(found.providers, package=sys.argv[2]):
    print(file.path, hashlib.sha256(file.text.encode()).hexdigest())
"""


def test_the_generated_tree_is_fresh(house: House) -> None:
    files = pipeline.build(house.spoken.providers, package=house.package)
    found = store.compare(files, house.folder, house.package)
    assert [change.path for change in found.changes] == []
    assert found.strays == ()


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "0", "LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONHASHSEED": "4242", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu"},
    ],
    ids=["C-locale", "Turkish-locale"],
)
def test_the_tree_depends_on_nothing_but_the_specs(house: House, surroundings: dict[str, str], tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", _PROGRAM, house.specs, house.package],
        cwd=tmp_path,
        env={**os.environ, **surroundings},
        capture_output=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr.decode()
    digests = dict(line.split(" ") for line in run.stdout.decode().splitlines())
    on_disk = {
        path: hashlib.sha256(content).hexdigest() for path, content in store.present(house.folder, house.package)
    }
    assert digests == on_disk


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_keys_in_a_spec_means_nothing(house: House, seed: int, tmp_path: Path) -> None:
    permuted.write(house.specs, tmp_path, seed=seed)
    again = pipeline.read(tmp_path)
    assert [str(one) for one in again.complaints] == []
    files = {file.path: file.text for file in pipeline.build(again.providers, package=house.package)}
    assert files == house.files
