"""Emits `price.py` of a model that has several prices, or one that is not always valid: the choice between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from proviso import ir, layouts, price_facts, price_words, words
from proviso.render import render
from proviso.tree import File


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A price: the module that reckons it, and when it holds, as an expression."""

    module: str
    when: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingOption:
    """A setting that a price goes by: its name, its type, its default and what it is."""

    name: str
    type: str
    default: str
    doc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PricesContext:
    """Everything that `prices.py.jinja` may mention."""

    spec: str
    model: str
    package: str
    currencies: tuple[str, ...]
    dated: bool
    settings: tuple[SettingOption, ...]
    passed: str
    several: bool
    passed_on: str
    choices: tuple[Choice, ...]
    scopes: tuple[str, ...]
    notes: tuple[str, ...]


def emit(provider: ir.Provider, model: ir.Model, package: str) -> Iterator[File]:
    """Yield the module with `quote`, where a model has several prices."""
    if not isinstance(model.price, ir.Prices):
        return
    prices = model.price.prices
    currencies = price_facts.currencies(model.price)
    named = price_facts.settings(model.price)
    settings = tuple(_setting(one) for one in provider.settings if one.name in named)
    dated = any(one.since or one.until for one in prices)
    passed = [
        *(["currency"] if len(currencies) > 1 else []),
        *(["day"] if dated else []),
        *(one.name for one in settings),
    ]
    doubts = words.doubts_about((*provider.doubts, *model.doubts), "price")
    context = PricesContext(
        spec=words.header(model.path),
        model=model.id,
        package=words.model_module(package, provider, model),
        currencies=currencies if len(currencies) > 1 else (),
        dated=dated,
        settings=settings,
        passed=", ".join(f"{name}={name}" for name in passed),
        several=layouts.most(model) > 1,
        passed_on="".join(f", {name}={name}" for name in ("on" if name == "day" else name for name in passed)),
        choices=tuple(
            Choice(module=module, when=_when(one, several=len(currencies) > 1))
            for module, one in price_facts.modules(model.price).items()
        ),
        scopes=tuple(price_words.scope(one) for one in prices),
        notes=tuple(f"In doubt ({doubt.id}): {doubt.ruling}" for doubt in doubts),
    )
    yield File(f"{words.folder(package, provider, model)}/price.py", render("prices.py.jinja", context))


def _setting(one: ir.Setting) -> SettingOption:
    listed = f"Literal[{', '.join(map(repr, one.values))}]"
    return SettingOption(
        name=one.name,
        type=listed if one.default is not None else f"{listed} | None",
        default=repr(one.default),
        doc=one.description,
    )


def _when(one: ir.Price, *, several: bool) -> str:
    tests = [f"currency in (None, {one.currency!r})"] if several else []
    for where in one.where:
        single = len(where.values) == 1
        tests.append(f"{where.setting} == {where.values[0]!r}" if single else f"{where.setting} in {where.values!r}")
    match one.since, one.until:
        case None, None:
            pass
        case str(first), None:
            tests.append(f"day >= {first!r}")
        case None, str(last):
            tests.append(f"day <= {last!r}")
        case first, last:
            tests.append(f"{first!r} <= day <= {last!r}")
    return " and ".join(tests)
