"""What of the work of one model documents say, and what is guessed."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir
from proviso.answers import courses, documented
from proviso.diagnostics import Place
from proviso.mock import at_once, courier, lives, orders, works
from proviso.mock.behaviour import Behaviour
from proviso.mock.options import Options
from proviso.mock.remembering import Same
from proviso.oracle import wire_reading
from proviso.oracle.subject import Params, Subject

_UNMET: dict[ir.Phase, str] = {
    "failed": "job:failed",
    "moderated": "job:moderated",
    "expired": "job:expired",
}


def explained(provider: ir.Provider, model: ir.Model, options: Options) -> Iterator[Behaviour]:
    """Tell what a mock does with requests for a model."""
    subject = Subject(provider=provider, model=model)
    asked = example(model)
    if model.job is not None:
        yield from _lives(subject, asked)
        yield _retention(subject)
    elif at_once.is_guessed(subject):
        why = "No document tells when it is that and when the result itself."
        yield _of(model, "answer", "Answers at once with JSON.", documented=False, why=why)
    yield from _results(subject, asked)
    yield _price(model, options)
    if model.callback is not None:
        yield from _callbacks(model, model.callback)
    if model.resend_for is not None:
        says = f"Starts nothing new for a request with the same UUID within {model.resend_for:f} s."
        yield _of(model, "repeats", says, documented=True, value=float(model.resend_for), place=model.place)


def example(model: ir.Model) -> Params:
    """Return the params of the first documented request, as an example."""
    for one in model.witnesses:
        read = wire_reading.read(model, one.body, one.beside)
        if read and not read[0].wrong:
            return read[0].params
    return {}


def _lives(subject: Subject, asked: Params) -> Iterator[Behaviour]:
    model = subject.model
    course = courses.job(subject)
    guessed = lives.is_guessed(subject)
    states = [one.state for one in lives.going_on(subject)]
    told = ", ".join("no state" if one is None else str(one) for one in states)
    why = "No document shows a job that goes on." if guessed else None
    says = f"Before the end polls are told {told}."
    yield _of(model, "states", says, documented=not guessed, value=states, place=course.state.place, why=why)
    shape = next(documented.shapes(subject, asked), None)
    for phase, fault in _UNMET.items():
        if lives.ending(subject, phase, shape) is None:
            says, why = f"A job with the fault {fault} ends in the nearest documented way.", f"No {phase} job is shown."
            yield _of(model, f"end {phase}", says, documented=False, place=course.state.place, why=why)
    span = lives.span(subject, asked)
    between = f"{span.least:g}" if span.least == span.most else f"{span.least:g} to {span.most:g}"
    says = f"A job such as the first documented one takes {between} s."
    why = None if span.documented else "No document says how long; it is guessed from when to poll, or freely."
    value = (span.least, span.most)
    yield _of(model, "duration", says, documented=span.documented, value=value, place=_schedule(model), why=why)


def _schedule(model: ir.Model) -> Place | None:
    if isinstance(model.schedule, ir.Unknown):
        return model.schedule.place
    return model.schedule[0].place if model.schedule else None


def _retention(subject: Subject) -> Behaviour:
    course = courses.job(subject)
    kept = orders.retention(course)
    unknown = course.retention if isinstance(course.retention, ir.Unknown) else None
    says = f"Forgets a job {kept.seconds:f} s after its {kept.since}."
    return _of(
        subject.model,
        "retention",
        says,
        documented=unknown is None,
        value=float(kept.seconds),
        place=course.place if unknown is None else unknown.place,
        why=None if unknown is None else unknown.why,
    )


def _results(subject: Subject, asked: Params) -> Iterator[Behaviour]:
    model = subject.model
    place = model.places[0] if model.places else None
    returns = () if model.immediate is None or model.job is not None else model.immediate.returns
    found = works.frame(subject, asked, Same(place), tuple(returns))
    width, height = found.pixels
    facts = [
        ("number", "1 result" if found.many == 1 else f"{found.many} results", found.many),
        ("format", found.media_type, found.media_type),
    ]
    if found.kind in ("image", "video"):
        facts.append(("pixels", f"{width} x {height} pixels", f"{width}x{height}"))
    for topic, what, value in facts:
        guessed = topic in found.guessed
        why = "No document says it of such a request." if guessed else None
        says = f"A request such as the first documented one gives {what}."
        yield _of(model, topic, says, documented=not guessed, value=value, why=why, place=model.place)


def _price(model: ir.Model, options: Options) -> Behaviour:
    match model.price:
        case ir.UnknownPrice(place=place):
            costs = "an amount that nobody knows" if options.price is None else f"{options.price:f}"
            says, why = f"A request costs {costs}.", "No price is documented; see --price."
            return _of(model, "price", says, documented=False, value=options.price, place=place, why=why)
        case ir.Price(place=place, sources=sources) | ir.Prices(place=place, prices=(ir.Price(sources=sources), *_)):
            says = "Holds and charges the documented price; what only the work would tell is as small as it may be."
            return _of(model, "price", says, documented=True, place=place, sources=sources)
        case ir.Prices(place=place):
            return _of(model, "price", "Charges the documented price.", documented=True, place=place)


def _callbacks(model: ir.Model, callback: ir.Callback) -> Iterator[Behaviour]:
    place = callback.place
    unknown = callback.body if isinstance(callback.body, ir.Unknown) else None
    shown = "poll" if unknown is not None else callback.body
    why = None if unknown is None else unknown.why
    says = f"A callback carries what {shown} would be answered with."
    yield _of(model, "callback", says, documented=unknown is None, place=place, why=why)
    signed = not isinstance(callback.signature, ir.Unknown)
    says = "It is signed." if callback.proof is not None else "It is not signed."
    why = callback.signature.why if isinstance(callback.signature, ir.Unknown) else None
    yield _of(model, "callback signature", says, documented=signed, place=place, why=why)
    retries, within = courier.retries(callback), courier.within(callback)
    for topic, says, value, stated in (
        ("callback retries", f"It is sent again {retries} times, with growing pauses.", retries, callback.retries),
        ("callback wait", f"It has to be acknowledged within {within:g} s.", within, callback.within),
    ):
        why = None if stated is not None else "No document says it."
        yield _of(model, topic, says, documented=stated is not None, value=value, place=place, why=why)


def _of(
    model: ir.Model,
    topic: str,
    says: str,
    *,
    documented: bool,
    value: object = None,
    place: Place | None = None,
    sources: tuple[str, ...] | None = None,
    why: str | None = None,
) -> Behaviour:
    return Behaviour(
        topic=topic,
        says=says,
        documented=documented,
        model=model.name,
        value=value,
        place=place,
        sources=(model.sources if sources is None else sources) if documented else (),
        why=why,
    )
