"""The validator, the JSON Schema and the spec itself read every valid request alike."""

from __future__ import annotations

import json

from hypothesis import strategies as st

from harness import json_schemas
from harness.effort import usual
from harness.subjects import Subject
from proviso.drawing import strategies
from proviso.oracle import bodies, meaning, wire_reading
from proviso.oracle.exact import same


@usual(data=st.data())
def test_a_valid_request_is_valid_for_every_reading(subject: Subject, data: st.DataObject) -> None:
    params = data.draw(strategies.params(subject))
    found = subject.module.violations(params)
    assert {one.severity for one in found} <= {"advice"}
    assert sorted((one.at, one.rule) for one in found) == sorted(meaning.advised(subject.model, params))
    body = subject.module.to_body(params)
    assert same(body, bodies.wire(subject.model, params, fresh=bodies.fresh(subject.model, params, body)))
    assert [error.message for error in json_schemas.published(subject).iter_errors(body)] == []
    beside = bodies.beside(subject.model, params)
    assert same(subject.module.from_body(body, **beside), meaning.settled(subject.model, params))
    (read,) = wire_reading.read(subject.model, body, beside)
    assert (read.wrong, same(read.params, meaning.settled(subject.model, params))) == ((), True)


@usual(data=st.data())
def test_a_body_survives_the_wire_with_its_members_in_the_documents_order(
    subject: Subject, data: st.DataObject
) -> None:
    params = data.draw(strategies.params(subject))
    body = subject.module.to_body(params)
    received = json.loads(json.dumps(body))
    assert json.dumps(received) == json.dumps(body)
    assert list(_order(body)) == list(_order(bodies.wire(subject.model, params)))
    beside = bodies.beside(subject.model, params)
    assert same(subject.module.from_body(received, **beside), meaning.settled(subject.model, params))


@usual(data=st.data())
def test_an_integer_goes_over_the_wire_without_a_fraction(subject: Subject, data: st.DataObject) -> None:
    params = data.draw(strategies.params(subject))
    body = subject.module.to_body(params)
    for name, place in bodies.places(bodies.arm(subject.model, params)).items():
        parameter = subject.model.parameter(name)
        assert parameter is not None
        value = bodies.found(body, place)
        assert all(type(number) is int for number in meaning.whole_numbers(parameter.kind, value))


def _order(body: object) -> list[str]:
    if isinstance(body, list):
        return [name for item in body for name in _order(item)]
    if not isinstance(body, dict):
        return []
    return [name for member, value in body.items() for name in (str(member), *_order(value))]
