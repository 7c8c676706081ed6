"""What OpenAPI and Arazzo have no words for, in sentences for people, with the place of the facts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from proviso import callback_words, ir, json_schema, layouts, naming, rate_words, reply_matches, reply_paths, words
from proviso.exports import beside, expressions, paces, security
from proviso.exports.calls import Role, uses


def openapi(provider: ir.Provider) -> tuple[str, ...]:
    """List what the OpenAPI document of a provider leaves unsaid."""
    return tuple(dict.fromkeys(_provider(provider)))


def workflows(provider: ir.Provider) -> tuple[str, ...]:
    """List what the workflows of a provider leave unsaid."""
    return tuple(dict.fromkeys(one for model in provider.models for one in _workflow(model)))


def _provider(one: ir.Provider) -> Iterator[str]:
    if one.envelope is not None:
        ok = " or ".join(map(words.spoken, one.envelope.ok))
        yield f"A JSON reply with a 2xx status is a refusal unless {one.envelope.at} is {ok}."
    if any(True for model in one.models for _ in paid(model)):
        yield "A paid request must not be sent again by itself: where no reply comes, it may have been accepted."
    yield from security.unsaid(one.auth)
    if told := rate_words.told(one.rate):
        yield f"How much an account may ask for: {told}."
    for call in dict.fromkeys(use.call for model in one.models for use in uses(model) if "{+" in use.call):
        yield f"{call}: the slashes of what stands at {{+...}} part the path, and are not escaped."
    for errors in (one.errors, *(model.errors for model in one.models)):
        if isinstance(errors, ir.Errors) and errors.in_success:
            yield f"A reply with a 2xx status is a refusal where {reply_matches.spoken(errors.in_success)}."
        if isinstance(errors, ir.Errors) and errors.codes:
            yield "What the codes of refusals mean; see codes among the errors."
    for model in one.models:
        name = naming.module_name(model.name)
        if told := rate_words.told(model.rate):
            yield f"{name}: how much of it an account may ask for: {told}."
        yield from _price(model, name)
        yield from _schema(model, name)
        if (most := layouts.most(model)) > 1:
            yield f"{name}: a call may carry up to {most} requests, each with a job of its own; links follow the first."
        if model.job is not None:
            yield from _job(model, model.job, name)
            yield from _results(name, model.job)
        if model.immediate is not None:
            yield from _results(name, model.immediate)
        if model.callback is not None:
            yield from _callback(model.callback, name)


def paid(model: ir.Model) -> Iterator[str]:
    """Yield the calls of a model that cost money."""
    return (use.call for use in uses(model) if use.role in ("submit", "immediate"))


def _price(model: ir.Model, name: str) -> Iterator[str]:
    match model.price:
        case ir.Price() | ir.Prices():
            yield f"{name}: what a request costs; see x-proviso-models.{name}.price."
        case ir.UnknownPrice(why=why):
            yield f"{name}: the price is not documented. {why}"
        case _:
            assert_never(model.price)
    if model.sizes is not None:
        yield f"{name}: the pixels that {' and '.join(model.sizes.by)} give; see x-proviso-models.{name}.sizes."


def _schema(model: ir.Model, name: str) -> Iterator[str]:
    unsaid = json_schema.body(model).get("x-proviso-not-expressed")
    if isinstance(unsaid, list):
        for sentence in unsaid:
            yield f"{name}: {sentence}"


def _job(model: ir.Model, job: ir.Job, name: str) -> Iterator[str]:
    where = f"x-proviso-models.{name}" if model.job != job else "x-proviso-provider"
    yield f"{name}: which states mean that a job is at work, done or failed; see the job's state in {where}."
    if job.state.partial is not None:
        yield f"{name}: the list of states is not complete. {job.state.partial}"
    if isinstance(model.schedule, tuple):
        yield f"{name}: when to poll; see schedule."
    if isinstance(job.retention, ir.Retention):
        yield f"{name}: a result can be fetched for {words.number(job.retention.seconds)} s from {job.retention.since}."
    if expressions.job_id(model, job) is None:
        yield f"{name}: the job's id stands at {job.id}, which no link can follow."
    for use in uses(model):
        following: tuple[Role, ...] = ("poll", "collect", "cancel")
        if use.role in following and use.job_parameter is None:
            where = "a longer text" if use.template_of_body is None else "the body"
            yield f"{name}: the job's id is a part of {where} in {use.call}, which no link can write."
    for what, call in (("poll", job.poll), ("collect", job.collect), ("cancel", job.cancel)):
        if call is not None and call.address is not None:
            yield f"{name}: the address of {what} is the one that a reply gives at {call.address}."
    if job.like_poll:
        yield f"{name}: the reply to submit may tell that the job has ended already."


def _results(name: str, one: ir.Job | ir.Immediate) -> Iterator[str]:
    if isinstance(one, ir.Immediate) and one.stream is not None:
        when = f" when {words.conditions(one.stream.when)}" if one.stream.when else ""
        yield f"{name}: the answer comes as server-sent events{when}; see immediate."
    for empty in one.empty:
        yield f"{name}: a success may have no result. {empty.says}"
    for place in one.results:
        if place.failed is not None:
            yield f"{name}: a single result at {place.at} may fail inside a success; see results."
        if place.resolve is not None:
            yield f"{name}: {place.resolve.operation.call} gives the address of each file that stands at {place.whole}."
        if len(reply_paths.parse(place.whole)) > 1:
            yield f"{name}: results stand in a text that holds JSON, at {place.whole}; its contentSchema describes it."


def _callback(one: ir.Callback, name: str) -> Iterator[str]:
    if isinstance(one.body, ir.Unknown):
        yield f"{name}: what is posted to {one.parameter} is not documented. {one.body.why}"
    if isinstance(one.signature, ir.Unknown):
        yield f"{name}: how a callback is known to be genuine is not documented. {one.signature.why}"
    elif one.signature is not None:
        yield f"{name}: a callback is genuine when {callback_words.spoken(one.signature)}."


def _workflow(model: ir.Model) -> Iterator[str]:
    name, job = naming.module_name(model.name), model.job
    yield f"{name}: what a request costs, and that a paid one must not be sent again by itself."
    for one in (job, model.immediate):
        for place in () if one is None else one.results:
            if expressions.body(place.whole) is None:
                yield f"{name}: results stand at {place.whole}; the outputs lead to {expressions.nearest(place.whole)}."
    if left := beside.left_out(model):
        yield f"{name}: {', '.join(left)} may travel beside the body, and no step can say that they may be left out."
    if job is None:
        return
    if (most := layouts.most(model)) > 1:
        yield f"{name}: a call may carry up to {most} requests; the workflow follows the job of the first."
    for what, call in (("poll", job.poll), ("collect", job.collect)):
        if call is not None and call.call is None:
            yield f"{name}: no step can call the address of {what}, which a reply gives; the outputs hand it on."
    if isinstance(model.schedule, tuple):
        for pace in model.schedule:
            if pace.first is not None:
                when = f" when {words.conditions(pace.when)}" if pace.when else ""
                yield f"{name}: the first poll comes {words.number(pace.first)} s after the submission{when}."
        if not paces.expressible(model):
            yield f"{name}: how often to poll depends on parameters in a way that no criterion can ask for."
    else:
        yield f"{name}: when to poll is not documented; the retries are the defaults of the generated clients."
    if isinstance(model.schedule, tuple) and any(pace.later for pace in model.schedule):
        yield f"{name}: polls come slower as a job gets older."
    at = () if job.state.at == ir.HTTP_STATUS else (job.state.at,)
    told = (*at, *(match.path for case in job.state.cases for match in case.when))
    if any(len(reply_paths.parse(path)) > 1 for path in told):
        yield f"{name}: what a job's state is stands inside a text that holds JSON, which no criterion can read."
