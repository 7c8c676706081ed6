"""Spells prices as Python: the constants of rates, and formulas as expressions over params."""

from __future__ import annotations

import keyword
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from proviso import condition_words, formula_words, formulas, ir, naming, price_facts, python_types, words
from proviso.formulas import Leaf, Measure, Name

# What the functions of a price module name already, beside those for rates and for values in effect.
_TAKEN = frozenset({"charge", "checks", "errors", "hold", "max", "min", "params", "pricing", "quote", "sizes"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedFunction:
    """What counts for a parameter that others fix: pairs of an expression and a value, and what counts else.

    nullable: whether null may be sent, which counts as nothing.
    """

    name: str
    type: str
    parameter: str
    nullable: bool
    cases: tuple[tuple[str, str], ...]
    default: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Speller:
    """Spells the formulas of a price. constants: the names of rates as constants of the module."""

    facts: price_facts.Facts
    constants: Mapping[str, str]

    def expression(self, one: ir.Reckoned) -> str:
        """Spell a formula; names that no request fixes are variables."""
        ones = {name for name in formulas.BUILT_IN if self.facts.counted(name) == 1}
        return formula_words.python(one.formula, leaf=self._leaf, number=decimal, ones=frozenset(ones))

    def amount(self, rate: ir.Rate) -> str:
        """Spell the value of a rate's constant."""
        match rate.amount:
            case Decimal() as amount:
                return self._cell(rate, amount)
            case ir.Table(rows=rows):
                return f"{{{', '.join(f'{_key(row.values)}: {self._cell(rate, row.amount)}' for row in rows)}}}"
            case ir.Bands(bands=bands):
                parts = [
                    f"({'None' if band.up_to is None else decimal(band.up_to)}, {self._cell(rate, band.amount)})"
                    for band in bands
                ]
                return f"({', '.join(parts)})"
            case ir.Cases() | ir.Range() | ir.Unknown():
                return ""
            case _:
                assert_never(rate.amount)

    def annotation(self, rate: ir.Rate) -> str:
        """Spell the type of a rate's constant where its values do not tell: reasons beside amounts, None beside values."""
        if not isinstance(rate.amount, ir.Table):
            return ""
        rows = rate.amount.rows
        lacking = any(None in row.values for row in rows)
        if not lacking and not _silent(rows):
            return ""
        columns = zip(*(row.values for row in rows), strict=True)
        keys = [" | ".join(_types(column)) for column in columns]
        key = keys[0] if len(keys) == 1 else f"tuple[{', '.join(keys)}]"
        return f": dict[{key}, Decimal{' | str' if _silent(rows) else ''}]"

    def cases(self, rate: ir.Rate) -> tuple[tuple[str, str], ...]:
        """Spell the conditions and the amounts of a rate that goes by conditions; nothing for others."""
        if not isinstance(rate.amount, ir.Cases):
            return ()
        return tuple(
            (condition_words.python(one.when) if one.when else "", self._case(rate, one.amount))
            for one in rate.amount.cases
        )

    def cell(self, rate: ir.Rate, table: ir.Table) -> str:
        """Spell the cell of a table that counts for a request: its amount, or why it is not known."""
        return f"{self.constants[rate.name]}[{', '.join(map(self._given, table.by))}]"

    def requested(self) -> str:
        """Spell how many are asked for."""
        return self._leaf(Name("requested"))

    def _case(self, rate: ir.Rate, amount: Decimal | ir.Unknown) -> str:
        spelled = self._cell(rate, amount)
        return f"pricing.known({spelled})" if isinstance(amount, ir.Unknown) else spelled

    def _cell(self, rate: ir.Rate, amount: Decimal | ir.Unknown) -> str:
        if isinstance(amount, ir.Unknown):
            return repr(f"{rate.name} is not known here: {amount.why}")
        single = price_facts.each(rate, amount)
        return decimal(amount if single is None else single)

    def _leaf(self, leaf: Leaf) -> str:
        if isinstance(leaf, Measure):
            return self._measure(leaf)
        name = leaf.name
        if self.facts.range(name) is not None or (name == "delivered" and self.facts.counted(name) != 1):
            return variable(name)
        if name == formulas.REQUEST:
            return decimal(Decimal(1))
        rate = self.facts.rate(name)
        if rate is not None:
            return self._rate(rate)
        counted = self.facts.counted(name)
        if isinstance(counted, int):
            return decimal(Decimal(counted))
        given = self._given(name if counted is None else counted.name)
        kind = None if counted is None else ir.bare(counted.kind)
        if isinstance(kind, ir.UnitText):
            return f"pricing.number({given}, {kind.unit!r})"
        return f"pricing.exact({given})"

    def _rate(self, rate: ir.Rate) -> str:
        constant = self.constants[rate.name]
        match rate.amount:
            case ir.Cases():
                return f"{constant}(params)"
            case ir.Table(rows=rows) as table:
                found = self.cell(rate, table)
                return f"pricing.known({found})" if _silent(rows) else found
            case ir.Bands(of=of, marginal=marginal):
                return f"pricing.{'marginal' if marginal else 'band'}({constant}, {self.expression(of)})"
            case _:
                return constant

    def _measure(self, measure: Measure) -> str:
        given = [self._given(name) for name in measure.of]
        match measure.what:
            case "count" | "characters":
                return f"pricing.{measure.what}({given[0]})"
            case "pixels" | "megapixels":
                return f"pricing.{measure.what}({self._size(measure, given)})"
            case _:
                assert_never(measure.what)

    def _size(self, measure: Measure, given: list[str]) -> str:
        sizes = self.facts.model.sizes
        if not measure.of and sizes is not None:
            return f"pricing.tabled({', '.join(['sizes.SIZES', *map(self._given, sizes.by)])})"
        if len(measure.of) > 1:
            return f"pricing.sides({', '.join(given)})"
        parameter = self.facts.model.parameter(measure.of[0]) if measure.of else None
        kind = None if parameter is None else ir.bare(parameter.kind)
        separators = kind.separators if isinstance(kind, ir.PixelSize) else ()
        return f"pricing.explicit({given[0]}, {''.join(separators)!r})"

    def fixed(self) -> tuple[FixedFunction, ...]:
        """Spell a function for each parameter of the formulas that others may fix."""
        asked = [name for _, one in self.facts.price.reckoned for name, _ in price_facts.parameters(self.facts, one)]
        found: list[FixedFunction] = []
        for name in dict.fromkeys(asked):
            parameter, rules = self.facts.model.parameter(name), price_facts.fixed(self.facts.model, name)
            if parameter is None or not rules or _always_given(parameter):
                continue
            default = "None" if parameter.default is None else repr(words.plain(parameter.default))
            spelled = python_types.python_type(ir.bare(parameter.kind))
            found.append(
                FixedFunction(
                    name=f"effective_{name}",
                    type=spelled if parameter.default is not None else f"{spelled} | None",
                    parameter=name,
                    nullable=isinstance(parameter.kind, ir.Nullable),
                    cases=tuple((condition_words.python(when), repr(words.plain(value))) for when, value in rules),
                    default=default,
                )
            )
        return tuple(found)

    def _given(self, name: str) -> str:
        parameter = self.facts.model.parameter(name)
        if parameter is None or _always_given(parameter):
            return f"params[{name!r}]"
        if price_facts.fixed(self.facts.model, name):
            return f"effective_{name}(params)"
        sent = f"params[{name!r}]" if parameter.required else f"params.get({name!r})"
        if parameter.default is None:
            return sent
        default = repr(words.plain(parameter.default))
        if isinstance(parameter.kind, ir.Nullable):
            return f"pricing.given({sent}, {default})"
        return f"params.get({name!r}, {default})"


def constants(price: ir.Price) -> dict[str, str]:
    """Name the constants of rates by what they are: a rate, a table of rates, bands, a function."""
    endings = {Decimal: "RATE", ir.Table: "RATES", ir.Bands: "BANDS", ir.Cases: "RATE"}
    spelled = naming.constants(rate.name for rate in price.rates)
    return {
        rate.name: _constant(f"{spelled[rate.name]}_{endings[type(rate.amount)]}", rate)
        for rate in price.rates
        if type(rate.amount) in endings
    }


def _constant(name: str, rate: ir.Rate) -> str:
    # What goes by conditions is a function.
    return name.lower() if isinstance(rate.amount, ir.Cases) else name


def variable(name: str) -> str:
    """Name the variable of a quantity that no request fixes."""
    function = name.endswith("_rate") or name.startswith("effective_")
    taken = function or keyword.iskeyword(name) or name in _TAKEN
    # Names that end so get another, lest they meet one that was changed.
    return f"{name}_" if taken or name.endswith("_") else name


def decimal(number: Decimal) -> str:
    """Spell an exact number."""
    text = f"{number:f}"
    return f"Decimal({text})" if text.isdigit() else f'Decimal("{text}")'


def _silent(rows: tuple[ir.TableRow, ...]) -> bool:
    return any(isinstance(row.amount, ir.Unknown) for row in rows)


def _always_given(parameter: ir.Parameter) -> bool:
    return parameter.required and not isinstance(parameter.kind, ir.Nullable)


def _types(values: Sequence[ir.Scalar | None]) -> list[str]:
    """Name the types of some values, None last."""
    found = sorted({type(words.plain(value)).__name__ for value in values if value is not None})
    return [*found, "None"] if None in values else found


def _key(values: tuple[ir.Scalar | None, ...]) -> str:
    spelled = ["None" if value is None else repr(words.plain(value)) for value in values]
    return spelled[0] if len(spelled) == 1 else f"({', '.join(spelled)})"
