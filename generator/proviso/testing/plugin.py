"""The pytest plugin: a mocked provider for a test, and its books. It imports nothing else before a test asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pytest

from proviso.testing import places

if TYPE_CHECKING:
    from proviso.testing import Books, Mock

_OPTION = "proviso_specs"
_MOCKS = pytest.StashKey[list["Mock"]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a project name its folder of specs."""
    told = "folder of the specs that proviso.testing mocks and draws from (default: specs, else those of proviso)"
    parser.addini(_OPTION, told, type="string", default="")


def pytest_configure(config: pytest.Config) -> None:
    """Choose the folder of specs before test modules are imported, which may draw from it."""
    named = str(config.getini(_OPTION))
    folder = config.rootpath / named if named else config.rootpath / "specs"
    if named and not folder.is_dir():
        raise pytest.UsageError(f"{_OPTION}: there is no folder {folder}")
    if named or any(folder.glob("*/provider.yaml")):
        places.chosen.append(folder)
        config.add_cleanup(lambda: places.chosen.remove(folder))


@pytest.fixture
def provider_mock(request: pytest.FixtureRequest) -> Callable[..., Mock]:
    """Make mocks of providers: `provider_mock("acme")`, with the options of `proviso.testing.Mock`."""
    from proviso.testing import Mock  # here, because most test runs never need it

    made: list[Mock] = []
    request.node.stash[_MOCKS] = made

    def make(provider: str, **options: Any) -> Mock:
        mock = Mock(provider, **options)
        made.append(mock)
        return mock

    return make


@pytest.fixture
def provider_books(request: pytest.FixtureRequest, provider_mock: Callable[..., Mock]) -> Books:
    """Show the books of the one mock that this test made with `provider_mock`, at any moment."""
    from proviso.testing import Books  # as above

    del provider_mock

    def shown() -> Mapping[str, Any]:
        made: list[Mock] = request.node.stash[_MOCKS]
        if len(made) != 1:
            pytest.fail(f"provider_books is of one mock, and this test made {len(made)}; each has its own .books")
        return made[0].books.shown()

    return Books(shown)
