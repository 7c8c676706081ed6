"""Spells what a request asks for as Python: how many results, of how many pixels, in which format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from proviso import condition_words, formulas, ir, price_facts, words


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What is asked: an expression over `given`, "None" where nothing is, and the condition under which it counts."""

    spelled: str
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What may name pixels in a request: its parameters, and the expression that reads them."""

    parameters: tuple[str, ...]
    spelled: str
    is_table: bool = False


_NOTHING = Asking(spelled="None")


def count(model: ir.Model) -> Asking:
    """Spell how many results a request asks for."""
    made = model.output
    if isinstance(made.count, int):
        return Asking(spelled=repr((1 if made.at_most else made.count, made.count)))
    function = "at_most" if made.at_most else "exactly"
    return _where(model, (made.count,), f"wanted.{function}(given, {made.count!r}{_default(model, made.count)})")


def pixels(model: ir.Model) -> Asking:
    """Spell the sizes that an image may have; "None" where no request says any."""
    stated = model.output.pixels
    named, silent = named_places(model)
    if not named:
        return _NOTHING
    said = [one.spelled for one in named]
    if silent:
        said.append(f"wanted.nothing(given, {tuple(name for one in silent for name in one.parameters)!r})")
    return _where(
        model,
        tuple(name for one in named for name in one.parameters),
        f"wanted.sizes({', '.join(said)})",
        stated.when if isinstance(stated, ir.Sized) else (),
    )


def media_types(model: ir.Model) -> Asking:
    """Spell the media types that a result may have; "None" where no parameter chooses one."""
    one = chooser(model)
    if one is None:
        return _NOTHING
    spelled = f"wanted.chosen(given, {one.parameter!r}, {dict(one.types)!r}{_default(model, one.parameter)})"
    return _where(model, (one.parameter,), spelled)


def reads_table(model: ir.Model) -> bool:
    """Tell whether the table of sizes is looked into."""
    return any(one.is_table for one in named_places(model)[0])


def places(model: ir.Model) -> Iterator[Place]:
    """Yield what may name pixels in a request: the table of sizes, texts with a size, pairs of sides."""
    tabled = () if model.sizes is None else model.sizes.by
    if tabled:
        spelled = f"wanted.tabled(given, {_defaults(model, tabled)}, sizes.SIZES)"
        yield Place(parameters=tabled, spelled=spelled, is_table=True)
    for one in model.parameters:
        kind = ir.bare(one.kind)
        if isinstance(kind, ir.PixelSize) and one.name not in tabled:
            spelled = f"wanted.written(given, {one.name!r}, {''.join(kind.separators)!r})"
            yield Place(parameters=(one.name,), spelled=spelled)
    for pair in dict.fromkeys(sides(model)):
        yield Place(parameters=pair, spelled=f"wanted.sides(given, {_defaults(model, pair)})")


def named_places(model: ir.Model) -> tuple[list[Place], list[Place]]:
    """Give the places that name the pixels of an image, and those that may name something else.

    Where it is not said which do, a table does, and a text or a pair of sides that is the only one.
    """
    found, stated = list(places(model)), model.output.pixels
    if isinstance(stated, ir.Unknown) or model.output.kind != "image":
        return [], found
    if isinstance(stated, ir.Sized) and stated.of is not None:
        return [one for one in found if set(one.parameters) <= set(stated.of)], []
    single = sum(not one.is_table for one in found) <= 1
    named = [one for one in found if one.is_table or single]
    return named, [one for one in found if one not in named]


def chooser(model: ir.Model) -> ir.TypeBy | None:
    """Give what chooses the format of what a model makes: what the output says, or else the places of results."""
    if model.output.media_type is not None:
        return model.output.media_type
    stated = {one.media_type for one in model.places if (one.kind or model.output.kind) == model.output.kind}
    chosen = [one for one in stated if isinstance(one, ir.TypeBy)]
    fixed = any(isinstance(one, ir.TypeIs) for one in stated)
    return chosen[0] if len(chosen) == 1 and not fixed else None


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


def _where(model: ir.Model, names: tuple[str, ...], spelled: str, when: tuple[ir.Condition, ...] = ()) -> Asking:
    """Spell what is asked under conditions, and never by parameters that the documents say to be ignored."""
    ignored = [
        f"not ({condition_words.python(rule.when)})"
        for rule in model.rules
        if isinstance(rule, ir.Forbid) and rule.ignored and set(rule.parameters) & set(names)
    ]
    return Asking(spelled=spelled, when=" and ".join([*([condition_words.python(when)] if when else []), *ignored]))
