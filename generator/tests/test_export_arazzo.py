"""Workflows do what the generated clients do: submit once, ask until a job ends, hand over what came of it.

`arazzo-1.0.schema.json` is the schema of the OpenAPI Initiative (Apache-2.0), as the npm package
@stoplight/spectral-rulesets 1.23.1 carries it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from proviso import ir, naming, reply_matches, reply_paths, reply_states, result_words
from proviso.exports import arazzo, calls, facts, text

from . import building
from .arazzo_reader import Seen, evaluate, outcome
from .exported import MODELS, PROVIDERS, Document, described, named, operations, workflows

SCHEMA = Draft202012Validator(json.loads((Path(__file__).parent / "arazzo-1.0.schema.json").read_text("utf-8")))
JOBS = tuple((provider, model) for provider, model in MODELS if model.job is not None)
# Calls at an address that a reply gives are no operations of a document, and no steps of a workflow.
POLLED = tuple(
    (provider, model)
    for provider, model in JOBS
    if model.job is not None
    and model.job.poll.call is not None
    and (model.job.collect is None or model.job.collect.call is not None)
)
ENDS = ("failed", "moderated", "cancelled", "expired")

on_each_provider = pytest.mark.parametrize("provider", PROVIDERS, ids=named)
on_each_job = pytest.mark.parametrize(("provider", "model"), JOBS, ids=lambda one: one.name)
on_each_polled_job = pytest.mark.parametrize(("provider", "model"), POLLED, ids=lambda one: one.name)


@on_each_provider
def test_workflows_are_valid_arazzo(provider: ir.Provider) -> None:
    assert not list(SCHEMA.iter_errors(workflows(provider)))


@on_each_provider
def test_workflows_are_the_same_every_time(provider: ir.Provider) -> None:
    one, other = (arazzo.document(provider, beside="./x.json") for _ in range(2))
    assert text.written(one) == text.written(other)


@on_each_provider
def test_every_model_has_its_workflows(provider: ir.Provider) -> None:
    there = [one["workflowId"] for one in workflows(provider)["workflows"]]
    expected = []
    for model in provider.models:
        name = naming.module_name(model.name)
        expected += [name] if model.job else []
        expected += [f"{name}_at_once"] if model.immediate else []
    assert there == expected


@on_each_provider
def test_a_step_calls_an_operation_that_is_there_and_gives_it_what_it_asks_for(provider: ir.Provider) -> None:
    known = {one["operationId"]: one for _, _, one in operations(described(provider))}
    for workflow in workflows(provider)["workflows"]:
        for step in workflow["steps"]:
            operation = known[step["operationId"]]
            given = {(one["name"], one["in"]) for one in step.get("parameters", ())}
            asked = {(one["name"], one["in"]): one["required"] for one in operation.get("parameters", ())}
            assert given <= set(asked)
            assert {place for place, required in asked.items() if required} <= given
            assert ("requestBody" in step) == ("requestBody" in operation)


@on_each_provider
def test_actions_and_expressions_lead_to_steps_that_are_there(provider: ir.Provider) -> None:
    for workflow in workflows(provider)["workflows"]:
        steps = {step["stepId"]: step for step in workflow["steps"]}
        for action in (
            action for step in steps.values() for key in ("onSuccess", "onFailure") for action in step.get(key, ())
        ):
            assert action.get("stepId", next(iter(steps))) in steps
        for actions in (step.get(key, ()) for step in steps.values() for key in ("onSuccess", "onFailure")):
            assert len({action["name"] for action in actions}) == len(actions)
        found = [*workflow["outputs"].values()]
        found += [one["value"] for step in steps.values() for one in step.get("parameters", ())]
        for expression in found:
            if isinstance(expression, str) and expression.startswith("$steps."):
                _, name, outputs, output = expression.split(".")
                assert outputs == "outputs"
                assert output in steps[name]["outputs"]


@on_each_provider
def test_a_paid_step_is_never_tried_again(provider: ir.Provider) -> None:
    for workflow in workflows(provider)["workflows"]:
        paid = [step for step in workflow["steps"] if step["stepId"] in ("submit", "immediate")]
        assert len(paid) == 1
        for action in paid[0]["onFailure"]:
            assert action["type"] == "end"
        assert not any(
            action.get("stepId") == paid[0]["stepId"]
            for step in workflow["steps"]
            for key in ("onSuccess", "onFailure")
            for action in step.get(key, ())
        )


@on_each_job
def test_an_accepted_job_is_known_by_its_id(provider: ir.Provider, model: ir.Model) -> None:
    submit = step(provider, model, "submit")
    assert model.job is not None
    for reply in model.replies:
        if reply.of == "submit":
            seen = Seen(status=reply.status, body=facts.body(reply.body))
            ids = reply_paths.find(model.job.id, reply.body)
            accepted = 200 <= reply.status < 300 and not refuses(provider, model, reply.body)
            assert outcome(submit, seen)["type"] == ("next" if accepted else "end")
            if ids:
                assert evaluate(submit["outputs"]["id"], seen) == ids[0]


@on_each_polled_job
def test_a_reply_about_a_job_is_followed_by_what_its_phase_means(provider: ir.Provider, model: ir.Model) -> None:
    assert model.job is not None
    for name in ("poll", "collect"):
        for reply in model.replies:
            if reply.of != name or not has(model, name):
                continue
            phase = reply_states.phase(model.job.state, reply.body, status=reply.status)
            found = outcome(step(provider, model, name), Seen(status=reply.status, body=facts.body(reply.body)))
            assert told(found) == expected(model, name, reply, phase), reply.name


@on_each_polled_job
def test_every_documented_word_is_followed_by_what_it_means(provider: ir.Provider, model: ir.Model) -> None:
    assert model.job is not None
    if model.job.state.at == ir.HTTP_STATUS:
        return
    at = reply_paths.parse(model.job.state.at)
    poll = step(provider, model, "poll")
    shown = [one for one in model.replies if one.of == "poll" and reply_paths.find(model.job.state.at, one.body)]
    for reply in (one for one in shown if not refuses(provider, model, one.body)):
        words: list[object] = [value for value, _ in model.job.state.phases]
        for word in (*words, "an unheard-of word", 4711):
            body = planted(facts.body(reply.body), at[0], facts.body(word))
            phase = reply_states.phase(model.job.state, body)
            found = outcome(poll, Seen(status=reply.status, body=body))
            assert told(found) == expected(model, "poll", reply, phase), word


@on_each_polled_job
def test_a_refusal_inside_a_success_is_given_up_unless_it_passes(provider: ir.Provider, model: ir.Model) -> None:
    poll = step(provider, model, "poll")
    if isinstance(model.errors, ir.Unknown):
        return
    means = {
        one.code: one.retry or one.means in ("rate-limited", "server", "unavailable") for one in model.errors.codes
    }
    refusing = [one for one in model.replies if 200 <= one.status < 300 and refuses(provider, model, one.body)]
    for reply in (one for one in refusing if not reply_states.ended_badly(model.job, one)):
        bodies = [facts.body(reply.body)]
        for path in model.errors.code:
            bodies += [planted(bodies[0], reply_paths.parse(path)[0], as_number(code)) for code in means]
        for body in bodies:
            shown = [str(code) for path in model.errors.code for code in reply_paths.find(path, body)]
            expected = "retry" if any(means.get(code) for code in shown) else "refused-inside"
            assert told(outcome(poll, Seen(status=reply.status, body=body))).startswith(expected), body


@on_each_polled_job
def test_what_passes_is_asked_again_and_what_does_not_is_given_up(provider: ir.Provider, model: ir.Model) -> None:
    assert model.job is not None
    poll = step(provider, model, "poll")
    assert told(outcome(poll, Seen(status=503, body=None))) == "retry"
    assert told(outcome(poll, Seen(status=429, body=None))) == "retry"
    assert told(outcome(poll, Seen(status=418, body=None))) == "refused"
    for status in model.job.poll.expired:
        assert told(outcome(poll, Seen(status=status, body=None))) == "gone"


@on_each_polled_job
def test_the_outputs_lead_to_the_results(provider: ir.Provider, model: ir.Model) -> None:
    assert model.job is not None
    last = "poll" if model.job.collect is None else "collect"
    if not has(model, last):
        assert "collect_address" in step(provider, model, "poll")["outputs"]
        return
    outputs = step(provider, model, last)["outputs"]
    names = tuple(result_words.MEMBERS.values())
    results = [expression for name, expression in outputs.items() if name.startswith(names)]
    for reply in model.replies:
        places = [one for one in model.job.results if one.forms != ("bytes",) and reply.of == last]
        found = [reply_paths.find(one.whole, reply.body) for one in places]
        if any(found):
            seen = Seen(status=reply.status, body=facts.body(reply.body))
            assert any(evaluate(expression, seen) not in (None, [], {}, "") for expression in results)


PACES = [
    {"when": {"tier": "4K"}, "every": "20s", "limit": "10m"},
    {"when": {"n": {"minimum": 3}}, "every": "9s"},
    {"when": {"image": {"given": True}}, "every": "7s"},
    {"unless": {"mode": "draw"}, "every": "5s"},
    {"every": "3s", "limit": "1m"},
]
TEXT = {"type": "string", "description": "Some text."}
ASKED = {
    "prompt": building.prompt(),
    "tier": {**TEXT, "enum": ["2K", "4K"]},
    "n": {"type": "integer", "minimum": 1, "maximum": 4, "default": 1, "description": "How many."},
    "image": TEXT,
    "mode": {**TEXT, "enum": ["draw", "edit"], "default": "draw"},
}


@pytest.mark.parametrize(
    ("body", "seconds", "most"),
    [
        ({"tier": "4K", "n": 4}, 20, 30),
        ({"tier": "2K", "n": 4}, 9, 67),
        ({"n": 2, "image": "x"}, 7, 86),
        ({"mode": "edit"}, 5, 120),
        ({"mode": "draw"}, 3, 20),
        ({}, 3, 20),
    ],
)
def test_how_often_to_ask_again_depends_on_what_was_asked_for(
    tmp_path: Path, body: Document, seconds: int, most: int
) -> None:
    spec = building.model(ASKED, schedule=PACES)
    (provider,) = building.accepted(building.write(tmp_path, {"still-1": spec}))
    workflow: Any = arazzo.document(provider, beside="./x.json")["workflows"]
    poll = workflow[0]["steps"][1]
    seen = Seen(status=200, body={"state": "busy"}, inputs={"body": {"prompt": "a hat", **body}})
    found = outcome(poll, seen)
    assert (found["type"], found["retryAfter"], found["retryLimit"]) == ("retry", seconds, most)


def step(provider: ir.Provider, model: ir.Model, name: str) -> Document:
    """Find a step of a model's workflow."""
    for workflow in workflows(provider)["workflows"]:
        if workflow["workflowId"] == naming.module_name(model.name):
            found: Document = next(one for one in workflow["steps"] if one["stepId"] == name)
            return found
    raise AssertionError(model.name)


def has(model: ir.Model, name: str) -> bool:
    """Say whether a call is at a documented address."""
    return name in {use.role for use in calls.uses(model)}


def told(action: Any) -> str:
    """Name what an action does, shortly."""
    return str(action["type"] if action["type"] in ("retry", "goto", "next") else action["name"])


def expected(model: ir.Model, name: str, reply: ir.ReplyWitness, phase: ir.Phase | None) -> str:
    """Say what the clients do after a reply."""
    assert model.job is not None
    if phase in ENDS:
        return str(phase)
    if name == "poll":
        done = 200 <= reply.status < 300 and phase == "succeeded"
        further = has(model, "collect") or any(place.resolve for place in model.job.results)
        return ("goto" if further else "succeeded") if done else "retry"
    return "next" if phase in ("succeeded", None) else "retry"


def refuses(provider: ir.Provider, model: ir.Model, body: object) -> bool:
    """Say whether a reply with a status of success is a refusal."""
    stated = () if isinstance(model.errors, ir.Unknown) else model.errors.in_success
    if stated and reply_matches.hold(stated, body):
        return True
    envelope = provider.envelope
    if envelope is None or body is None:
        return False
    return not any(ir.same(one, other) for one in reply_paths.find(envelope.at, body) for other in envelope.ok)


def as_number(code: str) -> str | int:
    """Write a code as the number that it may be."""
    return int(code) if code.isdecimal() else code


def planted(document: Any, steps: tuple[reply_paths.Step, ...], value: object) -> Any:
    """Put a value at a place of a document."""
    if not steps:
        return value
    first, *rest = steps
    if isinstance(document, dict):
        return {name: planted(one, tuple(rest), value) if name == first else one for name, one in document.items()}
    return [planted(one, tuple(rest), value) if first in (at, None) else one for at, one in enumerate(document)]
