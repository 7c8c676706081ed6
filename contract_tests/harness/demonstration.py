"""The acts of the demonstration, for the first model whose documents give sizes and a price."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from harness import keys, picture, witnessed
from harness.clock import FakeClock
from harness.faces import Done, Line
from harness.provider_mock import ProviderMock
from harness.subjects import SUBJECTS, Params, Subject
from proviso import ir
from proviso.answers import courses, documented
from proviso.answers.courses import Sign
from proviso.answers.documented import Answer
from proviso.answers.made import Made
from proviso.answers.scripts import Script
from proviso.oracle import meaning, prices
from proviso_runtime import clients, errors, jobs
from proviso_runtime.ledger import MemoryLedger

if TYPE_CHECKING:
    from rich.console import Console

_JOB = "job-42"


class QuickClock(FakeClock):
    """A clock of its own time, of which a second takes a fraction of one."""

    def __init__(self, fraction: float) -> None:
        super().__init__()
        self._fraction = fraction

    def sleep(self, seconds: float) -> None:
        """Wait a fraction of the time."""
        time.sleep(seconds * self._fraction)
        super().sleep(seconds)


def show(console: Console, *, out: Path, seconds: float) -> None:
    """Run the acts. Raises AssertionError when something is not as the documents promise."""
    subject = _subject()
    params, promised = _request(subject)
    console.rule("[bold]2. A wrong request is refused before it is sent", align="left")
    _refusal(console, subject, params)
    console.rule("[bold]3. What the right one will cost", align="left")
    _quote(console, subject, params)
    console.rule("[bold]4. Submit, poll, collect", align="left")
    _job(console, subject, params, promised=promised, out=out, seconds=seconds)


def _subject() -> Subject:
    for one in SUBJECTS:
        price = one.model.price
        if (
            one.model.sizes
            and one.model.job
            and isinstance(price, ir.Price)
            and not isinstance(price.charge, ir.Unknown)
        ):
            return one
    raise AssertionError("no model has jobs, a size table and a known price")


def _request(subject: Subject) -> tuple[Params, tuple[int, int]]:
    """Return a documented request, and the pixels that the table promises for it."""
    for witness in subject.model.witnesses:
        params = {**witnessed.requests(subject, witness)[0], **_as_png(subject.model)}
        if (pixels := meaning.pixels(subject.model, params)) is not None:
            return params, pixels
    raise AssertionError(f"no documented request of {subject} names a size")


def _as_png(model: ir.Model) -> Params:
    """Ask for the kind of file that the mock makes, where a model lets one choose."""
    return {one.name: "png" for one in model.parameters if isinstance(one.kind, ir.Choice) and "png" in one.kind.values}


def _refusal(console: Console, subject: Subject, params: Params) -> None:
    wrong = _spoilt(subject.model, params)
    console.print(f"[dim]>>> {escape(subject.module_name)}.violations({escape(_shown(wrong))})[/]")
    table = Table(box=None, pad_edge=False, header_style="dim")
    for title in ("at", "rule", "what is wrong"):
        table.add_column(title)
    found = subject.module.violations(wrong)
    for one in found:
        table.add_row(f"[yellow]{escape(one.at)}[/]", one.rule, escape(one.message))
    console.print(table)
    assert len(found) > 2, "several rules are broken, and all of them are told"
    assert any("did you mean" in one.message or "nearest" in one.message for one in found), "a hint is given"
    try:
        subject.module.to_body(wrong)
    except errors.RequestInvalid as refused:
        console.print(f"{len(refused.violations)} violations, nothing was sent, nothing is billed")
    else:
        raise AssertionError("the request was not refused")


def _spoilt(model: ir.Model, params: Params) -> Params:
    """Break what people break: upper and lower case, one too many, a misspelt name, something forgotten."""
    wrong = dict(params)
    cased = [one for one in model.parameters if one.name in params and _swapped(one) is not None]
    for parameter in cased[-2:]:
        wrong[parameter.name] = _swapped(parameter)
    for parameter in model.parameters:
        if isinstance(parameter.kind, ir.Integer) and parameter.kind.maximum is not None:
            wrong[parameter.name] = parameter.kind.maximum + 1
    required = [one.name for one in model.parameters if one.required and isinstance(one.kind, ir.Text)]
    for name in required[:1]:
        wrong[f"{name}s"] = wrong.pop(name)
    return wrong


def _swapped(parameter: ir.Parameter) -> str | None:
    if not isinstance(parameter.kind, ir.Choice) or not isinstance(parameter.kind.values[0], str):
        return None
    swapped = parameter.kind.values[0].swapcase()
    return None if swapped in parameter.kind.values else swapped


def _quote(console: Console, subject: Subject, params: Params) -> None:
    quote = subject.module.quote(params)
    console.print(f"[dim]>>> {escape(subject.module_name)}.quote({escape(_shown(params))})[/]")
    console.print(f"[green]{escape(str(quote))}[/]")
    console.print(f"because {escape(quote.because)}")
    priced = prices.priced(subject.model)[0]
    documented_price = prices.amounts(subject.model, priced.price, params)
    assert (quote.hold, quote.charge) == (documented_price.hold, documented_price.most), "the quote is the formula"


def _job(
    console: Console, subject: Subject, params: Params, *, promised: tuple[int, int], out: Path, seconds: float
) -> None:
    signs = [one for one in courses.signs(subject) if one.phase in ("queued", "running")]
    pace = meaning.pace(subject.model, params)
    first, every = float(pace.first or pace.every or 2), float(pace.every or 2)
    console.print(f"documented: first poll after {first:g} s, then every {every:g} s (a second takes less here)")
    waits = [*signs, *signs[-1:] * 2]
    clock = QuickClock(seconds / (first + every * len(waits)))
    url = "https://files.test/evening.png"
    script = _script(subject, waits, url, picture.gradient(*promised))
    with ProviderMock(subject, script, library="httpx2", clock=clock)() as mock:
        ledger = MemoryLedger()
        client = subject.provider_module.Client(keys.KEY, clock=clock, ledger=ledger)
        _budget(console, client, subject, params)
        assert mock.sent == [], "what may cost too much is not sent"
        line = Line.blocking(client, subject)
        job = line.submit(params)
        assert [one.job_id for one in ledger.find(states=["accepted"])] == [job.id], "the job is written down"
        start = clock.monotonic()
        console.print(f"t+0.0s   submit  {escape(mock.sent[0].verb)} {escape(mock.sent[0].url)}  job {escape(job.id)}")

        def tell(update: jobs.Update) -> None:
            at = f"t+{clock.monotonic() - start:.1f}s"
            console.print(f"{at:<8} poll {update.polls}  {escape(str(update.state))} [dim]({update.phase})[/]")

        done = line.wait(job, on_update=tell)
        out.mkdir(exist_ok=True)
        saved = line.save(done.results[0], out / f"{subject.attribute}.png")
        client.close()
    _check(console, done, saved=saved, promised=promised)
    (entry,) = ledger.find()
    told = f"{entry.model}, job {entry.job_id}, {entry.state}, charged {entry.charged} {entry.currency}"
    console.print(f"ledger  {escape(told)}")
    assert (entry.state, entry.job_id, entry.charged) == ("succeeded", _JOB, subject.module.quote(params).charge)
    assert mock.count("submit") == 1, "one paid request was sent"
    polls = [one.at - start for one in mock.sent if one.operation == "poll"]
    expected = [first + every * number for number in range(len(waits) + 1)]
    assert [round(at, 3) for at in polls] == [round(at, 3) for at in expected], "polls keep the schedule"


def _script(subject: Subject, waits: list[Sign], url: str, image: bytes) -> Script:
    course = courses.job(subject)
    ready = next(one for one in courses.signs(subject) if one.phase == "succeeded")
    shape = next(documented.shapes(subject))
    result = Made(wire=url, content=image, url=url)
    final = documented.finished(subject, shape, results=(result,), state=ready.state, reports={})
    last = final if course.collect is None else documented.polled(ready)
    return Script(
        job_id=_JOB,
        submit=documented.accepted(subject, job_id=_JOB, reports={}),
        polls=[*map(documented.polled, waits), last],
        collects=[final],
        files={url: Answer(content=image, media_type="image/png")},
    )


def _budget(console: Console, client: clients.Client, subject: Subject, params: Params) -> None:
    quote = subject.module.quote(params)
    assert quote.charge is not None
    limit = quote.charge / 2
    try:
        Line.blocking(client.with_options(max_cost=limit), subject).submit(params)
    except errors.TooDear as refused:
        console.print(f"max_cost={limit}: [yellow]{escape(str(refused))}[/]")
    else:
        raise AssertionError("a request that may cost too much was sent")


def _check(console: Console, done: Done, *, saved: Path, promised: tuple[int, int]) -> None:
    width, height = picture.pixels(saved.read_bytes())
    console.print(f"[green]saved[/]   {escape(str(saved))}, {saved.stat().st_size:,} bytes")
    console.print(f"pixels  {width} x {height}, promised {promised[0]} x {promised[1]}")
    console.print(f"charged {done.charge}, as {'the provider says' if done.cost else 'quoted for what was delivered'}")
    assert (width, height) == promised, "the image has the promised pixels"
    assert done.differences == (), "what was delivered is what was asked for"


def _shown(params: Params) -> str:
    return "{" + ", ".join(f"{name!r}: {value!r}" for name, value in params.items()) + "}"
