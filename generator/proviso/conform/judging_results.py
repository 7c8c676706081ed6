"""Results held against the spec: how many came, of how many pixels, in which format."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import ir, reply_paths
from proviso.answers import made
from proviso.conform.exchanges import Content, Course, Reply
from proviso.conform.output_facts import size_name, types
from proviso.conform.parameter_facts import parameter_name
from proviso.conform.probes import Probe
from proviso.conform.verdicts import Verdict, confirmed, denied
from proviso.oracle import asked
from proviso.oracle.exact import plain
from proviso.oracle.subject import Params


def of(probe: Probe, course: Course) -> Iterator[Verdict]:
    """Yield what the results of a request say."""
    model, params = probe.subject.model, probe.params or {}
    job = model.job if probe.operation == "submit" else None
    if job is not None:
        replies, places = course.of("collect")[-1:] or course.of("poll")[-1:], job.results
    else:
        assert model.immediate is not None
        replies, places = course.of("ask"), model.immediate.results
        yield from _at_once(model.immediate, replies[0])
    for reply in replies:
        listed = next((one for one in (_listed(place, reply) for place in places) if one), [])
        if listed is None:
            return
        whole = [] if reply.content is None else [reply.content]
        if listed or whole:
            yield from _count(model, params, len(listed) or len(whole))
        for one in (*whole, *(each.content for each in course.of("file") if each.content is not None)):
            yield from _pixels(model, params, one)
            yield from _format(model, params, one)


def _listed(place: ir.ResultsAt, reply: Reply) -> list[object] | None:
    """Return the results that stand at a place; None where one of them failed."""
    items = reply_paths.find(place.at, reply.body)
    if any(made.failed(place, one) for one in items):
        return None
    return [one for item in items for one in reply_paths.find(place.value, item) if isinstance(one, str) and one]


def _at_once(call: ir.Immediate, reply: Reply) -> Iterator[Verdict]:
    if reply.content is not None and call.returns:
        found = reply.content.media_type
        for media_type in call.returns:
            fact = f"immediate.returns[{media_type}]"
            if found == media_type:
                yield confirmed(fact, f"the answer is {found}")
            elif len(call.returns) == 1:
                yield denied(fact, f"the answer is {found}; the spec says {media_type}")
    elif reply.content is None and call.returns and not call.results:
        for media_type in call.returns:
            yield denied(f"immediate.returns[{media_type}]", f"the answer is {reply.media_type or 'of no type'}")
    if call.results and reply.body is not None:
        found_at = [one.whole for one in call.results if reply_paths.find(one.whole, reply.body)]
        if found_at:
            yield confirmed("immediate.results", f"an answer has it at {found_at[0]}")
        else:
            yield denied("immediate.results", f"an answer has nothing at {call.results[0].whole}")


def _count(model: ir.Model, params: Params, delivered: int) -> Iterator[Verdict]:
    span = asked.count(model, params)
    if span is None:
        return
    least, most = span
    by = model.output.count
    silent = isinstance(by, str) and by not in params
    fact = parameter_name(str(by), "", "default") if silent else "output.count"
    said = f"{delivered} came" + ("" if silent or isinstance(by, int) else f" with {by} {params[str(by)]}")
    if least <= delivered <= most:
        yield confirmed(fact, said)
    else:
        yield denied(fact, f"{said}; the spec says {most if least == most else f'{least} to {most}'}")


def _format(model: ir.Model, params: Params, content: Content) -> Iterator[Verdict]:
    wanted = asked.media_type(model, params)
    if wanted is None or content.media_type is None:
        return
    chosen = next(one for one in _choosers(model))
    silent = chosen.parameter not in params
    value = chosen.default if silent else str(plain(params[chosen.parameter]))
    fact = parameter_name(chosen.parameter, "", "default") if silent else f"output.type[{value}]"
    if content.media_type == wanted:
        yield confirmed(fact, f"{content.media_type} came" + (" without it" if silent else f" with {value}"))
    elif not silent:
        yield denied(fact, f"{content.media_type} came with {value}; the spec says {wanted}")
    elif content.media_type in dict(types(model)).values():
        yield denied(fact, f"{content.media_type} came without it; the spec says {wanted}")


def _choosers(model: ir.Model) -> list[ir.TypeBy]:
    stated = [model.output.media_type, *(one.media_type for one in model.places)]
    return [one for one in stated if isinstance(one, ir.TypeBy)]


def _pixels(model: ir.Model, params: Params, content: Content) -> Iterator[Verdict]:
    wanted = asked.sizes(model, params)
    if content.pixels is None or len(wanted) != 1:
        return
    came = f"{content.pixels[0]}x{content.pixels[1]}"
    says = f"; the spec says {wanted[0][0]}x{wanted[0][1]}"
    texts = [one.name for one in model.parameters if isinstance(ir.bare(one.kind), ir.PixelSize) and one.name in params]
    tabled = () if model.sizes is None else model.sizes.by
    for name in texts:
        if name not in tabled:
            if any(one in params for one in tabled):
                return  # two ways to say the pixels: which of them counts is not asked here
            fact = f"output.pixels[{name}]"
            right = content.pixels == wanted[0]
            yield confirmed(fact, f"{came} came") if right else denied(fact, f"{came} came{says}")
            return
    if not tabled:
        return
    yield from _tabled(model, params, content.pixels, came, says)


def _tabled(model: ir.Model, params: Params, pixels: tuple[int, int], came: str, says: str) -> Iterator[Verdict]:
    """Judge a row of the size table, or the defaults that lead to it where parameters are left out."""
    assert model.sizes is not None
    silent = [name for name in model.sizes.by if name not in params]
    defaults = {one.name: plain(one.default) for one in model.parameters}
    meant = tuple(params.get(name, defaults[name]) for name in model.sizes.by)
    row = next((one for one in model.sizes.rows if one.values == meant), None)
    if row is None:
        return
    if row.pixels == pixels:
        yield confirmed(size_name(row), f"{came} came")
        yield from (confirmed(parameter_name(name, "", "default"), f"{came} came without it") for name in silent)
        return
    others = [
        one for one in model.sizes.rows if one.pixels == pixels and _differs_in(model.sizes, one, meant) <= {*silent}
    ]
    if others and silent:
        yield from (
            denied(parameter_name(name, "", "default"), f"{came} came without it{says}")
            for name in sorted(_differs_in(model.sizes, others[0], meant))
        )
    else:
        yield denied(size_name(row), f"{came} came{says}")


def _differs_in(sizes: ir.Sizes, row: ir.SizeRow, meant: tuple[object, ...]) -> set[str]:
    return {name for name, value, other in zip(sizes.by, row.values, meant, strict=True) if value != other}
