"""A refusal says what is refused and nothing else, also where documents show only another one."""

from __future__ import annotations

import json
from pathlib import Path

from proviso.mock import faults
from tests import building

from .acme import Acme

_ERRORS = {
    "message": "$.error.text",
    "code": "$.error.code",
    "billed": False,
    "codes": {"E7": {"means": "out-of-credit"}},
    "open": "More are added.",
}


def test_the_code_of_another_refusal_is_not_told(tmp_path: Path) -> None:
    shared = building.provider(errors=_ERRORS)
    body = {"error": {"code": "E7", "text": "The account is empty."}}
    shared["replies"].append({"name": "empty", "of": "submit", "status": 402, "body": body})
    acme = Acme(tmp_path, shared=shared)
    refused = acme.ask("GET", "/v1/jobs/nobody")
    assert refused.status == 404
    assert json.loads(refused.content) == {"error": {"text": "There is no such job, or no longer."}}


def test_a_refusal_costs_money_only_where_it_is_made_to(tmp_path: Path) -> None:
    for fault, charged in (("submit:slow 1s", 0), ("submit:billed", 1)):
        acme = Acme(tmp_path, faults=(faults.parse(fault),))
        assert acme.ask("POST", "/v1/jobs", {"prompt": 3}).status == 400
        assert int(acme.desk.books.account.charged > 0) == charged
