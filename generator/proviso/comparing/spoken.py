"""Facts in a few words, whatever they are."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from decimal import Decimal

from proviso import (
    formula_words,
    formulas,
    index_jobs,
    ir,
    kind_words,
    markdown,
    price_words,
    rate_words,
    rule_sentences,
    units,
    words,
)
from proviso.diagnostics import printable

_LONGEST = 120
_KINDS = (
    ir.Text, ir.Choice, ir.Only, ir.Url, ir.Formatted, ir.Mixed, ir.PixelSize, ir.UnitText, ir.Integer, ir.Number, ir.Flag,
    ir.Sequence, ir.Object, ir.Union, ir.Nullable,
)  # fmt: skip
_FORMULAS = (formulas.Name, formulas.Measure, formulas.Literally, formulas.Binary, formulas.Extreme, formulas.Rounded)


def spoken(one: object, *, seconds: bool = False) -> str:
    """Say a fact on one line of bounded length. seconds: whether numbers are lengths of time."""
    text = " ".join((_time(one) if seconds else _said(one)).split())
    return printable(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}...")


def percent(old: Decimal, new: Decimal) -> str:
    """Say how far one amount is from another, such as `+6.1 %`; nothing where the old one is zero."""
    if not old:
        return ""
    share = (new - old) / old * 100
    return f"{share:+.1f} %"


def times(old: Decimal, new: Decimal) -> str:
    """Say the change of an amount in parentheses, where there is a share to say."""
    share = percent(old, new)
    return f" ({share})" if share else ""


def _time(one: object) -> str:
    if isinstance(one, tuple):
        return " to ".join(map(_time, one))
    return markdown.seconds(one) if isinstance(one, Decimal) else _said(one)


def _said(one: object) -> str:
    match one:
        case None:
            return "nothing"
        case str() | bool() | int():
            return words.spoken(one)
        case Decimal():
            return f"{one:f}"
        case units.Unit():
            return str(one)
        case ir.Unknown():
            return "unknown"
        case ir.UnknownPrice():
            return "unknown"
        case ir.Reckoned(formula=formula):
            return formula_words.written(formula)
        case ir.Parameter(kind=kind):
            return f"{one.name}: {kind_words.limits(kind)}"
        case ir.Rate():
            return price_words.rate(one)
        case ir.Price():
            return ", ".join(map(price_words.rate, one.rates)) + f", {price_words.scope(one)}"
        case ir.RateLimit():
            return rate_words.spoken(one)
        case ir.Pace():
            return index_jobs.schedule((one,))
        case ir.Retention(seconds=lasts, since=since):
            return f"{markdown.seconds(lasts)} from {since}"
        case ir.SizeRow(values=values, pixels=(width, height)):
            return f"{' '.join(values)}: {width}x{height}"
        case ir.Fetch() | ir.Operation() if one.call is not None:
            return one.call
        case ir.Doubt(id=name, ruling=ruling):
            return f"{name}: {ruling}"
        case ir.RequestWitness(name=name) | ir.ReplyWitness(name=name):
            return name
        case ir.Setting(name=name, variable=variable):
            return f"{name} ({variable})"
        case ir.Free():
            return price_words.free(one)
        case ir.Source(title=title) | ir.Model(title=title) | ir.Provider(title=title):
            return title
        case _:
            return _composed(one)


def _composed(one: object) -> str:
    match one:
        case (
            ir.Require()
            | ir.Forbid()
            | ir.Group()
            | ir.Limit()
            | ir.Pixels()
            | ir.AnyOf()
            | ir.Total()
            | ir.EqualCounts()
        ):
            return _rule(one)
        case ir.Sets():
            return _rule(one)
        case ir.Among() | ir.Within() | ir.Given() | ir.Unless():
            return words.condition(one)
        case tuple():
            return ", ".join(map(_said, one)) or "none"
        case list():
            return f"[{', '.join(map(_said, one))}]"
        case Mapping():
            return f"{{{', '.join(f'{key}: {_said(value)}' for key, value in one.items())}}}"
        case _ if isinstance(one, _KINDS):
            return kind_words.limits(one)
        case _ if isinstance(one, _FORMULAS):
            return formula_words.written(one)
        case _ if dataclasses.is_dataclass(one):
            told = ((field.name, getattr(one, field.name)) for field in dataclasses.fields(one) if field.compare)
            return ", ".join(f"{name} {_said(value)}" for name, value in told if value not in (None, (), False))
        case _:
            return str(one)


def _rule(one: ir.Rule) -> str:
    return " ".join(rule_sentences.sentence(names, said) for names, said in rule_sentences.clauses(one))
