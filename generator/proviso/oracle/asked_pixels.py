"""The pixels that a request asks for in its own words, read off the spec apart from generated code."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import formulas, ir
from proviso.oracle import meaning, pixel_sizes, prices
from proviso.oracle.pixel_sizes import Size
from proviso.oracle.subject import Params


def said(model: ir.Model, params: Params) -> list[Size]:
    """Return the sizes that are sent; where there is none, those that the defaults give."""
    sent = {name: value for name, value in params.items() if value is not None}
    filled = {one.name: meaning.counting(model, params, one.name) for one in model.parameters}
    return list(_sizes(model, sent)) or list(_sizes(model, filled))


def pairs(model: ir.Model) -> Iterator[tuple[str, str]]:
    """Yield the pairs of parameters that are the width and the height of a size."""
    yield from dict.fromkeys((*_ruled(model), *_measured(model)))


def _sizes(model: ir.Model, values: Params) -> Iterator[Size]:
    for one in model.parameters:
        kind = ir.bare(one.kind)
        found = pixel_sizes.read(kind, values.get(one.name)) if isinstance(kind, ir.PixelSize) else None
        if found is not None:
            yield found
    for wide, high in pairs(model):
        width, height = values.get(wide), values.get(high)
        if isinstance(width, int) and isinstance(height, int):
            yield width, height


def _ruled(model: ir.Model) -> Iterator[tuple[str, str]]:
    rules = [option for rule in model.rules for option in (rule.options if isinstance(rule, ir.AnyOf) else (rule,))]
    for rule in rules:
        match rule:
            case ir.Pixels(parameters=(wide, high)):
                yield wide, high
            case _:
                pass


def _measured(model: ir.Model) -> Iterator[tuple[str, str]]:
    """Yield the pairs of parameters whose area a formula asks for."""
    for price in (priced.price for priced in prices.priced(model)):
        asked = [price.hold, price.charge, *(one.amount.of for one in price.rates if isinstance(one.amount, ir.Bands))]
        for one in asked:
            for leaf in formulas.leaves(one.formula) if isinstance(one, ir.Reckoned) else ():
                match leaf:
                    case formulas.Measure(what="pixels" | "megapixels", of=(wide, high)):
                        yield wide, high
                    case _:
                        pass
