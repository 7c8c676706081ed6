"""Emits `price.py` of a model that has several prices, or one that is not always valid: the choice between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from proviso import ir, price_facts, price_words, words
from proviso.render import render
from proviso.tree import File


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A price: the module that reckons it, and when it holds, as an expression."""

    module: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PricesContext:
    """Everything that `prices.py.jinja` may mention."""

    spec: str
    model: str
    package: str
    currencies: tuple[str, ...]
    dated: bool
    choices: tuple[Choice, ...]
    scopes: tuple[str, ...]
    notes: tuple[str, ...]


def emit(provider: ir.Provider, model: ir.Model, package: str) -> Iterator[File]:
    """Yield the module with `quote`, where a model has several prices."""
    if not isinstance(model.price, ir.Prices):
        return
    prices = model.price.prices
    currencies = price_facts.currencies(model.price)
    doubts = words.doubts_about((*provider.doubts, *model.doubts), "price")
    context = PricesContext(
        spec=words.header(model.path),
        model=model.id,
        package=words.model_module(package, provider, model),
        currencies=currencies if len(currencies) > 1 else (),
        dated=any(one.since or one.until for one in prices),
        choices=tuple(
            Choice(module=module, when=_when(one, several=len(currencies) > 1))
            for module, one in price_facts.modules(model.price).items()
        ),
        scopes=tuple(price_words.scope(one) for one in prices),
        notes=tuple(f"In doubt ({doubt.id}): {doubt.ruling}" for doubt in doubts),
    )
    yield File(f"{words.folder(package, provider, model)}/price.py", render("prices.py.jinja", context))


def _when(one: ir.Price, *, several: bool) -> str:
    tests = [f"currency in (None, {one.currency!r})"] if several else []
    match one.since, one.until:
        case None, None:
            pass
        case str(first), None:
            tests.append(f"{first!r} <= day")
        case None, str(last):
            tests.append(f"day <= {last!r}")
        case first, last:
            tests.append(f"{first!r} <= day <= {last!r}")
    return " and ".join(tests)
