"""Providers that are another than documented in exactly one fact."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from proviso import ir, reply_paths
from proviso.answers import planting
from proviso.conform.parameter_facts import EDGES, edge
from proviso.drawing import rule_faults
from proviso.oracle.exact import plain

ANOTHER = "of-another-kind"
STATUS = 418


@dataclass(frozen=True, kw_only=True)
class Alteration:
    """A provider that differs from its spec in a fact. what: its name; model: whose it is, or of the provider."""

    kind: str
    what: str
    model: str | None
    provider: ir.Provider
    true: ir.Provider | None = None


def of(provider: ir.Provider) -> Iterator[Alteration]:
    """Yield alterations of every kind of fact, in every model that states one."""
    for model in provider.models:
        for kind, what, altered in _of_model(model):
            models = tuple(altered if one is model else one for one in provider.models)
            stated = [(f"parameters.{one.name}.", one.place.path) for one in model.parameters]
            stated += [(f"rules[{at}].", rule.place.path) for at, rule in enumerate(model.rules)]
            place = next((path for start, path in stated if what.startswith(start)), model.path)
            yield Alteration(
                kind=kind,
                what=what,
                model=None if place == provider.path else model.name,
                provider=replace(provider, models=models),
            )
    yield from _of_protocol(provider)


def _of_model(model: ir.Model) -> Iterator[tuple[str, str, ir.Model]]:
    silent = None if model.callback is None else model.callback.parameter
    looked = {name for rule in model.rules for name in json.dumps(repr(rule)).split("'")}
    for one in model.parameters:
        if one.name == silent or ir.bare(one.kind) is not one.kind:
            continue
        for kind, what, kinds in _of_kind(one, free=one.name not in looked):
            yield kind, f"parameters.{one.name}.{what}", _with(model, replace(one, kind=kinds))
        if one.required:
            yield "required", f"parameters.{one.name}.required", _with(model, replace(one, required=False))
        elif one.name not in looked:
            yield "may be left out", f"parameters.{one.name}.required", _with(model, replace(one, required=True))
    for fault in rule_faults.of(model):
        if isinstance(fault.rule, ir.Require) and not fault.held and len(fault.rule.parameters) == 1:
            at = next(number for number, rule in enumerate(model.rules) if rule is fault.rule)
            rules = tuple(rule for rule in model.rules if rule is not fault.rule)
            yield "rule", f"rules[{at}].require[{fault.parameter}]", replace(model, rules=rules)
    yield from _of_output(model)


def _of_kind(one: ir.Parameter, *, free: bool) -> Iterator[tuple[str, str, ir.Kind]]:
    kind = one.kind
    if isinstance(kind, ir.Text) and kind.pattern is None:
        taken = ir.Object(members=(ir.Parameter(name="a", wire="a", kind=ir.Integer(), description=""),))
        yield "type", "type", ir.Union(arms=(kind, taken))
    if isinstance(kind, ir.Choice) and isinstance(kind.values[0], str):
        texts = tuple(str(value) for value in kind.values)
        yield "other values", "enum", ir.Choice(values=(*texts, "a text"))
        if len(texts) > 2 and free:
            last = next(value for value in reversed(texts) if value != one.default)
            yield "value", f"enum[{last}]", ir.Choice(values=tuple(value for value in texts if value != last))
    for rule in EDGES:
        bound = edge(kind, rule)
        if bound is None or not isinstance(kind, ir.Text | ir.Integer | ir.Sequence) or getattr(kind, "pattern", None):
            continue
        further = bound * 2 + 1 if rule.startswith("max") else bound - 1
        nearer = bound - 1 if rule.startswith("max") else bound + 1
        other = edge(kind, rule.replace("max", "min") if "max" in rule else rule.replace("min", "max"))
        yield "wider limit", rule, _bounded(kind, rule, int(further))
        if bound != other and (other is None or nearer != bound):
            yield "narrower limit", rule, _bounded(kind, rule, int(nearer))


def _bounded(kind: ir.Text | ir.Integer | ir.Sequence, rule: str, bound: int) -> ir.Kind:
    least = rule.startswith("min")
    match kind:
        case ir.Text():
            return replace(kind, min_length=bound) if least else replace(kind, max_length=bound)
        case ir.Integer():
            return replace(kind, minimum=bound) if least else replace(kind, maximum=bound)
        case ir.Sequence():
            return replace(kind, min_items=bound) if least else replace(kind, max_items=bound)


def _of_output(model: ir.Model) -> Iterator[tuple[str, str, ir.Model]]:
    many = model.output.count
    counted = None if isinstance(many, int) else model.parameter(many)
    if counted is not None and isinstance(counted.default, int) and not counted.required:
        yield (
            "default",
            f"parameters.{counted.name}.default",
            _with(model, replace(counted, default=counted.default + 1)),
        )
    if model.output.media_type is not None and model.output.media_type.default is not None:
        chosen = model.output.media_type
        parameter = model.parameter(chosen.parameter)
        other = next((value for value, name in chosen.types if value != chosen.default), None)
        if parameter is not None and other is not None and parameter.default is not None:
            altered = _with(model, replace(parameter, default=other))
            output = replace(model.output, media_type=replace(chosen, default=other))
            yield "default", f"parameters.{parameter.name}.default", replace(altered, output=output)
    if model.output.media_type is not None:
        (value, _), *others = model.output.media_type.types
        types = replace(model.output.media_type, types=((value, "image/webp"), *others))
        if "image/webp" not in dict(others).values():
            yield "format", f"output.type[{value}]", replace(model, output=replace(model.output, media_type=types))
    if model.sizes is not None:
        for row in (model.sizes.rows[0], model.sizes.rows[-1]):
            width, height = row.pixels
            rows = tuple(replace(one, pixels=(width + 8, height)) if one is row else one for one in model.sizes.rows)
            what = f"sizes[{', '.join(row.values)}]"
            yield "size row", what, replace(model, sizes=replace(model.sizes, rows=rows))


def _with(model: ir.Model, parameter: ir.Parameter) -> ir.Model:
    parameters = tuple(parameter if one.name == parameter.name else one for one in model.parameters)
    return replace(model, parameters=parameters)


def _of_protocol(provider: ir.Provider) -> Iterator[Alteration]:
    def altered(kind: str, what: str, other: ir.Provider) -> Alteration:
        return Alteration(kind=kind, what=what, model=None, provider=other)

    way = provider.auth[0]
    if isinstance(way, ir.HeaderKey):
        yield altered("key", "auth", replace(provider, auth=(replace(way, header="X-Another"),)))
    job = provider.job
    if job is None or any(model.job != job for model in provider.models):
        return
    for name, moved in _moved(job):
        yield altered("path", f"job.{name}.call", _with_job(provider, moved))
    if job.id != ir.CHOSEN_ID and (found := _renamed(provider, job.id, "submit")) is not None:
        path, other = found
        yield altered("id path", "job.submit.id", _with_job(other, replace(job, id=path)))
    if len(job.results) == 1 and job.results[0].value == "$" and job.results[0].forms == ("url",):
        last = "poll" if job.collect is None else "collect"
        if (found := _renamed(provider, job.results[0].at, last)) is not None:
            path, other = found
            results = (replace(job.results[0], at=path),)
            yield altered("results path", "job.results", _with_job(other, replace(job, results=results)))
    if job.state.at != ir.HTTP_STATUS and not job.state.cases and not job.state.ignore_case:
        yield from _states(provider, job)
    yield from _statuses(provider)


def _moved(job: ir.Job) -> Iterator[tuple[str, ir.Job]]:
    def elsewhere(call: str) -> str:
        verb, path = call.split(" ", 1)
        return f"{verb} /{ANOTHER}{path}"

    yield "submit", replace(job, submit=replace(job.submit, call=elsewhere(job.submit.call)))
    if job.poll.call is not None:
        yield "poll", replace(job, poll=replace(job.poll, call=elsewhere(job.poll.call)))
    if job.collect is not None and job.collect.call is not None:
        yield "collect", replace(job, collect=replace(job.collect, call=elsewhere(job.collect.call)))


def _states(provider: ir.Provider, job: ir.Job) -> Iterator[Alteration]:
    for phase in ("queued", "running", "succeeded"):
        words = [word for word, means in job.state.phases if means == phase]
        if len(words) != 1 or not isinstance(words[0], str):
            continue
        known = words[0]
        phases = tuple((ANOTHER if word == known else word, means) for word, means in job.state.phases)

        def said(body: object, known: str = known) -> object:
            found = reply_paths.find(job.state.at, body)
            return planting.planted(job.state.at, body, ANOTHER) if found == [known] else body

        other = _with_bodies(provider, ("poll", "collect", "submit"), said)
        state = replace(job.state, phases=phases)
        changed = _with_job(other, replace(job, state=state))
        yield Alteration(kind="state", what=f"job.state.{phase}[{known}]", model=None, provider=changed)


def _statuses(provider: ir.Provider) -> Iterator[Alteration]:
    if isinstance(provider.errors, ir.Unknown):
        return
    for one in provider.errors.statuses:
        alone = [other.means for other in provider.errors.statuses].count(one.means) == 1
        gone = provider.job is not None and one.status in provider.job.poll.expired
        if one.means in ("unauthorized", "not-found", "method-not-allowed", "invalid") and alone and not gone:
            statuses = tuple(replace(each, status=STATUS) if each is one else each for each in provider.errors.statuses)
            errors = replace(provider.errors, statuses=statuses)
            models = tuple(
                replace(model, errors=errors) for model in provider.models if model.errors == provider.errors
            )
            if len(models) == len(provider.models):
                other = replace(provider, errors=errors, models=models)
                yield Alteration(kind="status", what=f"errors.statuses[{one.status}]", model=None, provider=other)


def _renamed(provider: ir.Provider, path: str, of: str) -> tuple[str, ir.Provider] | None:
    """Return a path with another last name, and the provider whose printed replies have it; None where others share it."""
    *_, last = (step for leg in reply_paths.parse(path) for step in leg if isinstance(step, str))
    if repr(replace(provider, models=())).count(f".{last}") > 1 + repr(replace(provider, models=())).count("job=Job("):
        return None

    def body(document: object) -> object:
        text = json.dumps(plain(document))
        return json.loads(text.replace(f'"{last}"', f'"{ANOTHER}"').replace(f'\\"{last}\\"', f'\\"{ANOTHER}\\"'))

    start, _, end = path.rpartition(f".{last}")
    return f"{start}['{ANOTHER}']{end}", _with_bodies(provider, (of,), body)


def _with_job(provider: ir.Provider, job: ir.Job) -> ir.Provider:
    return replace(provider, job=job, models=tuple(replace(model, job=job) for model in provider.models))


def _with_bodies(provider: ir.Provider, of: tuple[str, ...], changed: Callable[[object], object]) -> ir.Provider:
    def replies(model: ir.Model) -> tuple[ir.ReplyWitness, ...]:
        return tuple(
            replace(one, body=changed(one.body)) if one.of in of and one.body is not None else one
            for one in model.replies
        )

    return replace(provider, models=tuple(replace(model, replies=replies(model)) for model in provider.models))


def priced(provider: ir.Provider) -> Iterator[Alteration]:
    """Yield another price, at a provider whose final replies tell what a request costs."""
    for model in provider.models:
        price, job = model.price, model.job
        if not isinstance(price, ir.Price) or job is None:
            continue
        flat = [rate for rate in price.rates if isinstance(rate.amount, Decimal)]
        if len(price.rates) != 1 or not flat:
            continue
        told = ir.CostAt(at="$.told_cost", unit=price.currency)
        last = "poll" if job.collect is None else "collect"
        telling = (
            replace(job, poll=replace(job.poll, cost=told))
            if job.collect is None
            else replace(job, collect=replace(job.collect, cost=told))
        )
        true = _told(provider, model, telling, last)
        rates = (replace(flat[0], amount=Decimal(str(flat[0].amount)) * 2),)
        dearer = replace(next(one for one in true.models if one.name == model.name), price=replace(price, rates=rates))
        models = tuple(dearer if one.name == model.name else one for one in true.models)
        yield Alteration(
            kind="price",
            what=f"price.rates.{flat[0].name}",
            model=model.name,
            provider=replace(true, models=models),
            true=true,
        )


def _told(provider: ir.Provider, model: ir.Model, job: ir.Job, last: str) -> ir.Provider:
    def with_cost(body: object) -> object:
        return {**body, "told_cost": Decimal("0.5")} if isinstance(body, Mapping) else body

    told = _with_bodies(replace(provider, models=(model,)), (last,), with_cost)
    changed = replace(told.models[0], job=job)
    return replace(provider, models=tuple(changed if one.name == model.name else one for one in provider.models))
