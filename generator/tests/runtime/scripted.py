"""Invented providers, a clock that costs no time, and a player that sends a flow scripted answers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from proviso_runtime import (
    calls,
    clients,
    errors,
    flow,
    jobs,
    media,
    options,
    protocol,
    redaction,
    results,
    schedule,
    steps,
    target,
    waiting,
)
from proviso_runtime.ledger import entries
from proviso_runtime.replies import Reply

T = TypeVar("T")

KEY = "sk-7f3a9c-very-secret"
PROMPT = "a lighthouse keeper mending a net at dusk"
BODY: dict[str, object] = {"input": {"prompt": PROMPT, "tier": "2K"}}
PARAMS: dict[str, object] = {"prompt": PROMPT, "tier": "2K"}
PICTURE = "https://cdn.files.test/a.png?signature=abc123"

# A provider with an envelope, states as words and results inside a string of JSON.
ACME = protocol.Provider(
    name="acme",
    title="Acme",
    base_url="https://api.acme.test/v1",
    auth=protocol.HeaderKey(header="Authorization", prefix="Bearer ", variable="ACME_KEY"),
    envelope=protocol.Envelope(at="$.code", ok=(200,), message="$.message"),
    errors=protocol.Errors(
        message=("$.data.error", "$.message"),
        code=("$.code",),
        statuses={
            400: protocol.Refusal(means="invalid", billed=False),
            401: protocol.Refusal(means="unauthorized"),
            410: protocol.Refusal(means="retired"),
            503: protocol.Refusal(means="unavailable", retry=True),
            507: protocol.Refusal(means="server", billed=False),
        },
    ),
    reply_headers={"credits_left": "X-Credits"},
)
ACME_MODEL = protocol.Model(
    id="painter/5",
    kind="image",
    job=protocol.Job(
        submit=protocol.Submit(call="POST /tasks/{model}", id="$.data.id", reports={"held": "$.data.held"}),
        poll=protocol.Fetch(call="GET /tasks/{model}/status?id={id}", reports={"cost": "$.data.cost"}),
        state=protocol.State(
            at="$.data.state",
            phases={
                "waiting": "queued",
                "working": "running",
                "done": "succeeded",
                "broken": "failed",
                "stopped": "cancelled",
                "gone": "expired",
                2: "succeeded",
            },
        ),
        failure=protocol.Failure(code=("$.data.why.code",), message=("$.data.why.text",)),
        results=(protocol.ResultsAt(at="$.data.result | json | $.urls[*]"),),
        schedule=(
            protocol.Pace(when=lambda given: given.get("tier") == "4K", first=40.0, every=5.0),
            protocol.Pace(first=20.0, every=3.0),
        ),
    ),
    immediate=protocol.Immediate(call="POST /now/{model}", returns=("image/png",)),
)

# A provider without an envelope, whose failed jobs come with status 422 and whose result is collected.
BASIC = protocol.Provider(
    name="basic",
    title="Basic",
    base_url="https://basic.test",
    auth=protocol.HeaderKey(header="x-key", prefix="", variable="BASIC_KEY"),
    errors=protocol.Errors(message=("$.error",), statuses={404: protocol.Refusal(means="not-found")}),
)
BASIC_MODEL = protocol.Model(
    id="sketch",
    kind="image",
    job=protocol.Job(
        submit=protocol.Submit(call="POST /v2/{model}", id="$.request_id"),
        poll=protocol.Fetch(call="GET /v2/{id}/status", reads=(200, 422), expired=(404,)),
        collect=protocol.Fetch(
            call="GET /v2/{id}", reads=(200, 422), expired=(404,), reports={"cost": "$.cost", "left": "$.left"}
        ),
        state=protocol.State(at="$.status", phases={"OPEN": "running", "OK": "succeeded", "BAD": "failed"}),
        failure=protocol.Failure(message=("$.error",)),
        results=(protocol.ResultsAt(at="$.output"), protocol.ResultsAt(at="$.output[*]")),
        retention=protocol.Retention(seconds=3600.0, since="submission"),
    ),
)


class Clock:
    """A clock that moves only when somebody sleeps, and remembers the sleeps."""

    def __init__(self) -> None:
        self.at = 1000.0
        self.slept: list[float] = []

    def now(self) -> float:
        return 1_800_000_000.0 + self.at

    def monotonic(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds

    async def asleep(self, seconds: float) -> None:
        self.sleep(seconds)


@dataclass
class Played(Generic[T]):
    """What a flow came to, and the requests that it made and what it recorded on the way."""

    result: T | None = None
    error: errors.ProviderError | None = None
    requests: list[steps.Request] = field(default_factory=list[steps.Request])
    changes: list[entries.Change] = field(default_factory=list[entries.Change])

    @property
    def paid(self) -> int:
        return sum(request.paid for request in self.requests)


def play(running: steps.Flow[T], answers: Iterable[steps.Answer], clock: Clock) -> Played[T]:
    """Drive a flow with scripted answers; the last one is repeated for as long as the flow asks."""
    script = list(answers)
    played = Played[T]()
    answer: steps.Answer | None = None
    while True:
        try:
            step = running.send(answer)
        except StopIteration as stop:
            played.result = stop.value
            return played
        except errors.ProviderError as error:
            played.error = error
            return played
        answer = None
        match step:
            case steps.Pause():
                clock.sleep(step.seconds)
            case steps.Record():
                played.changes += step.changes
            case steps.Request():
                played.requests.append(step)
                answer = script.pop(0) if len(script) > 1 else script[0]


def submit(*answers: steps.Answer, model: protocol.Model = ACME_MODEL) -> Played[flow.Accepted]:
    clock = Clock()
    return play(flow.submit(aim(model), BODY, PARAMS, clock=clock), answers, clock)


def wait(
    *answers: steps.Answer,
    model: protocol.Model = ACME_MODEL,
    clock: Clock | None = None,
    timeout: float | None = None,
    since: float | None = None,
    pace: protocol.Pace | None = None,
    on_update: jobs.OnUpdate | None = None,
) -> Played[results.Delivered]:
    clock = clock or Clock()
    job = aim(model).job
    plan = schedule.Schedule(pace or schedule.choose(job.schedule, None), clock=clock, timeout=timeout, since=since)
    return play(waiting.wait(aim(model), "job-1", schedule=plan, on_update=on_update), answers, clock)


def aim(model: protocol.Model) -> target.Target:
    provider = BASIC if model.id == BASIC_MODEL.id else ACME
    discretion = redaction.Discretion((KEY,))
    return target.Target(
        provider=provider,
        model=model,
        base_url=provider.base_url,
        discretion=discretion,
        options=options.Options(start_within=0),
    )


def reply(body: object = None, *, status: int = 200, **headers: str) -> Reply:
    """Make a reply: bytes as they are, text as HTML, everything else as JSON."""
    match body:
        case bytes():
            content, media_type = body, "application/json"
        case str():
            content, media_type = body.encode(), "text/html"
        case _:
            content, media_type = json.dumps(body).encode(), "application/json"
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Reply(status=status, headers={"content-type": media_type, **named}, content=content)


def image(address: str) -> results.Item:
    return results.Item(kind="image", address=address)


def acme(state: object, **data: object) -> Reply:
    return reply({"code": 200, "data": {"state": state, **data}})


def basic(state: str, *, status: int = 200, **members: object) -> Reply:
    return reply({"status": state, **members}, status=status)


ACCEPTED = reply({"code": 200, "data": {"id": "job-1", "held": "0.02"}})
DONE = acme("done", result=json.dumps({"urls": [PICTURE]}), cost=0.032)
WORKING = acme("working")
DROPPED = steps.Lost(error=TimeoutError("read"), sent="maybe")
UNSENT = steps.Lost(error=ConnectionRefusedError("no"), sent="no")
GATEWAY = reply("<html>502 Bad Gateway</html>", status=502)


class AcmeCalls(calls.Calls[media.Image]):
    model = ACME_MODEL

    def submit(self) -> jobs.Job[media.Image]:
        return self._submit(BODY, PARAMS)

    def now(self) -> jobs.Instant:
        return self._immediate(BODY, PARAMS)


class AcmeAsyncCalls(calls.AsyncCalls[media.AsyncImage]):
    model = ACME_MODEL

    async def submit(self) -> jobs.AsyncJob[media.AsyncImage]:
        return await self._submit(BODY, PARAMS)

    async def now(self) -> jobs.Instant:
        return await self._immediate(BODY, PARAMS)


class Client(clients.Client):
    provider = ACME

    @property
    def painter(self) -> AcmeCalls:
        return AcmeCalls(self)


class AsyncClient(clients.AsyncClient):
    provider = ACME

    @property
    def painter(self) -> AcmeAsyncCalls:
        return AcmeAsyncCalls(self)
