"""The facts about what comes out of a model, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir
from proviso.conform.facts import Fact
from proviso.conform.parameter_facts import title, written
from proviso.oracle import prices
from proviso.oracle.subject import Subject

NO_COST = "no documented reply tells what a request costs; compare the balance by hand"


def of(subject: Subject) -> Iterator[Fact]:
    """Yield the facts about results: their number, pixels and format, and their price."""
    model = subject.model
    whose = title(subject, model.path)
    many = model.output.count
    how = "at most " * model.output.at_most
    says = f"{how}{many} results come" if isinstance(many, int) else f"{how}as many results come as {many} says"
    yield Fact(title=whose, what="output.count", kind="count", says=says, place=model.place)
    for value, media_type in types(model):
        says = f"{value} gives {media_type}"
        yield Fact(title=whose, what=f"output.type[{value}]", kind="media-type", says=says, place=model.place)
    if model.sizes is not None:
        for row in model.sizes.rows:
            width, height = row.pixels
            says = f"{' and '.join(row.values)} give {width}x{height} pixels"
            yield Fact(title=whose, what=size_name(row), kind="size-row", says=says, place=row.place)
    texts = [one for one in model.parameters if isinstance(ir.bare(one.kind), ir.PixelSize)]
    if texts and not isinstance(model.output.pixels, ir.Unknown) and model.output.kind == "image":
        for one in texts:
            says = f"the pixels that {one.name} names are those of the result"
            yield Fact(title=whose, what=f"output.pixels[{one.name}]", kind="pixels", says=says, place=one.place)
    yield from _prices(subject)


def types(model: ir.Model) -> Iterator[tuple[str, str]]:
    """Yield the media types that values of a parameter choose, by the value."""
    stated = [model.output.media_type] if model.output.media_type is not None else []
    stated += [one.media_type for one in model.places if isinstance(one.media_type, ir.TypeBy)]
    yield from dict.fromkeys(pair for one in stated if one is not None for pair in one.types)


def size_name(row: ir.SizeRow) -> str:
    """Return the name of the fact that a row of the size table states."""
    return f"sizes[{', '.join(row.values)}]"


def rate_name(rate: ir.Rate) -> str:
    """Return the name of the fact that a rate is what it is."""
    return f"price.rates.{rate.name}"


def told_costs(model: ir.Model) -> list[ir.CostAt]:
    """Return the places in which replies tell what a request costs."""
    calls: list[ir.Operation | ir.Fetch | None] = []
    if model.job is not None:
        calls += [model.job.submit, model.job.poll, model.job.collect]
    if model.immediate is not None:
        calls.append(model.immediate.operation)
    found = [one.cost for one in calls if one is not None]
    found += [one.told_cost for one in calls if isinstance(one, ir.Operation)]
    return [one for one in found if one is not None]


def _prices(subject: Subject) -> Iterator[Fact]:
    model = subject.model
    if isinstance(model.price, ir.UnknownPrice):
        yield Fact(
            title=title(subject, model.price.place.path or model.path),
            what="price",
            kind="price",
            says="the price is not documented",
            place=model.price.place,
            closed=model.price.why,
        )
        return
    units = {one.unit for one in told_costs(model)}
    for one in prices.priced(model)[:1]:
        closed = None if one.price.currency in units else NO_COST
        whose = title(subject, one.price.place.path)
        for rate in one.price.rates:
            amount = f"{written(rate.amount)} {rate.unit}" if not isinstance(rate.amount, ir.Unknown) else "unknown"
            says = f"{rate.name} is {amount}" if len(amount) < 40 else f"{rate.name} is as its table says"
            yield Fact(title=whose, what=rate_name(rate), kind="price", says=says, place=rate.place, closed=closed)
        for name, reckoned in one.price.reckoned:
            says = f"the {name} is reckoned as documented"
            place = reckoned.place
            yield Fact(title=whose, what=f"price.{name}", kind="price", says=says, place=place, closed=closed)
