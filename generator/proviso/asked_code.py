"""Spells what a request asks for as Python: how many results, of how many pixels, in which format."""

from __future__ import annotations

from collections.abc import Iterator

from proviso import condition_words, formulas, ir, price_facts, words


def count(model: ir.Model) -> str:
    """Spell how many results a request asks for."""
    wanted = model.output.count
    if isinstance(wanted, int):
        return repr((wanted, wanted))
    return _unless_ignored(model, (wanted,), f"wanted.at_most(given, {wanted!r}{_default(model, wanted)})")


def pixels(model: ir.Model) -> str:
    """Spell the sizes that an image may have; "None" where no request says any."""
    said = dict(_said(model))
    if not said:
        return "None"
    names = dict.fromkeys(name for parameters in said.values() for name in parameters)
    return _unless_ignored(model, tuple(names), f"wanted.sizes({', '.join(said)})")


def media_types(model: ir.Model) -> str:
    """Spell the media types that a result may have; "None" where no parameter chooses one."""
    stated = {one.media_type for one in model.places if (one.kind or model.output.kind) == model.output.kind}
    chosen = [one for one in stated if isinstance(one, ir.TypeBy)]
    if len(chosen) != 1 or any(isinstance(one, ir.TypeIs) for one in stated):
        return "None"
    (one,) = chosen
    default = _default(model, one.parameter)
    return _unless_ignored(
        model, (one.parameter,), f"wanted.chosen(given, {one.parameter!r}, {dict(one.types)!r}{default})"
    )


def sides(model: ir.Model) -> Iterator[tuple[str, str]]:
    """Yield the pairs of parameters that are the width and the height of a size."""
    for rule in model.rules:
        for one in rule.options if isinstance(rule, ir.AnyOf) else (rule,):
            match one:
                case ir.Pixels(parameters=(width, height)):
                    yield width, height
                case _:
                    pass
    for facts in price_facts.priced(model):
        bands = [rate.amount.of for rate in facts.price.rates if isinstance(rate.amount, ir.Bands)]
        for reckoned in (*bands, *(one for _, one in facts.price.reckoned)):
            for leaf in formulas.leaves(reckoned.formula):
                match leaf:
                    case formulas.Measure(what="pixels" | "megapixels", of=(width, height)):
                        yield width, height
                    case _:
                        pass


def _said(model: ir.Model) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the expressions that read a size off a request, each with the parameters that it looks at."""
    tabled = () if model.sizes is None else model.sizes.by
    if tabled:
        yield f"wanted.tabled(given, {_defaults(model, tabled)}, sizes.SIZES)", tabled
    for one in model.parameters:
        kind = ir.bare(one.kind)
        if isinstance(kind, ir.PixelSize) and one.name not in tabled:
            yield f"wanted.written(given, {one.name!r}, {''.join(kind.separators)!r})", (one.name,)
    for pair in dict.fromkeys(sides(model)):
        yield f"wanted.sides(given, {_defaults(model, pair)})", pair


def _defaults(model: ir.Model, names: tuple[str, ...]) -> str:
    return f"{{{', '.join(f'{name!r}: {_in_effect(model, name)!r}' for name in names)}}}"


def _default(model: ir.Model, name: str) -> str:
    default = _in_effect(model, name)
    return "" if default is None else f", {default!r}"


def _in_effect(model: ir.Model, name: str) -> object:
    """Give what counts for a parameter that is left out; None where that depends on others."""
    parameter = model.parameter(name)
    if parameter is None or parameter.default is None or price_facts.fixed(model, name):
        return None
    return words.plain(parameter.default)


def _unless_ignored(model: ir.Model, names: tuple[str, ...], spelled: str) -> str:
    """Spell that nothing is asked where the documents say that a parameter changes nothing."""
    ignored = [
        condition_words.python(rule.when)
        for rule in model.rules
        if isinstance(rule, ir.Forbid) and rule.ignored and set(rule.parameters) & set(names)
    ]
    return f"None if {' or '.join(f'({one})' for one in ignored)} else {spelled}" if ignored else spelled
