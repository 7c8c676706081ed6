"""The JSON Schema of the values of a kind."""

from __future__ import annotations

from typing import assert_never

from proviso import ir, words

Schema = dict[str, object]

# Written so that ECMA 262 and Python agree: `$` and `\s` differ between the two.
_BLANK = "[\\u0000-\\u0020\\u007f]"

_SCHEMES = {("https",): "^[Hh][Tt][Tt][Pp][Ss]://[^/?#]", ("http", "https"): "^[Hh][Tt][Tt][Pp][Ss]?://[^/?#]"}


def kind_schema(kind: ir.Kind) -> Schema:
    """Describe the values of one kind."""
    match kind:
        case ir.Text(min_length=least, max_length=most):
            return {"type": "string", **given(minLength=least, maxLength=most)}
        case ir.Choice(values=values):
            return {"type": "string" if isinstance(values[0], str) else "integer", "enum": list(values)}
        case ir.Url(schemes=schemes):
            return {"type": "string", "pattern": _SCHEMES[schemes], "not": {"pattern": _BLANK}}
        case ir.PixelSize():
            return {"type": "string", **_size(kind)}
        case ir.Integer(minimum=least, maximum=most, multiple_of=multiple):
            return {"type": "integer", **given(minimum=least, maximum=most, multipleOf=multiple)}
        case ir.Number():
            bounds = {
                "minimum": kind.minimum,
                "maximum": kind.maximum,
                "exclusiveMinimum": kind.exclusive_minimum,
                "exclusiveMaximum": kind.exclusive_maximum,
            }
            return {"type": "number", **{key: words.number(one) for key, one in bounds.items() if one is not None}}
        case ir.Flag():
            return {"type": "boolean"}
        case ir.Sequence(items=items, min_items=least, max_items=most, unique=unique):
            return {
                "type": "array",
                "items": kind_schema(items),
                **given(minItems=least, maxItems=most, uniqueItems=unique or None),
            }
        case _:
            assert_never(kind)


def _size(kind: ir.PixelSize) -> Schema:
    between = "".join(f"\\{one}" if one in "\\[]^-" else one for one in kind.separators)
    explicit: Schema = {
        "pattern": f"^[1-9][0-9]*[{between}][1-9][0-9]*$",
        "not": {"pattern": "\\n"},
    }
    if kind.limits is not None and kind.limits.sizes:
        return {"enum": [*kind.tiers, *size_texts(kind, kind.limits.sizes)]}
    return {"anyOf": [{"enum": list(kind.tiers)}, explicit]} if kind.tiers else explicit


def size_texts(kind: ir.PixelSize, sizes: tuple[tuple[int, int], ...]) -> list[str]:
    """Spell sizes in every way that a parameter takes them."""
    return [f"{width}{separator}{height}" for width, height in sizes for separator in kind.separators]


def given(**keywords: object) -> Schema:
    """Keep the keywords that have a value."""
    return {name: value for name, value in keywords.items() if value is not None}
