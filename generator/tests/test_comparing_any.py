"""Any two specs can be compared, and every change of theirs can be told from the others."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from proviso import comparing
from proviso.comparing import findings
from proviso.comparing.facts import FACTS
from proviso.comparing.names import RULES
from proviso.reports.renderings import RENDERINGS

from . import building, random_specs
from .building import Spec

FEW = settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@FEW
@given(random_specs.models(), random_specs.models())
def test_any_two_specs_can_be_compared(
    tmp_path_factory: pytest.TempPathFactory, one: tuple[Spec, Spec], other: tuple[Spec, Spec]
) -> None:
    (shared, spec), (shared_2, spec_2) = one, other
    old = building.accepted(building.write(tmp_path_factory.mktemp("old"), {building.MODEL: spec}, shared))
    new = building.accepted(building.write(tmp_path_factory.mktemp("new"), {building.MODEL: spec_2}, shared_2))
    changes = comparing.compare(old, new)
    report = findings.report(changes, title="old new")
    twice = [print_ for print_, count in Counter(one.fingerprint for one in report.findings).items() if count > 1]
    assert not [(one.rule, one.what) for one in report.findings if one.fingerprint in twice]
    assert {one.rule for one in report.findings} <= set(RULES)
    assert all(one.message and one.message.isprintable() for one in report.findings)
    assert len(json.loads(RENDERINGS["json"](report))["findings"]) == len(changes)
    assert comparing.compare(old, old) == ()
    back = {(one.rule, one.at): one.means for one in comparing.compare(new, old)}
    assert back or not changes


def test_every_rule_of_the_table_has_words() -> None:
    assert {fact.rule for fact in FACTS.values()} <= set(RULES)
