"""Finds the unit of a formula, and what in it cannot be reckoned."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import assert_never

from proviso import formulas, units
from proviso.formula_words import written
from proviso.formulas import Binary, Extreme, Formula, Leaf, Literally, Measure, Name, Rounded
from proviso.units import Unit


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong in a formula. at: the character at which it stands, counted from 0."""

    at: int
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of the leaves of a formula: their units, and the amounts of those that never change."""

    unit: Callable[[Leaf], Unit | None]
    fixed: Mapping[str, Decimal]


# A number as written has no unit until it meets one.
_OPEN = None
_Found = Unit | None
_SHOWN = 60


def problems(formula: Formula, known: Known, wanted: Unit, what: str) -> list[Problem]:
    """Find everything wrong in a formula whose result is in a wanted unit; `what` it is for, in words."""
    reader = _Reader(known=known)
    found = reader.unit(formula)
    reader.divisions(formula)
    if found is None and wanted != units.PLAIN:
        reader.complain(formula, f"{what} is {_quoted(formula)}, a plain number, and must be in {wanted}")
    elif found not in (None, wanted, units.WRONG):
        reader.complain(
            formula, f"{what} is in {found}, and must be in {wanted}{_remedy(formula, found, wanted, known)}"
        )
    return sorted(set(reader.problems))


def of(formula: Formula, known: Known) -> Unit:
    """Give the unit of a formula that has no problem."""
    return _Reader(known=known).unit(formula) or units.PLAIN


@dataclass(slots=True, kw_only=True)
class _Reader:
    known: Known
    problems: list[Problem] = field(default_factory=list[Problem])

    def complain(self, formula: Formula, message: str) -> None:
        self.problems.append(Problem(formula.at, message))

    def unit(self, formula: Formula) -> _Found:
        match formula:
            case Name() | Measure():
                found = self.known.unit(formula)
                return units.WRONG if found is None else found
            case Literally():
                return _OPEN
            case Binary(operator="*" | "/" as operator, left=left, right=right):
                one, other = self.unit(left), self.unit(right)
                if one is None and other is None:
                    return _OPEN
                joined = units.times if operator == "*" else units.over
                return joined(one or units.PLAIN, other or units.PLAIN)
            case Binary(operator=operator, left=left, right=right):
                verb = "added" if operator == "+" else "subtracted"
                return self._alike(formula, (left, right), verb)
            case Extreme(of=parts):
                return self._alike(formula, parts, "compared")
            case Rounded(value=value, step=step):
                found, by = self.unit(value), self.unit(step)
                if found is not None and by not in (None, found) and units.WRONG not in (found, by):
                    self.complain(formula, f"{_quoted(value)} is in {found}, and its step {_quoted(step)} in {by}")
                return found
            case _:
                assert_never(formula)

    def _alike(self, formula: Formula, parts: tuple[Formula, ...], verb: str) -> _Found:
        """Give the unit that all parts are in; that of the first is taken for granted where others differ."""
        found = [(part, self.unit(part)) for part in parts]
        if any(unit == units.WRONG for _, unit in found):
            return units.WRONG
        first, wanted = next(((part, unit) for part, unit in found if unit is not None), (formula, None))
        for part, unit in found:
            if unit is None and wanted is not None and units.is_money(wanted):
                self.complain(
                    part,
                    f"{_quoted(part)} is a plain number, and {_quoted(first)} is in {wanted}: they cannot be {verb}; "
                    f"make the amount a rate",
                )
            elif unit not in (None, wanted):
                self.complain(
                    formula,
                    f"{_quoted(first)} is in {wanted}, and {_quoted(part)} in {unit}: they cannot be {verb}",
                )
        return wanted

    def divisions(self, formula: Formula, *, rounded: bool = False) -> None:
        """Complain of what may divide by zero, or may give a number without an end."""
        match formula:
            case Binary(operator="/", right=right):
                divisor = self._fixed(right)
                if divisor is None or divisor <= 0:
                    message = "it may divide by zero: divide by numbers and rates that are not zero"
                    self.complain(formula, message)
                elif not rounded and not _ends(divisor):
                    self.complain(
                        formula,
                        f"a division by {divisor:f} may have no end; put it right inside a function that rounds, "
                        f"such as round_up({_quoted(formula)}, 0.01)",
                    )
            case Rounded(step=step):
                by = self._fixed(step)
                if by is None or by <= 0:
                    self.complain(step, "a step is a number or a rate that is not zero")
            case _:
                pass
        inside = isinstance(formula, Rounded)
        for part in formulas.parts(formula):
            self.divisions(part, rounded=inside)

    def _fixed(self, formula: Formula) -> Decimal | None:
        if any(not isinstance(leaf, Name) or leaf.name not in self.known.fixed for leaf in formulas.leaves(formula)):
            return None
        try:
            return formulas.evaluate(
                formula, lambda leaf: self.known.fixed[leaf.name] if isinstance(leaf, Name) else Decimal(0)
            )
        except ArithmeticError:
            return None


def _ends(divisor: Decimal) -> bool:
    """Tell whether every division by a number above zero ends: its numerator has no prime factors but 2 and 5."""
    number, _ = divisor.as_integer_ratio()
    for prime in (2, 5):
        while number % prime == 0:
            number //= prime
    return number == 1


def _remedy(formula: Formula, found: Unit, wanted: Unit, known: Known) -> str:
    """Name what to multiply by where that alone is missing, or the number whose unit may be missing."""
    missing = units.over(wanted, found)
    if len(missing.powers) != 1 or missing.powers[0][1] != 1:
        return ""
    used = set(formulas.names(formula))
    bare = sorted(name for name in used if known.unit(Name(name)) == units.PLAIN and name not in known.fixed)
    if bare:
        return f"; should {bare[0]} have the unit {missing}?"
    near = [name for name in formulas.BUILT_IN if known.unit(Name(name)) == missing and name not in used]
    return f"; multiply it by {' or '.join(near)}" if near else ""


def _quoted(formula: Formula) -> str:
    text = written(formula)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 3]}..."


def uses(formula: Formula) -> Iterator[str]:
    """Yield the parameters and names that a formula depends on."""
    for leaf in formulas.leaves(formula):
        yield from leaf.of if isinstance(leaf, Measure) else (leaf.name,)
