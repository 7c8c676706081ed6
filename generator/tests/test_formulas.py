"""A formula is read once, written back as it was, and reckoned exactly."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import assert_never

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proviso import formulas, words
from proviso.formulas import Binary, Extreme, Formula, Literally, Name

NAMES = ("n", "image", "_x1", "max_images", "min", "Max")
numbers = st.decimals(min_value=0, max_value=10**6, places=4, allow_nan=False) | st.sampled_from(
    [Decimal(0), Decimal("0.0320"), Decimal("0.0000001"), Decimal(10**20)]
)
leaves: st.SearchStrategy[Formula] = st.sampled_from(NAMES).map(Name) | numbers.map(Literally)


def over(inner: st.SearchStrategy[Formula], operators: str) -> st.SearchStrategy[Formula]:
    which = st.sampled_from([one for one in ("+", "-", "*", "/") if one in operators])
    extreme = st.builds(Extreme, st.sampled_from(["min", "max"]), st.lists(inner, min_size=2, max_size=3).map(tuple))
    return st.builds(Binary, which, inner, inner) | extreme


written = st.recursive(leaves, lambda inner: over(inner, "+-*/"), max_leaves=8)
exact = st.recursive(leaves, lambda inner: over(inner, "+-*"), max_leaves=8)
values = st.fixed_dictionaries(dict.fromkeys(NAMES, numbers))


@given(written)
def test_a_formula_written_and_read_is_the_same(formula: Formula) -> None:
    assert formulas.parse(words.formula(formula)) == formula


@given(exact, values)
def test_a_formula_is_reckoned_exactly(formula: Formula, given_values: Mapping[str, Decimal]) -> None:
    with localcontext(prec=400):
        assert Fraction(formulas.evaluate(formula, given_values)) == fraction(formula, given_values)


@given(st.integers(-999, 999), st.integers(0, 6), st.integers(0, 6))
def test_division_is_exact_where_a_decimal_can_be(number: int, twos: int, fives: int) -> None:
    divisor = 2**twos * 5**fives
    quotient = formulas.evaluate(formulas.parse("a / b"), {"a": Decimal(number), "b": Decimal(divisor)})
    assert Fraction(quotient) == Fraction(number, divisor)


@given(exact)
def test_a_formula_asks_for_the_names_that_it_lists(formula: Formula) -> None:
    asked: list[str] = []

    class Values(dict[str, Decimal]):
        def __missing__(self, name: str) -> Decimal:
            asked.append(name)
            return Decimal(1)

    formulas.evaluate(formula, Values())
    assert asked == list(formulas.names(formula))


@given(st.text(alphabet="nm i.0159+-*/(),_e ", max_size=40))
def test_any_text_is_a_formula_or_refused_with_a_place(text: str) -> None:
    formula, offset = tried(text)
    if formula is None:
        assert 0 <= offset <= len(text)
    else:
        assert formulas.parse(words.formula(formula)) == formula


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
    assert formulas.parse(text) == formula


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
    with pytest.raises(formulas.FormulaError) as caught:
        formulas.parse(text)
    assert abs(caught.value.offset - offset) <= 1


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
        case _:
            assert_never(formula)


def tried(text: str) -> tuple[Formula | None, int]:
    """Read a text; where it is no formula, give the place where that shows."""
    try:
        return formulas.parse(text), 0
    except formulas.FormulaError as error:
        return None, error.offset
