"""The exceptions before sending: violations and keys."""

from __future__ import annotations

import copy
import subprocess
import sys
from pathlib import Path

import pytest

from proviso_runtime import errors, violation

from . import scripted

ROOT = Path(errors.__file__).parents[1]


WRONG = violation.Violation("/tier", "enum", "5K", ("2K", "4K"))
ADVICE = violation.Violation("/prompt", "maxLength", "long", 3, "advice")


def test_every_violation_stands_on_a_line_of_its_own() -> None:
    with pytest.raises(errors.RequestInvalid) as caught:
        errors.refuse([ADVICE, WRONG])

    assert caught.value.violations == (ADVICE, WRONG)
    assert str(caught.value) == f"{ADVICE}\n{WRONG}"
    assert (caught.value.billed, caught.value.worth_retry) == (False, False)
    assert copy.deepcopy(caught.value).violations == (ADVICE, WRONG)


def test_advice_alone_refuses_nothing() -> None:
    errors.refuse([])
    errors.refuse([ADVICE])


def test_a_missing_key_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ACME_KEY", raising=False)
    for key in (None, ""):
        with pytest.raises(errors.KeyMissing, match="ACME_KEY"):
            scripted.Client(key)
        with pytest.raises(errors.KeyMissing, match="ACME_KEY"):
            scripted.AsyncClient(key)

    monkeypatch.setenv("ACME_KEY", "from the environment")
    scripted.Client()


@pytest.mark.parametrize("key", ["secret\n", "secret\r\nX: y", " secret", "sécret", "secret\0", "secret\x7f"])
def test_a_key_that_fits_no_header_is_refused_unseen(key: str) -> None:
    with pytest.raises(errors.KeyInvalid) as caught:
        scripted.Client(key)

    assert "cret" not in f"{caught.value!s}{caught.value!r}"


@pytest.mark.parametrize("address", ["ftp://x.test", "x.test", "https://", "https://u:p@x.test", "https://x.test/?q=1"])
def test_an_address_that_could_mislead_a_key_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="base_url"):
        scripted.Client(scripted.KEY, base_url=address)


@pytest.mark.parametrize("job_id", ["", " ", ".", "..", "\ud800"])
def test_text_that_is_no_job_id_is_refused_before_anything_is_sent(job_id: str) -> None:
    with pytest.raises(ValueError, match="job_id"):
        scripted.Client(scripted.KEY).painter.resume(job_id)


def test_the_checks_before_sending_import_nothing_and_clients_no_http_library() -> None:
    program = """
import sys
before = set(sys.modules)
import proviso_runtime.errors
print(sorted(set(sys.modules) - before))
import proviso_runtime.calls, proviso_runtime.clients, proviso_runtime.jobs
print(sorted({name.partition(".")[0] for name in sys.modules} & {"httpx", "httpx2", "httpcore", "ssl", "asyncio"}))
"""
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{program}"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout.splitlines() == ["['__future__', 'proviso_runtime', 'proviso_runtime.errors']", "[]"]
