"""The acts of the demonstration, for the first model whose documents give sizes and a price."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table

from harness import demo_job, demo_provider, witnessed
from harness.subjects import SUBJECTS, Params, Subject
from proviso import ir
from proviso.oracle import meaning, prices
from proviso_runtime import errors
from proviso_runtime.ledger import SqliteLedger

if TYPE_CHECKING:
    from rich.console import Console


def show(console: Console, *, out: Path, seconds: float) -> None:
    """Run the acts. Raises AssertionError when something is not as the documents promise.

    out: where the image and the ledger are kept. seconds: how long the job takes here.
    """
    subject = shown_subject()
    assert subject is not None, "no model has jobs, a size table and a known price"
    params, promised = _request(subject)
    _rule(console, "2. A wrong request is refused before it is sent")
    _refusal(console, subject, params)
    _rule(console, "3. What the right one will cost")
    _quote(console, subject, params)
    out.mkdir(exist_ok=True)
    for old in out.glob("ledger.sqlite3*"):
        old.unlink()
    typical = meaning.pace(subject.model, params).typical
    speed = max(float(typical[1] if typical else 30) / seconds, 1)
    clock = demo_provider.QuickClock(speed)
    with (
        demo_provider.served(subject.provider, specs=subject.house.specs, speed=speed) as provider,
        closing(SqliteLedger(out / "ledger.sqlite3")) as ledger,
        demo_job.client(subject, provider, clock=clock, ledger=ledger) as client,
    ):
        _rule(console, "4. A provider made of the same spec, and a cap on what may be spent")
        console.print(f"[dim]$ {escape(provider.command)}[/]")
        console.print(f"{escape(provider.name)} answers at {provider.address}")
        stage = demo_job.Stage(
            console=console,
            subject=subject,
            params=params,
            promised=promised,
            provider=provider,
            clock=clock,
            ledger=ledger,
            client=client,
            out=out,
        )
        demo_job.cap(stage)
        _rule(console, "5. Submit, wait, save; one poll goes wrong")
        demo_job.job(stage)
        _rule(console, "6. A paid request whose reply is lost")
        demo_job.lost(stage)
        _rule(console, "7. Our ledger against the provider's books")
        demo_job.books(stage)


def _rule(console: Console, title: str) -> None:
    console.print()
    console.rule(f"[bold]{title}", align="left")


def shown_subject() -> Subject | None:
    """Return the model that is shown, where one has jobs, a size table and a known price."""
    for one in SUBJECTS:
        price = one.model.price
        if (
            one.model.sizes
            and one.model.job
            and isinstance(price, ir.Price)
            and not isinstance(price.charge, ir.Unknown)
        ):
            return one
    return None


def _request(subject: Subject) -> tuple[Params, tuple[int, int]]:
    """Return a documented request, and the pixels that the table promises for it."""
    for witness in subject.model.witnesses:
        params = witnessed.requests(subject, witness)[0]
        if (pixels := meaning.pixels(subject.model, params)) is not None:
            return params, pixels
    raise AssertionError(f"no documented request of {subject} names a size")


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


def _shown(params: Params) -> str:
    return "{" + ", ".join(f"{name!r}: {value!r}" for name, value in params.items()) + "}"
