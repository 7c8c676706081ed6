"""A request that breaks one rule is refused for exactly that rule, at the place that breaks it, before it is sent."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from harness import json_schemas, misbuilt
from harness.effort import few, usual
from harness.subjects import Subject
from proviso.drawing import mutants
from proviso.drawing.mutants import Fault, Mutant
from proviso.oracle import bodies, json_types, meaning, wire_reading
from proviso.oracle.exact import same
from proviso.oracle.subject import Params
from proviso_runtime import errors


def test_every_rule_of_a_spec_has_mutants(subject: Subject) -> None:
    broken = {(one.parameter, one.within, one.rule) for one in mutants.faults(subject)}
    assert broken == mutants.rules(subject.model)


@few(data=st.data())
def test_a_mutant_is_refused_for_its_one_rule_at_its_place_by_every_reading(
    fault: Fault[Subject], data: st.DataObject
) -> None:
    mutant = data.draw(fault.mutants)
    _is_told_once(fault, mutant)
    _is_refused_by_every_reading(fault, mutant)


def _is_told_once(fault: Fault[Subject], mutant: Mutant) -> None:
    found = fault.subject.module.violations(mutant.params)
    # What else is advised has mutants of its own.
    noise = set(meaning.advised(fault.subject.model, mutant.params)) - {(mutant.at, mutant.rule)}
    told = [one for one in found if one.severity == "error" or (one.at, one.rule) not in noise]
    assert [(one.at, one.rule, one.severity) for one in told] == [(mutant.at, mutant.rule, fault.severity)]
    for word in (*fault.says, *mutant.says):
        assert word in told[0].message
    for text in _free_texts(fault.subject, mutant):
        assert text not in str(told[0])
        assert text not in repr(told[0])


def _is_refused_by_every_reading(fault: Fault[Subject], mutant: Mutant) -> None:
    module = fault.subject.module
    if mutant.body is not None:
        assert json_schemas.published(fault.subject).is_valid(mutant.body) is not fault.in_schema
    if fault.severity == "advice":
        read = module.from_body(module.to_body(mutant.params), **mutant.beside)
        assert same(read, meaning.settled(fault.subject.model, mutant.params))
        return
    with pytest.raises(errors.RequestInvalid) as refused:
        module.to_body(mutant.params)
    assert _errors(refused.value) == [(mutant.at, mutant.rule)]
    if mutant.body is None:
        return
    with pytest.raises(errors.RequestInvalid) as unread:
        module.from_body(mutant.body, **mutant.beside)
    assert _errors(unread.value) == [(mutant.at_wire, mutant.rule)]
    assert _read_apart(fault.subject, mutant.body, mutant.beside) == [(mutant.at_wire, mutant.rule)]


def test_what_the_schema_cannot_refuse_it_says_in_words(subject: Subject) -> None:
    said = subject.module.SCHEMA.get("x-proviso-not-expressed", [])
    assert isinstance(said, list)
    silent = {one.parameter for one in mutants.faults(subject) if one.severity == "error" and not one.in_schema}
    for name in silent - bodies.are_beside(subject.model):
        assert any(name in sentence for sentence in said)
    assert silent or not said


@usual(data=st.data())
def test_a_body_of_the_wrong_build_is_refused_once(subject: Subject, data: st.DataObject) -> None:
    built = data.draw(misbuilt.misbuilt(subject))
    assert json_schemas.published(subject).is_valid(built.body) is not built.in_schema
    with pytest.raises(errors.RequestInvalid) as refused:
        subject.module.from_body(built.body, **built.beside)
    assert _errors(refused.value) == [(built.at, built.rule)]
    assert _read_apart(subject, built.body, built.beside) == [(built.at, built.rule)]


def test_a_text_of_a_class_of_its_own_is_not_called_broken(subject: Subject) -> None:
    class Named(str):
        """As the members of an enumeration of texts are."""

        __slots__ = ()

    for parameter in subject.model.parameters:
        if "string" in json_types.type_names(parameter.kind):
            found = subject.module.violations({parameter.name: Named("text")})
            assert not [one for one in found if "surrogate" in one.message]


def _read_apart(subject: Subject, body: object, beside: Params) -> list[tuple[str, str]]:
    """Return what is wrong with a body of one request, read by the oracle alone."""
    return [(one.at, one.rule) for read in wire_reading.read(subject.model, body, beside) for one in read.wrong]


def _errors(refused: errors.RequestInvalid) -> list[tuple[str, str]]:
    return [(one.at, one.rule) for one in refused.violations if one.severity == "error"]


def _free_texts(subject: Subject, mutant: Mutant) -> list[str]:
    given = [mutant.params.get(name) for name in subject.free_texts]
    return [text for text in given if isinstance(text, str) and len(text) >= 12]
