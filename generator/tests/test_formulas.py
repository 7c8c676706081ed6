"""A formula is read once, written back as it was, and reckoned exactly."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proviso import formula_units, formulas, units
from proviso.formula_syntax import FormulaError, parse
from proviso.formula_words import written as text_of
from proviso.formulas import Binary, Extreme, Formula, Leaf, Literally, Measure, Name, Rounded

NAMES = ("n", "image", "_x1", "max_images", "min", "Max")
numbers = st.decimals(min_value=0, max_value=10**6, places=4, allow_nan=False) | st.sampled_from(
    [Decimal(0), Decimal("0.0320"), Decimal("0.0000001"), Decimal(10**20)]
)
named: st.SearchStrategy[Formula] = st.sampled_from(NAMES).map(Name)
measures = st.sampled_from([Measure("count", ("n",)), Measure("megapixels", ()), Measure("pixels", ("n", "Max"))])
leaves = named | numbers.map(Literally)
steps = st.decimals(min_value="0.01", max_value=100, places=2).map(Literally)


def over(inner: st.SearchStrategy[Formula], operators: str) -> st.SearchStrategy[Formula]:
    which = st.sampled_from([one for one in ("+", "-", "*", "/") if one in operators])
    extreme = st.builds(Extreme, st.sampled_from(["min", "max"]), st.lists(inner, min_size=2, max_size=3).map(tuple))
    whole = st.builds(Rounded, st.sampled_from(["ceil", "floor"]), inner, st.just(Literally(Decimal(1))))
    rounded = st.builds(Rounded, st.sampled_from(["round_up", "round_down", "round_half_up"]), inner, steps)
    return st.builds(Binary, which, inner, inner) | extreme | whole | rounded


written = st.recursive(leaves | measures, lambda inner: over(inner, "+-*/"), max_leaves=8)
exact = st.recursive(leaves, lambda inner: over(inner, "+-*"), max_leaves=8)
values = st.fixed_dictionaries(dict.fromkeys(NAMES, numbers))


@given(written)
def test_a_formula_written_and_read_is_the_same(formula: Formula) -> None:
    assert parse(text_of(formula)) == formula


@given(exact, values)
def test_a_formula_is_reckoned_exactly(formula: Formula, given_values: Mapping[str, Decimal]) -> None:
    assert Fraction(formulas.evaluate(formula, looked_up(given_values))) == fraction(formula, given_values)


@given(st.sampled_from(["ceil(a / b)", "floor(a / b)", "round_up(a / b, c)", "round_half_up(a / b, c)"]), st.data())
def test_a_quotient_is_rounded_as_if_it_had_all_its_digits(text: str, data: st.DataObject) -> None:
    a, b, c = (data.draw(st.decimals(min_value="0.01", max_value=10**6, places=2)) for _ in "abc")
    found = formulas.evaluate(parse(text), looked_up({"a": a, "b": b, "c": c}))
    step = Fraction(1) if "c" not in text.partition("(")[2] else Fraction(c)
    times = Fraction(a) / Fraction(b) / step
    whole = {"c": math.ceil, "f": math.floor}.get(text[0], math.ceil)(times)
    assert Fraction(found) == step * (math.floor(times + Fraction(1, 2)) if "half" in text else whole)


def test_what_would_have_to_be_cut_off_is_an_error_and_no_number() -> None:
    with pytest.raises(ArithmeticError):
        formulas.evaluate(parse("1 / 3"), looked_up({}))


@given(st.integers(-999, 999), st.integers(0, 6), st.integers(0, 6))
def test_division_is_exact_where_a_decimal_can_be(number: int, twos: int, fives: int) -> None:
    divisor = 2**twos * 5**fives
    quotient = formulas.evaluate(parse("a / b"), looked_up({"a": Decimal(number), "b": Decimal(divisor)}))
    assert Fraction(quotient) == Fraction(number, divisor)


@given(exact)
def test_a_formula_asks_for_the_names_that_it_lists(formula: Formula) -> None:
    asked: list[str] = []

    def ask(leaf: Leaf) -> Decimal:
        assert isinstance(leaf, Name)
        asked.append(leaf.name)
        return Decimal(1)

    formulas.evaluate(formula, ask)
    assert asked == list(formulas.names(formula))


@given(st.text(alphabet="nm i.0159+-*/(),_e ", max_size=40))
def test_any_text_is_a_formula_or_refused_with_a_place(text: str) -> None:
    formula, offset = tried(text)
    if formula is None:
        assert 0 <= offset <= len(text)
    else:
        assert parse(text_of(formula)) == formula


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("a-b-c", Binary("-", Binary("-", Name("a"), Name("b")), Name("c"))),
        ("a-(b-c)", Binary("-", Name("a"), Binary("-", Name("b"), Name("c")))),
        ("a+b*c", Binary("+", Name("a"), Binary("*", Name("b"), Name("c")))),
        ("(a + b)/ 2.50", Binary("/", Binary("+", Name("a"), Name("b")), Literally(Decimal("2.50")))),
        ("min(a, max(b,1))", Extreme("min", (Name("a"), Extreme("max", (Name("b"), Literally(Decimal(1))))))),
    ],
)
def test_operators_bind_as_in_school(text: str, formula: Formula) -> None:
    assert parse(text) == formula


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("", 0), ("   ", 3), ("a b", 2), ("a +", 3), ("* a", 0), ("(a", 2), ("a)", 1), ("a ** b", 3), ("-a", 0),
        ("abs(a)", 3), ("min()", 4), ("min(a", 5), ("min(a,)", 6), ("1e3", 1), (".5", 0), ("1.", 1), ("a # b", 2),
        ("a; b", 1), ("a.b", 1), ("a[0]", 1), ("'a'", 0), ("é", 0), ("a = b", 2), ("__import__('os')", 11),
        ("(" * 30 + "a" + ")" * 30, 20), ("a+" * 300 + "a", 0),
    ],
)  # fmt: skip
def test_what_is_no_formula_is_refused_at_its_place(text: str, offset: int) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    assert abs(caught.value.offset - offset) <= 1


IN = {
    "requested": units.unit(["image"]), "delivered": units.unit(["image"]), "request": units.unit(["request"]),
    "duration": units.unit(["second"]), "length": units.unit(["second"], ["video"]), "steps": units.PLAIN,
    "image": units.unit(["USD"], ["image"]), "second": units.unit(["USD"], ["second"]), "base": units.unit(["USD"], ["request"]),
    "least": units.unit(["USD"]), "cost": units.unit(["credit"], ["image"]), "credit": units.unit(["USD"], ["credit"]),
    "hd": units.PLAIN, "none": units.PLAIN,
}  # fmt: skip
FIXED = {"hd": Decimal("1.5"), "image": Decimal("0.04"), "none": Decimal(0), "credit": Decimal("0.03")}


def complained(text: str) -> list[str]:
    known = formula_units.Known(
        unit=lambda leaf: IN.get(leaf.name) if isinstance(leaf, Name) else IN["steps"], fixed=FIXED
    )
    found = formula_units.problems(parse(text), known, units.unit(["USD"]), "the charge")
    return [f"{one.at}: {one.message}" for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "requested * image", "requested * cost * credit", "least", "max(least, delivered * image)", "request * base + least",
        "requested * image * hd", "(duration + 5) * second", "max(duration, 5) * second", "steps / 10 * least",
        "round_up(requested * image / 3, 0.01)", "round_up(duration, 5) * second", "ceil(duration / 15) * second * 15",
        "duration / 8 * second", "requested * image / hd * hd * 2 - least", "requested * cost * image / cost",
    ],
)  # fmt: skip
def test_units_that_come_out_as_money_pass(text: str) -> None:
    unending = text in ("requested * image / hd * hd * 2 - least", "requested * cost * image / cost")
    assert bool(complained(text)) is unending


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("image", "0: the charge is in USD per image, and must be in USD; multiply it by requested or delivered"),
        ("base", "0: the charge is in USD per request, and must be in USD; multiply it by request"),
        ("requested * second", "10: the charge is in USD times image per second, and must be in USD"),
        ("requested", "0: the charge is in image, and must be in USD"),
        ("requested * cost", "10: the charge is in credit, and must be in USD"),
        ("least + requested", "6: least is in USD, and requested in image: they cannot be added"),
        ("min(least, duration)", "0: least is in USD, and duration in second: they cannot be compared"),
        ("(duration - steps) * second", "10: duration is in second, and steps in no unit: they cannot be subtracted"),
        (
            "least + 0.01",
            "8: 0.01 is a plain number, and least is in USD: they cannot be added; make the amount a rate",
        ),
        ("0.04", "0: the charge is 0.04, a plain number, and must be in USD"),
        ("least / steps", "6: it may divide by zero: divide by numbers and rates that are not zero"),
        ("least / none", "6: it may divide by zero: divide by numbers and rates that are not zero"),
        (
            "least / 3",
            "6: a division by 3 may have no end; put it right inside a function that rounds, such as "
            "round_up(least / 3, 0.01)",
        ),
        ("round_up(duration, duration) * second", "19: a step is a number or a rate that is not zero"),
        ("round_up(least, image)", "0: least is in USD, and its step image in USD per image"),
        (
            "requested * length * second",
            "19: the charge is in USD times image per video, and must be in USD",
        ),
    ],
)
def test_units_that_do_not_fit_are_told_at_their_place(text: str, expected: str) -> None:
    assert complained(text) == [expected]


def fraction(formula: Formula, given_values: Mapping[str, Decimal]) -> Fraction:
    """Reckon with fractions, apart from the code under test."""
    match formula:
        case Name(name=name):
            return Fraction(given_values[name])
        case Literally(number=number):
            return Fraction(number)
        case Binary(operator=operator, left=left, right=right):
            a, b = fraction(left, given_values), fraction(right, given_values)
            return {"+": a + b, "-": a - b, "*": a * b}[operator]
        case Extreme(which=which, of=parts):
            found = [fraction(part, given_values) for part in parts]
            return min(found) if which == "min" else max(found)
        case Rounded(how=how, value=value, step=step):
            by = fraction(step, given_values)
            times = fraction(value, given_values) / by
            ends = {"ceil": math.ceil, "round_up": math.ceil, "floor": math.floor, "round_down": math.floor}
            return by * (ends[how](times) if how in ends else math.floor(times + Fraction(1, 2)))
        case Measure():
            raise AssertionError(formula)
        case _:
            assert_never(formula)


def looked_up(given_values: Mapping[str, Decimal]) -> Callable[[Leaf], Decimal]:
    def number(leaf: Leaf) -> Decimal:
        assert isinstance(leaf, Name)
        return given_values[leaf.name]

    return number


def tried(text: str) -> tuple[Formula | None, int]:
    """Read a text; where it is no formula, give the place where that shows."""
    try:
        return parse(text), 0
    except FormulaError as error:
        return None, error.offset
