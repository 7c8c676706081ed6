"""What is told of the mock's behaviour is what it does, and turns from documented to guessed with the spec."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from proviso import ir
from proviso.mock import courier, explained_models, explaining, lives, orders
from proviso.mock.asking import Asked
from proviso.mock.behaviour import Behaviour
from proviso.mock.options import Options
from proviso.mock.provider_mock import Mock
from proviso.oracle.subject import Subject

from .mock_house import INVENTED, provider, providers

_NOBODY_KNOWS = ir.Unknown(why="Nobody says it.")
_EVERY = [*providers(), *providers(INVENTED)]


def told(of: ir.Provider, topic: str) -> Behaviour:
    return next(one for one in explaining.explained(of, Options()) if one.topic == topic)


def altered(of: ir.Provider, **changed: Any) -> ir.Provider:
    return replace(of, models=tuple(replace(one, **changed) for one in of.models))


@pytest.mark.parametrize("of", _EVERY, ids=lambda of: of.name)
def test_every_guess_says_why_and_everything_documented_says_where(of: ir.Provider) -> None:
    found = explaining.explained(of, Options())
    assert len({(one.model, one.topic, one.says) for one in found}) == len(found)
    for one in found:
        assert one.says.endswith(".")
        assert one.place is not None if one.documented else one.why, one


@pytest.mark.parametrize("of", _EVERY, ids=lambda of: of.name)
def test_a_request_without_a_key_is_refused_with_the_status_that_is_told(of: ir.Provider) -> None:
    answer = (
        Mock((of,))
        .answer(Asked(verb="POST", target="/nowhere", headers={}, body=b"{}", origin="http://mock.test"))
        .answer
    )
    assert answer.status == told(of, "refusal unauthorized").value


@pytest.mark.parametrize("of", [one for one in _EVERY if one.models[0].job is not None], ids=lambda of: of.name)
def test_a_job_lives_and_is_kept_as_is_told(of: ir.Provider) -> None:
    model = of.models[0]
    subject = Subject(provider=of, model=model)
    asked = explained_models.example(model)
    span = told(of, "duration").value
    assert isinstance(span, tuple)
    life = lives.life(subject, asked, end="succeeded", chance=Random(1))
    assert span[0] <= life.lasts <= span[1]
    assert [step.sign.state for step in life.steps[:-1]] == told(of, "states").value
    assert model.job is not None
    assert float(orders.retention(model.job).seconds) == told(of, "retention").value


def test_a_fact_that_the_spec_no_longer_has_is_guessed_from_then_on() -> None:
    segmind, apixo = provider("segmind"), provider("apixo")
    assert told(segmind, "retention").documented
    job = segmind.models[0].job
    assert job is not None
    forgotten = told(altered(segmind, job=replace(job, retention=_NOBODY_KNOWS)), "retention")
    assert (forgotten.documented, forgotten.why) == (False, "Nobody says it.")

    assert told(apixo, "duration").documented
    assert not told(altered(apixo, schedule=_NOBODY_KNOWS), "duration").documented
    assert told(apixo, "price").documented
    assert not told(altered(apixo, price=ir.UnknownPrice(why="")), "price").documented
    assert told(apixo, "refusal rate-limited").documented
    assert not told(replace(apixo, errors=_NOBODY_KNOWS), "refusal rate-limited").documented

    callback = apixo.models[0].callback
    assert callback is not None
    assert told(apixo, "callback retries").value == courier.retries(callback) == 3
    silent = replace(callback, retries=None, within=None)
    assert not told(altered(apixo, callback=silent), "callback retries").documented
    assert courier.within(replace(callback, within=Decimal(7))) == 7
