"""The pytest plugin in test runs of somebody else: its fixtures, its option, and what it costs whoever uses neither."""

from __future__ import annotations

import pytest

from harness import witnessed
from harness.houses import HOUSES, ROOT
from harness.subjects import FACETS
from proviso import shipped
from proviso.testing import places

pytest_plugins = ["pytester"]

SUBJECT = FACETS["job_subject"][0]
PROVIDER = SUBJECT.provider.name
PARAMS = witnessed.requests(SUBJECT, SUBJECT.model.witnesses[0])[0]
_INI = "[pytest]\nproviso_specs = {specs}\naddopts = -p no:cacheprovider\nfilterwarnings = error\n"


def _run(pytester: pytest.Pytester, text: str, *, specs: str | None = None) -> pytest.RunResult:
    pytester.makepyfile(text)
    pytester.makeini(_INI.format(specs=ROOT / HOUSES[0].specs if specs is None else specs))
    pytester.syspathinsert(HOUSES[0].folder)
    # A plugin of another tool imports at once what ours imports when it is asked.
    return pytester.runpytest_subprocess("-q", "-p", "no:schemathesis")


def test_a_user_mocks_a_provider_breaks_it_and_reads_its_books(pytester: pytest.Pytester) -> None:
    ran = _run(
        pytester,
        f"""
        import asyncio
        import pytest
        from hypothesis import given, settings
        from proviso.testing import Mock, mutants, requests

        PARAMS = {PARAMS!r}

        def test_paid_once(provider_mock, provider_books):
            mock = provider_mock({PROVIDER!r}, package={HOUSES[0].package!r})
            with mock.client() as client:
                done = client.{SUBJECT.attribute}.generate(**PARAMS)
            provider_books.paid_once()
            assert provider_books.submits == 1 and provider_books.polls >= 2
            assert [job.id for job in provider_books.jobs] == [done.job_id]
            assert provider_books.charged == mock.books.charged

        def test_awaited(provider_mock, provider_books):
            client = provider_mock({PROVIDER!r}, package={HOUSES[0].package!r}).async_client()
            asyncio.run(client.{SUBJECT.attribute}.generate(**PARAMS))
            provider_books.paid_once()

        def test_every_test_has_books_of_its_own(provider_mock, provider_books):
            mock = provider_mock({PROVIDER!r}, package={HOUSES[0].package!r}, faults=["submit:503"])
            mock.fault("poll:404")
            with pytest.raises(Exception):
                mock.client().with_options(start_within=0).{SUBJECT.attribute}.generate(**PARAMS)
            assert (provider_books.accepted, provider_books.charged) == (0, 0)
            with pytest.raises(AssertionError, match="0 requests for money, not 1"):
                provider_books.paid_once()

        @settings(max_examples=5, derandomize=True)
        @given(params=requests({f"{PROVIDER}/{SUBJECT.model.name}"!r}), mutant=mutants({f"{PROVIDER}/{SUBJECT.model.name}"!r}))
        def test_drawn(params, mutant):
            from {SUBJECT.module_name.rpartition(".")[0]} import {SUBJECT.attribute} as model
            assert not [one for one in model.violations(params) if one.severity == "error"]
            assert [one for one in model.violations(mutant.params) if one.severity == "error"]
        """,
    )
    ran.assert_outcomes(passed=4)


def test_what_is_asked_in_the_wrong_way_is_told_and_whoever_asks_for_nothing_pays_for_nothing(
    pytester: pytest.Pytester,
) -> None:
    ran = _run(
        pytester,
        f"""
        import sys

        def test_it(request):
            assert request.config.pluginmanager.has_plugin("proviso")
            ours = {{name for name in sys.modules if name.partition(".")[0].startswith("proviso")}}
            assert ours == {{
                "proviso", "proviso.shipped", "proviso.testing", "proviso.testing.places", "proviso.testing.plugin"
            }}
            assert not {{"hypothesis.strategies", "httpx2", "yaml", "jsonschema", "PIL"}} & set(sys.modules)

        def test_no_mock(provider_books):
            provider_books.charged

        def test_two_mocks(provider_mock, provider_books):
            provider_mock({PROVIDER!r}), provider_mock({PROVIDER!r})
            provider_books.charged

        def test_no_provider(provider_mock):
            provider_mock("nobody")

        def test_no_model():
            from proviso.testing import requests
            requests("{PROVIDER}/nothing")

        def test_no_fault(provider_mock):
            provider_mock({PROVIDER!r}, faults=["poll:lots"])

        def test_no_parameter():
            from proviso.testing import requests
            requests({f"{PROVIDER}/{SUBJECT.model.name}"!r}, no_such_parameter=3)

        def test_no_package(provider_mock):
            provider_mock({PROVIDER!r}, package="no_such_package").client()
        """,
    )
    ran.assert_outcomes(passed=1, failed=7)
    for told in (
        "*provider_books is of one mock, and this test made 0*",
        "*provider_books is of one mock, and this test made 2*",
        f"*no provider 'nobody' in *; there are: *{PROVIDER}*",
        f"*no model 'nothing' of {PROVIDER}; there are: *{SUBJECT.model.name}*",
        "*'poll' cannot go wrong as 'lots'; it can as a status such as 502*",
        "*has no parameter no_such_parameter; it has *",
        "*there are no clients no_such_package.*; name their package with package=...*",
    ):
        ran.stdout.fnmatch_lines(told)


def test_a_folder_of_specs_that_is_not_there_stops_the_run(pytester: pytest.Pytester) -> None:
    pytester.makeini(_INI.format(specs="nowhere"))
    with pytest.raises(pytest.UsageError, match=r"proviso_specs: there is no folder .*nowhere"):
        pytester.parseconfigure()


def test_the_specs_of_the_project_are_used_unless_the_folder_of_that_name_holds_something_else(
    pytester: pytest.Pytester,
) -> None:
    before = [*places.chosen]
    folder = pytester.mkdir("specs")
    pytester.parseconfigure()
    assert places.chosen == before
    assert shipped.nearest(pytester.path) == shipped.specs()
    (folder / PROVIDER).mkdir()
    (folder / PROVIDER / "provider.yaml").touch()
    pytester.parseconfigure()
    assert places.chosen == [*before, folder]
    assert shipped.nearest(pytester.path) == folder
