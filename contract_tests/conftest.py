"""Runs every test for the subjects that its argument names, and sets how hard Hypothesis tries."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from harness import default_ledger, faces, naming, switchboard
from harness.houses import HOUSES
from harness.subjects import FACETS, SUBJECTS
from proviso.drawing import mutants

default_ledger.keep_off()

_COMMON = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
settings.register_profile("default", _COMMON, max_examples=60)
settings.register_profile("ci", _COMMON, max_examples=60, derandomize=True, database=None)
settings.register_profile("thorough", _COMMON, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "default"))

naming.invent()

_LONG = ("test_typing.py", "test_fresh_tree.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the single tests that take seconds, so that no worker is left alone with one in the end."""
    items.sort(key=lambda item: item.path.name not in _LONG)


def pytest_collection_finish() -> None:
    """Spare what stays until the end from being looked through again whenever a test makes many objects."""
    gc.collect()
    gc.freeze()


def pytest_runtest_teardown() -> None:
    """Leave the HTTP libraries as they were, for tests of others in the same process."""
    switchboard.close()


@pytest.fixture(autouse=True)
def _no_entry_where_nobody_named_a_ledger() -> Iterator[None]:
    yield
    default_ledger.hold()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    asked = set(metafunc.fixturenames)
    for argument, subjects in FACETS.items():
        if argument in asked and "face" in asked:
            pairs = [(subject, face) for subject in subjects for face in faces.of(subject)]
            metafunc.parametrize((argument, "face"), pairs, ids=[f"{subject}-{face}" for subject, face in pairs])
        elif argument in asked:
            metafunc.parametrize(argument, subjects, ids=str)
    if "house" in asked:
        metafunc.parametrize("house", HOUSES, ids=str)
    if "fault" in asked:
        metafunc.parametrize("fault", [fault for subject in SUBJECTS for fault in mutants.faults(subject)], ids=str)
