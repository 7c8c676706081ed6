"""The sentences of violations of rules between parameters."""

from __future__ import annotations

from collections.abc import Callable

from proviso_runtime import pixel_wording, pixels, shapes, violation

_MOST_BITS = 90


def sentence(rule: str, value: object, terms: violation.Terms) -> str:
    """Say how a rule between parameters is broken; rule: its name in the spec language."""
    return _SENTENCES[rule](value, terms) if rule in _SENTENCES else f"breaks {rule}"


def lead(terms: violation.Terms) -> str:
    """Begin a sentence with the conditions of a rule, where it has any."""
    return f"when {terms.when}, " if terms.when else ""


def _require(_value: object, terms: violation.Terms) -> str:
    return f"is required{_when(terms)}"


def _forbid(_value: object, terms: violation.Terms) -> str:
    return f"is not allowed{_when(terms)}; leave it out"


def _ignored(_value: object, terms: violation.Terms) -> str:
    return f"is ignored{_when(terms)}"


def _at_most_one(_value: object, terms: violation.Terms) -> str:
    return f"is one too many: at most one of {_names(terms.allowed)} may be given{_when(terms)}"


def _exactly_one(value: object, terms: violation.Terms) -> str:
    wrong = "is one too many" if value is not None else "none is given"
    return f"{wrong}: exactly one of {_names(terms.allowed)} must be given{_when(terms)}"


def _at_least_one(_value: object, terms: violation.Terms) -> str:
    return f"none is given: at least one of {_names(terms.allowed)} must be given{_when(terms)}"


def _all_or_none(_value: object, terms: violation.Terms) -> str:
    return f"is missing: of {_names(terms.allowed)} all must be given, or none{_when(terms)}"


def _any_of(_value: object, terms: violation.Terms) -> str:
    options = ", or ".join(map(str, terms.allowed)) if shapes.is_tuple(terms.allowed) else ""
    return f"{lead(terms)}none of these limits is kept: {options}"


def _total(what: str) -> Callable[[object, violation.Terms], str]:
    def write(value: object, terms: violation.Terms) -> str:
        keyword, bound, names = terms.allowed if shapes.is_tuple(terms.allowed) else ("maximum", None, ())
        allowed = f"at {'most' if keyword == 'maximum' else 'least'} {bound}"
        long = type(value) is int and value.bit_length() > _MOST_BITS
        return f"the {what} of {_names(names)} is {'far more' if long else value}; it must be {allowed}{_when(terms)}"

    return write


def _equal_counts(value: object, terms: violation.Terms) -> str:
    names = terms.allowed if shapes.is_tuple(terms.allowed) else ()
    counts = value if shapes.is_tuple(value) else ()
    found = ", ".join(f"{name} has {count}" for name, count in zip(names, counts, strict=True))
    return f"{found}; they must have as many items as one another{_when(terms)}"


def _pixels(value: object, terms: violation.Terms) -> str:
    broken, limits = terms.allowed if shapes.is_tuple(terms.allowed) else ("", None)
    if not isinstance(limits, pixels.Limits):
        return "breaks pixels"
    return f"{lead(terms)}{pixel_wording.sentence(str(broken), value, limits)}"


def _names(names: object) -> str:
    return ", ".join(map(str, names)) if shapes.is_tuple(names) else ""


def _when(terms: violation.Terms) -> str:
    return f" when {terms.when}" if terms.when else ""


_SENTENCES = {
    "require": _require,
    "forbid": _forbid,
    "ignored": _ignored,
    "at_most_one": _at_most_one,
    "exactly_one": _exactly_one,
    "at_least_one": _at_least_one,
    "all_or_none": _all_or_none,
    "any_of": _any_of,
    "sum": _total("sum"),
    "product": _total("product"),
    "equal_counts": _equal_counts,
    "pixels": _pixels,
}
